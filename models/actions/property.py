"""What residents bring along: taken, signed for, given back in part or whole (standards.md, A5 and C3)."""

from decimal import Decimal

from sqlalchemy import select

from models.actions.admissions import check_past, check_signature
from models.actions.entering import entering
from models.entities.property import PropertyItem, PropertyReceipt, PropertyReturn
from models.errors import Refused
from models.rules.codes import checked_currency
from models.rules.people import DESK
from models.rules.property import is_given_back
from models.rules.vocabulary import PropertyKind, PropertyOutcome, Signature
from models.store.unit_of_work import UnitOfWork
from models.text import N_

_NOT_TAKEN = (PropertyOutcome.REFUSED, PropertyOutcome.DESTROYED)


def _check_item(unit: UnitOfWork, row: PropertyItem) -> None:
    row.currency = row.currency.upper()
    if row.kind is PropertyKind.MONEY:
        if row.amount is None or row.amount <= 0:
            raise Refused("Enter how much money it is.", field="amount")
        checked_currency(row.currency)
    elif row.amount is not None or row.currency:
        raise Refused("Only money has an amount and a currency. Leave both empty.", field="amount")
    if row.outcome in _NOT_TAKEN and not row.why:
        raise Refused("Say why it was refused or destroyed.", field="why")
    returned = _returned(unit, row.id)
    if returned and row.outcome is not PropertyOutcome.KEPT:
        raise Refused("It was given back, so it was kept. Take the return back first.", field="outcome")
    if sum(each.amount or 0 for each in returned) > (row.amount or 0):
        raise Refused("More was given back than this. Correct the return first.", field="amount")


def _returned(unit: UnitOfWork, item_id: int, but: int | None = None) -> list[PropertyReturn]:
    rows = unit.session.scalars(select(PropertyReturn).where(PropertyReturn.item_id == item_id)).all()
    return [row for row in rows if row.id != but]


def _check_return(unit: UnitOfWork, row: PropertyReturn) -> None:
    check_past(unit, row.returned_on, "returned_on")
    item = unit.session.get(PropertyItem, row.item_id)
    if item is None or item.stay_id != row.stay_id or item.outcome is not PropertyOutcome.KEPT:
        raise Refused("Only what the house has kept can be given back.", field="item_id")
    before = _returned(unit, row.item_id, row.id)
    if is_given_back(item.amount, (each.amount for each in before)):
        raise Refused("It was given back already.", field="item_id")
    if row.signature is not Signature.SIGNED and not row.note:
        raise Refused("Say why it is not signed.", field="note")
    if row.amount is None:
        return
    if item.amount is None:
        raise Refused("Only money is given back in part. Leave this empty.", field="amount")
    left = item.amount - sum((each.amount or Decimal(0) for each in before), Decimal(0))
    if not 0 < row.amount <= left:
        raise Refused("At most {left} is left to give back.", field="amount", left=f"{left:f} {item.currency}")


def _check_receipt(unit: UnitOfWork, row: PropertyReceipt) -> None:
    check_past(unit, row.signed_on, "signed_on")
    check_signature(row.signature, row.why)


def _holds_return(unit: UnitOfWork, row: PropertyItem) -> None:
    if _returned(unit, row.id):
        raise Refused("It was given back. Take the return back first.", field="entry_id")


ITEMS = entering(
    "property_items",
    PropertyItem,
    owner=PropertyItem.stay_id,
    roles=DESK,
    told=(
        N_("Entered a thing that the person brought"),
        N_("Corrected a thing that the person brought"),
        N_("Took back a thing that the person brought"),
    ),
    check=_check_item,
    holds=_holds_return,
)
RECEIPTS = entering(
    "property_receipts",
    PropertyReceipt,
    owner=PropertyReceipt.stay_id,
    roles=DESK,
    told=(
        N_("Entered that the property is signed for"),
        N_("Corrected how the property is signed for"),
        N_("Took back that the property is signed for"),
    ),
    check=_check_receipt,
)
RETURNS = entering(
    "property_returns",
    PropertyReturn,
    owner=PropertyReturn.stay_id,
    roles=DESK,
    told=(N_("Gave property back"), N_("Corrected what was given back"), N_("Took back what was given back")),
    check=_check_return,
)
