"""What a programme pays: the card that lists it, and the form for one payment."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, NamedTuple

from PySide6.QtWidgets import QWidget

from models.actions import programmes as actions
from models.queries.programmes import ProgrammeWhole
from models.rules.figures import counted_kind
from models.rules.money import PERIODS, Payment, ended_by
from models.rules.vocabulary import PaymentKind
from models.rules.wording import word
from ui import prompts
from ui.kit.fields import ChoiceField, TextField
from ui.kit.form import FormDialog
from ui.kit.labels import Button, LinkButton, Text
from ui.kit.layout import Card, Empty, column, held, row
from ui.kit.typed_fields import DateField, MoneyField, NumberField
from ui.kit.undoing import former
from ui.language import _, plural, say, tr
from ui.programmes.dialogs import anew
from ui.programmes.forms import HALF, shown_while
from ui.programmes.parts import change_part, foot, line, listing


def card(owner: QWidget, programme: ProgrammeWhole) -> Card:
    """What is paid, from when to when, with what can be done about it.

    Args:
        owner: The widget that asks.
        programme: As it was read.
    """
    made = listing(_("What is paid"))
    if not programme.payments:
        made.append(Empty(_("Nothing is paid yet"), _("Without a payment, the report makes no claim.")))
    for place, payment in enumerate(programme.payments):
        amount, when = tr().money(payment.amount, payment.currency), _when(payment)
        more = Text(" · ".join(_details(payment)), "note", wrap=True)
        said = held(column(row(Text(amount, "strong"), Text(when), None, gap=18), more, gap=1))
        made.append(
            line(
                said,
                LinkButton(_("Change"), partial(_change, owner, programme, place), needs=actions.set_payments),
                LinkButton(_("Remove"), partial(_remove, owner, programme, place), needs=actions.set_payments),
                named=_("{amount}, {when}", amount=amount, when=when),
            )
        )
    made.append(foot(Button(_("New payment"), lambda: _change(owner, programme, None), needs=actions.set_payments)))
    return made


def _when(payment: Payment) -> str:
    if payment.kind is PaymentKind.ONCE:
        return _("on {day}", day=payment.from_on)
    if payment.until_on is None:
        return _("from {first} on", first=payment.from_on)
    return _("{first} to {last}", first=payment.from_on, last=payment.until_on - timedelta(days=1))


def _details(payment: Payment) -> Sequence[str]:
    """What it is for, and how it is spread."""
    said = [say(word(payment.kind))]
    if payment.places is not None:
        said.append(plural("{n} place", "{n} places", payment.places))
    if payment.kind in PERIODS:
        due = payment.due_on
        said.append(_("spread over its days") if due is None else _("due from {day} on", day=due))
    return [*said, payment.purpose] if payment.purpose else said


def _change(owner: QWidget, programme: ProgrammeWhole, at: int | None) -> None:
    payment_dialog(owner, programme, at).open()


def _remove(owner: QWidget, programme: ProgrammeWhole, at: int) -> None:
    payments = [payment for place, payment in enumerate(programme.payments) if place != at]
    if prompts.confirm(
        owner,
        _("Remove this payment?"),
        _("What it covered is claimed no more. Months that were issued stay as they are."),
        yes=_("Remove the payment"),
        danger=True,
    ):
        undoes = former(
            actions.set_payments, programme.version, programme_id=programme.row.id, payments=programme.payments
        )
        change_part(owner, programme, actions.set_payments, _("The payment was removed."), undoes, payments=payments)


def payment_dialog(owner: QWidget, programme: ProgrammeWhole, at: int | None) -> FormDialog:
    """The form for one payment.

    Args:
        owner: The page that asks.
        programme: As it was read.
        at: The place of the payment that is changed; None for a new one.
    """
    now = programme.payments[at] if at is not None else None

    def prepare(values: dict[str, Any]) -> Mapping[str, Any]:
        last: date | None = values.get("last_night")
        made = Payment(
            values["kind"],
            values["amount"],
            values["from_on"],
            last + timedelta(days=1) if last else None,
            values["currency"],
            values.get("held_ready"),
            values.get("due_on"),
            values.get("purpose") or "",
        )
        others = [payment for place, payment in enumerate(programme.payments) if place != at]
        return {"payments": [*(ended_by(made, payment) for payment in others), made]}

    return FormDialog(
        owner,
        _("Change the payment") if now else _("New payment"),
        _fields(programme, now),
        actions.set_payments,
        values={"programme_id": programme.row.id, "version": programme.version},
        prepare=prepare,
        submit=_("Save"),
        says="" if now else _("A rate for people that holds until now ends on the day before this one begins."),
        done=_("What is paid was changed."),
        undoes=former(
            actions.set_payments, programme.version, programme_id=programme.row.id, payments=programme.payments
        ),
        anew=anew(programme, lambda at_, found: _payment_again(at_, found, now)),
    )


class Paid(NamedTuple):
    """The fields that say what is paid and how much; the places only while they are what is paid for."""

    kind: ChoiceField[PaymentKind]
    amount: MoneyField
    currency: TextField
    held_ready: NumberField

    @classmethod
    def fields(
        cls,
        kind: PaymentKind,
        currency: str,
        *,
        amount: Decimal | None = None,
        places: int | None = None,
        required: bool = False,
    ) -> "Paid":
        """Make them.

        Args:
            kind: What is paid.
            currency: ISO 4217.
            amount: How much.
            places: How many are held ready.
            required: Whether the amount must be stated.
        """
        kinds = [(each, say(word(each))) for each in PaymentKind]
        made = cls(
            ChoiceField("kind", _("What is paid"), kinds, value=kind, required=True),
            MoneyField(
                "amount", _("How much"), currency=currency, value=amount, hint=_("With all its decimals."),
                required=required, wide=False,
            ),
            TextField(
                "currency", _("Currency"), value=currency, hint=_("Three letters, such as EUR."), longest=3, **HALF
            ),
            NumberField(
                "held_ready", _("Places held ready and paid for"), value=places, hint=_("Used or not."), wide=False
            ),
        )  # fmt: skip
        made.currency.edited.connect(lambda: made.amount.in_currency(made.currency.read() or ""))
        made.kind.edited.connect(made.follow)
        made.follow()
        return made

    def follow(self) -> None:
        """Ask for places where they are what is paid for."""
        self.held_ready.setVisible(not self.kind.isHidden() and self.kind.read() is PaymentKind.PLACE_NIGHT)


def _fields(programme: ProgrammeWhole, now: Payment | None) -> list[Any]:
    """The fields of a payment; what its kind does not use is not shown."""
    facts = programme.facts
    paid = Paid.fields(
        now.kind if now else counted_kind(facts.counting_rule),
        now.currency if now else facts.currency,
        amount=now.amount if now else None,
        places=now.places if now else facts.places,
        required=True,
    )
    due_on = DateField(
        "due_on",
        _("Due first on"),
        value=now.due_on if now else None,
        hint=_("It is due again each month, quarter or year. Empty: it is spread over the days of each of them."),
    )
    last = now.until_on - timedelta(days=1) if now and now.until_on else None
    last_night = DateField(
        "last_night", _("Last day"), value=last, hint=_("Leave it empty while it holds."), wide=False
    )
    shown_while(due_on, paid.kind, tuple(PERIODS))
    shown_while(last_night, paid.kind, tuple(each for each in PaymentKind if each is not PaymentKind.ONCE))
    first_hint = _("Of a single sum: the day on which it is due.")
    return [
        *paid,
        DateField(
            "from_on", _("First day"), value=now.from_on if now else None, hint=first_hint, required=True, wide=False
        ),
        last_night,
        due_on,
        TextField(
            "purpose",
            _("What it is for"),
            value=now.purpose if now else "",
            longest=200,
            hint=_("As the agreement calls it, where there are several."),
        ),
    ]


def _payment_again(owner: QWidget, programme: ProgrammeWhole, payment: Payment | None) -> FormDialog | None:
    """The form for the payment of the same kind that began on the same day; none where it is gone."""
    if payment is None:
        return payment_dialog(owner, programme, None)
    alike = (payment.kind, payment.from_on)
    at = [place for place, each in enumerate(programme.payments) if (each.kind, each.from_on) == alike]
    return payment_dialog(owner, programme, at[0]) if at else None
