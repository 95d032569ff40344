"""Whom a resident has elsewhere, and whom the person wants to be told (standards.md, A6 and A7)."""

from models.actions.admissions import check_past
from models.actions.entering import entering
from models.entities.contacts import Contact, Notice
from models.errors import Refused
from models.rules.people import CHECKS
from models.store.unit_of_work import UnitOfWork
from models.text import N_


def _check_notice(unit: UnitOfWork, row: Notice) -> None:
    """Nobody is told whom the person does not want to be told, the consulate least of all."""
    check_past(unit, row.asked_on, "asked_on")
    check_past(unit, row.told, "told")
    if row.told is not None and not row.wanted:
        raise Refused("The person does not want them to be told. Leave this empty, or say that they do.", field="told")
    if row.told is not None and row.told.on < row.asked_on:
        raise Refused("They were told before the person was asked. Correct one of the dates.", field="told")
    if row.told is not None and not row.told_by:
        raise Refused("Say who told them.", field="told_by")


CONTACTS = entering(
    "contacts",
    Contact,
    owner=Contact.resident_id,
    roles=CHECKS,
    told=(N_("Entered a contact"), N_("Corrected a contact"), N_("Took a contact back")),
)
NOTICES = entering(
    "notices",
    Notice,
    owner=Notice.stay_id,
    roles=CHECKS,
    told=(N_("Entered whom to tell"), N_("Corrected whom to tell"), N_("Took back whom to tell")),
    check=_check_notice,
)
