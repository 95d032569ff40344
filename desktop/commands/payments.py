"""`konak payments`: prints what a programme pays, and adds to it or takes out of it."""

import argparse
import json
from datetime import timedelta
from decimal import Decimal, InvalidOperation

from desktop.commands.opening import open_register
from models.actions import programmes as actions
from models.errors import Refused
from models.ids import ProgrammeId
from models.queries import programmes as queries
from models.queries.programmes import ProgrammeWhole, of_code
from models.rules.money import Payment, ended_by
from models.rules.vocabulary import PaymentKind
from models.store.register import Register


def run(typed: argparse.Namespace) -> int:
    """Change what was typed, and print what is paid then, as JSON.

    Raises:
        Refused: There is no such programme or payment, or a payment makes no sense.
        Unavailable: The register cannot be opened or written.
    """
    with open_register(typed, for_reading=typed.kind is None and typed.remove is None) as register:
        with register.read() as snapshot:
            programme_id = of_code(snapshot, typed.programme)
        before = _whole(register, programme_id)
        payments = list(before.payments)
        if typed.remove is not None:
            if not 1 <= typed.remove <= len(payments):
                raise Refused("There is no payment of this number.", field="remove")
            del payments[typed.remove - 1]
        if typed.kind is not None:
            made = _payment(typed, before)
            payments = [*(ended_by(made, payment) for payment in payments), made]
        if payments != list(before.payments):
            register.perform(actions.set_payments, programme_id=programme_id, version=before.version, payments=payments)
        print(json.dumps([_told(each) for each in _whole(register, programme_id).payments], indent=2))
    return 0


def _whole(register: Register, programme_id: ProgrammeId) -> ProgrammeWhole:
    with register.read() as snapshot:
        return queries.whole(snapshot, programme_id=programme_id)


def _payment(typed: argparse.Namespace, programme: ProgrammeWhole) -> Payment:
    if typed.amount is None or typed.from_on is None:
        raise Refused("Give what is paid by --amount, and from when on by --from.", field="amount")
    try:
        amount = Decimal(typed.amount)
    except InvalidOperation:
        raise Refused("Write the amount in figures, such as 1046.50.", field="amount") from None
    return Payment(
        PaymentKind(typed.kind),
        amount,
        typed.from_on,
        None if typed.until_on is None else typed.until_on + timedelta(days=1),
        typed.currency or programme.facts.currency,
        typed.places or programme.facts.places,
        typed.due_on,
        typed.purpose,
    )


def _told(payment: Payment) -> dict[str, object]:
    last = None if payment.until_on is None else payment.until_on - timedelta(days=1)
    return {
        "paid_for": payment.kind,
        "amount": f"{payment.amount:f}",
        "currency": payment.currency,
        "from": str(payment.from_on),
        "until": last and str(last),
        "places": payment.places,
        "due": payment.due_on and str(payment.due_on),
        "purpose": payment.purpose,
    }
