"""What is set up once and changed rarely: the facility, its letterhead and its calendar."""

from dataclasses import asdict

from sqlalchemy import select

from models.entities.facility import Facility
from models.rules.facility import FacilityFacts, checked_facility
from models.rules.people import SETS_UP
from models.store.declaring import action
from models.store.unit_of_work import UnitOfWork
from models.text import N_


@action("setup.change_facility", about="facility:1", roles=SETS_UP, told=N_("Changed the facility"))
def change_facility(
    unit: UnitOfWork,
    *,
    name: str,
    letterhead: str,
    language: str,
    time_zone: str,
    number_prefix: str,
    lock_after: int,
    uses_gate: bool = False,
    back_by: str = "",
    left_after: int = 0,
    answer_within: int = 0,
    sender: str = "",
    bank_details: str = "",
    version: int | None = None,
) -> None:
    """Change the facility. What was issued keeps the name and the letterhead that it was issued under.

    Args:
        unit: The transaction.
        name: As it stands on paper.
        letterhead: The lines above the name.
        language: In which the window greets whoever has chosen none, and by whose alphabet names are sorted.
        time_zone: Of the IANA database. What is known to the minute keeps its instant, and its local date.
        number_prefix: What stands before the number of each new resident; numbers that were given stay.
        lock_after: Minutes after which a window that is left alone locks itself; 0: never.
        uses_gate: Whether somebody at the door enters who goes out and who comes in.
        back_by: By when whoever goes out without a leave is to be back, local time as HH:MM; empty: 22:00.
        left_after: Hours after which it is proposed that somebody who is not back has left for good; 0: seven days.
        answer_within: Days within which a complaint is answered, 0: fourteen; those that were received keep theirs.
        sender: Who sends reports to partners and from where, in lines.
        bank_details: Where claims are paid to, in lines.
        version: The version that the form was filled in from; None: whatever is there.

    Raises:
        Refused: There is no name, no such language or time zone, or the minutes make no sense.
        Conflict: Somebody else has changed the facility in the meantime.
    """
    facts = checked_facility(
        FacilityFacts(
            name=name,
            letterhead=letterhead,
            language=language,
            time_zone=time_zone,
            number_prefix=number_prefix,
            lock_after=lock_after,
            uses_gate=uses_gate,
            back_by=back_by,
            left_after=left_after,
            answer_within=answer_within,
            sender=sender,
            bank_details=bank_details,
        )
    )
    facility = unit.session.scalars(select(Facility)).one()
    unit.check_version(facility, version)
    speaks_otherwise = facts.language != facility.language
    for field, value in asdict(facts).items():
        setattr(facility, field, value)
    if speaks_otherwise:
        unit.sort_anew()
