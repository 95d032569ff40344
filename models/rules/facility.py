"""What a facility is, as facts, and which facts make none."""

from dataclasses import dataclass, replace
from zoneinfo import available_timezones

from models.errors import Refused
from models.rules.gate import LONGEST, checked_back_by
from models.text import LANGUAGES

LONGEST_UNLOCKED = 240
"""In minutes: so long a window may be left alone at most, unless it never locks itself."""

LONGEST_ANSWER = 366
"""In days: so long a complaint may wait for its answer at most."""

MOST_LINES, LONGEST_LINE = 8, 120
"""So many lines, and so many letters in each, an address on a paper has at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilityFacts:
    """The facility as a person describes it.

    Attributes:
        name: As it stands on paper.
        letterhead: The lines above the name on every paper.
        sender: Who sends reports to partners and from where, in lines.
        bank_details: Where claims are paid to, in lines.
        language: In which the window greets whoever has chosen none; one of `models.text.LANGUAGES`.
        time_zone: Of the IANA database.
        number_prefix: What stands before the number of each new resident.
        lock_after: Minutes without a key or a movement after which the window locks itself; 0: never.
        uses_gate: Whether somebody at the door enters who goes out and who comes in.
        back_by: By when whoever goes out without a leave is to be back, local time as HH:MM; empty: 22:00.
        left_after: Hours after which it is proposed that somebody who is not back has left for good; 0: seven days.
        answer_within: Days within which a complaint is answered; 0: fourteen.
    """

    name: str
    letterhead: str = ""
    sender: str = ""
    bank_details: str = ""
    language: str = "en"
    time_zone: str = "Europe/Belgrade"
    number_prefix: str = "K-"
    lock_after: int = 10
    uses_gate: bool = False
    back_by: str = ""
    left_after: int = 0
    answer_within: int = 0


def tidy_lines(text: str, field: str) -> str:
    """An address or the like as it is kept: a few lines, stripped.

    Raises:
        Refused: There are too many, or one is too long to stand on a line of a paper; `field` is given back.
    """
    lines = [line.strip() for line in text.strip().splitlines()]
    if len(lines) > MOST_LINES:
        raise Refused("Write at most {most} lines.", field=field, most=MOST_LINES)
    if any(len(line) > LONGEST_LINE for line in lines):
        raise Refused("Write each line in at most {most} letters.", field=field, most=LONGEST_LINE)
    return "\n".join(lines)


def checked_facility(facts: FacilityFacts) -> FacilityFacts:
    """The facts as they are kept: texts stripped line by line.

    Raises:
        Refused: There is no name, something is too long, or there is no such language or time zone; `field` is the
            name of the fact.
    """
    facts = replace(
        facts,
        name=facts.name.strip(),
        letterhead="\n".join(line.strip() for line in facts.letterhead.strip().splitlines()),
        sender=tidy_lines(facts.sender, "sender"),
        bank_details=tidy_lines(facts.bank_details, "bank_details"),
        number_prefix=facts.number_prefix.strip(),
        back_by=checked_back_by(facts.back_by),
    )
    if not facts.name:
        raise Refused("Write the name of the facility.", field="name")
    if len(facts.name) > 200:
        raise Refused("Write the name in at most {most} letters.", field="name", most=200)
    if facts.language not in LANGUAGES:
        raise Refused("Choose one of the languages.", field="language")
    if facts.time_zone not in available_timezones():
        raise Refused("Choose the time zone of the facility, such as Europe/Belgrade.", field="time_zone")
    if len(facts.number_prefix) > 8:
        raise Refused("Use at most {most} letters before the number.", field="number_prefix", most=8)
    if not 0 <= facts.lock_after <= LONGEST_UNLOCKED:
        raise Refused(
            "Choose between {least} and {most} minutes; 0: never.", field="lock_after", least=0, most=LONGEST_UNLOCKED
        )
    if not 0 <= facts.left_after <= LONGEST:
        raise Refused("Choose at most {most} hours; 0: seven days.", field="left_after", most=LONGEST)
    if not 0 <= facts.answer_within <= LONGEST_ANSWER:
        raise Refused("Choose at most {most} days; 0: fourteen.", field="answer_within", most=LONGEST_ANSWER)
    return facts
