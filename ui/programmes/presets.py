"""The form that adds a ready-made programme, and asks for what of its agreement nobody has published."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from models.actions import programmes as actions
from models.ids import ProgrammeId
from models.rules.money import Payment
from models.rules.presets import PRESETS, Asked, Stated
from models.rules.vocabulary import LimitRule, PaymentKind
from models.rules.wording import word
from ui import session
from ui.kit.field import Field
from ui.kit.fields import ChoiceField, LongTextField
from ui.kit.form import FormDialog, Section
from ui.kit.labels import Text
from ui.kit.typed_fields import DateField, NumberField
from ui.language import _, say
from ui.programmes.payments import Paid


def preset_dialog(owner: QWidget, codes: Sequence[str], on_done: Callable[[ProgrammeId], None]) -> FormDialog:
    """The form that adds one of the programmes that ship with Konak; `codes` are those that are not there yet."""
    code = ChoiceField("code", _("Programme"), preset_choices(codes), value=codes[0], required=True)
    source, asked = Text("", "note", wrap=True), _asked_fields()
    section = Section(_("What nobody has published"))

    def follow() -> None:
        preset = PRESETS[code.read() or codes[0]]
        source.setText(_(preset.facts.source))
        for what, fields in asked.items():
            for field in fields:
                field.setVisible(what in preset.asked)
            if isinstance(fields, Paid):
                fields.follow()
        legal_basis = asked[Asked.REPORTS][0]
        legal_basis.put(_(preset.facts.legal_basis))
        legal_basis.settle()

    code.edited.connect(follow)
    form = FormDialog(
        owner,
        _("Add a ready-made programme"),
        [
            code,
            source,
            DateField(
                "window_start",
                _("First day of admission"),
                hint=_("Leave it empty to take the programme's own, or today."),
                wide=False,
            ),
            DateField("window_end", _("Last day of admission"), wide=False),
            section,
            Text(
                _("Enter what the agreement says. What you leave empty stays empty, and can be entered later."),
                "note",
                wrap=True,
            ),
            *(field for fields in asked.values() for field in fields),
        ],
        actions.add_preset,
        prepare=_prepared,
        submit=_("Add the programme"),
        done=_("The programme was added. Everything in it can be changed."),
        undoes=_("It cannot be undone, but the programme can be changed and closed."),
        on_done=on_done,
        width=640,
    )
    follow()
    return form


def _asked_fields() -> Mapping[Asked, Sequence[Field[Any]]]:
    """The fields for each thing that may be asked."""
    own = _("Leave it empty if the agreement sets no number.")
    limit_rule: ChoiceField[LimitRule] = ChoiceField(
        "limit_rule",
        _("Limit of a stay"),
        [(each, say(word(each))) for each in LimitRule],
        value=LimitRule.NONE,
        required=True,
        wide=False,
    )
    return {
        Asked.REPORTS: [
            LongTextField(
                "legal_basis",
                _("Legal basis, with the article on reports"),
                hint=_("As it stands at the foot of each report."),
                lines=2,
            )
        ],
        Asked.PLACES: [NumberField("places", _("Places"), hint=own, wide=False)],
        Asked.LIMIT: [
            limit_rule,
            NumberField("limit_amount", _("How many"), hint=_("The day of arrival is day 1."), wide=False),
        ],
        Asked.PAYMENTS: Paid.fields(PaymentKind.PERSON_NIGHT, "EUR"),
    }


def _prepared(values: dict[str, Any]) -> Mapping[str, Any]:
    """The arguments of the action: of what was asked, what is asked of this programme."""
    code, start, end = (values.get(name) for name in ("code", "window_start", "window_end"))
    preset = PRESETS[str(code)]
    stated: Stated = {}
    if Asked.REPORTS in preset.asked and values.get("legal_basis") != _(preset.facts.legal_basis):
        stated["legal_basis"] = values.get("legal_basis") or ""
    if Asked.PLACES in preset.asked:
        stated["places"] = values.get("places")
    if Asked.LIMIT in preset.asked:
        stated["limit_rule"], stated["limit_amount"] = values["limit_rule"], values.get("limit_amount")
    payments = []
    if Asked.PAYMENTS in preset.asked:
        stated["currency"] = values["currency"]
        if values.get("amount") is not None:
            first = preset.facts_in(session.today(), start, end).window_start
            payments.append(
                Payment(
                    values["kind"],
                    values["amount"],
                    first or session.today(),
                    currency=values["currency"],
                    places=values.get("held_ready"),
                )
            )
    return {"code": code, "window_start": start, "window_end": end, "stated": stated, "payments": payments}


def preset_choices(codes: Sequence[str]) -> list[tuple[str, str]]:
    """The ready-made programmes in words."""
    return [(code, _("{code}: {title}", code=code, title=_(PRESETS[code].facts.title))) for code in codes]
