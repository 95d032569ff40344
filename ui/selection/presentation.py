"""How candidates look wherever they are shown: names, chips, sentences."""

from collections.abc import Sequence

from models.queries.selection import CandidateRow
from models.rules.birth import BirthDate
from models.rules.vocabulary import CandidateState, Sex
from models.rules.wording import word
from ui import session
from ui.kit.tokens import Tone
from ui.language import _, plural, say, tr
from ui.reading import say_birth

STATE_TONES = {
    CandidateState.PROPOSED: Tone.BLUE,
    CandidateState.ACCEPTED: Tone.GREEN,
    CandidateState.HELD: Tone.AMBER,
    CandidateState.REFUSED: Tone.RED,
    CandidateState.WITHDRAWN: Tone.GREY,
}

Chips = tuple[tuple[str, Tone], ...]


def state_chip(state: CandidateState, *, has_arrived: bool = False) -> tuple[str, Tone]:
    """Where a candidate stands."""
    if has_arrived:
        return _("Arrived"), Tone.GREEN
    return say(word(state)), STATE_TONES[state]


def flags(row: CandidateRow) -> Chips:
    """What to look at before deciding."""
    found: list[tuple[str, Tone]] = []
    if row.likes:
        found.append((_("Perhaps known"), Tone.AMBER))
    if row.doubts:
        found.append((plural("{n} doubt", "{n} doubts", row.doubts), Tone.AMBER))
    if row.waiting is not None:
        found.append((_("Proposed: {state}", state=say(word(row.waiting))), Tone.BLUE))
    if row.state in (CandidateState.PROPOSED, CandidateState.HELD):
        if row.is_barred:
            found.append((_("Criteria not met"), Tone.RED))
        elif row.open_criteria:
            found.append((plural("{n} to answer", "{n} to answer", row.open_criteria), Tone.GREY))
        else:
            found.append((_("Can be accepted"), Tone.GREEN))
    return tuple(found)


def who_line(
    sex: Sex | None, birth: BirthDate | None, nationality: str | None, languages: Sequence[str], number: str
) -> str:
    """One line about a person: number, sex, birth with age, nationality, languages."""
    parts = [number]
    if sex is not None:
        parts.append(say(word(sex)))
    if birth is not None:
        age = birth.age(session.today())
        parts.append(_("born {born}, {age} years", born=say_birth(birth), age=age))
    parts.append(tr().country(nationality) if nationality else _("nationality not known"))
    parts.append(", ".join(tr().language_name(code) for code in languages))
    return " · ".join(part for part in parts if part)
