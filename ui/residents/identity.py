"""The dialogs about a person: names and origin, documents, and the family."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from models.actions import documents as document_actions
from models.actions import residents as actions
from models.ids import ProgrammeId, ResidentId
from models.queries import documents, resident_page
from models.queries.documents import DocumentRow
from models.queries.resident_page import PartnerNumberRow, ResidentPage
from models.rules.residents import DocumentFacts, PersonFacts
from models.rules.vocabulary import DocumentKind, Sex
from models.rules.wording import word
from ui.kit.conflict import Anew
from ui.kit.fields import CheckField, ChoiceField, Field, ListField, LongTextField, TextField
from ui.kit.form import FormDialog, Section
from ui.kit.pick import CountryField, PickField
from ui.kit.typed_fields import BirthDateField, DateField
from ui.language import _, isolated, say
from ui.search import find
from ui.selection.entries import CountriesField, LanguagesField


def identity_dialog(owner: QWidget, page: ResidentPage) -> FormDialog:
    """Put right what is known of a person."""
    facts = page.facts
    numbers = page.partner_numbers
    fields: list[Field[Any] | Section | QWidget] = [
        TextField("family_name", _("Family name"), value=facts.family_name, wide=False),
        TextField("given_names", _("Given names"), value=facts.given_names, wide=False),
        TextField("own_script", _("Name in own script"), value=facts.own_script, wide=False),
        ListField("aliases", _("Other names"), value=facts.aliases, wide=False),
        ChoiceField("sex", _("Sex"), [(sex, say(word(sex))) for sex in Sex], value=facts.sex, wide=False),
        BirthDateField("birth", _("Born"), value=facts.birth, wide=False),
        CountryField("birth_country", _("Country of birth"), value=facts.birth_country, wide=False),
        CountryField("nationality", _("Nationality"), value=facts.nationality, stateless=True, wide=False),
        CountriesField("other_nationalities", _("Further nationalities"), value=facts.other_nationalities, wide=False),
        LanguagesField("languages", _("Languages"), value=facts.languages, wide=False),
        CheckField("needs_interpreter", _("Needs an interpreter"), value=facts.needs_interpreter),
        *_partner_fields(numbers),
        LongTextField("notes", _("Notes"), value=facts.notes),
    ]

    def prepare(values: dict[str, Any]) -> dict[str, Any]:
        partners = {row.programme_id: values.pop(_field(row.programme_id)) or "" for row in numbers}
        return {"person": _facts(values, facts), "partner_numbers": partners}

    return FormDialog(
        owner,
        _("Change what is known of {name}", name=isolated(page.row.name)),
        fields,
        actions.change,
        values={"resident_id": page.row.id, "version": page.version},
        prepare=prepare,
        submit=_("Save"),
        says=_("What stands here now stays in the history."),
        done=_("The changes are saved."),
        anew=Anew(partial(resident_page.page, resident_id=page.row.id), identity_dialog),
        width=640,
    )


def _field(programme_id: ProgrammeId) -> str:
    """What a refusal about the number with a partner calls its field."""
    return f"partner_numbers_{programme_id}"


def _partner_fields(numbers: Sequence[PartnerNumberRow]) -> list[TextField]:
    return [
        TextField(
            _field(row.programme_id),
            _("Number with the partner of {programme}", programme=row.programme),
            value=row.number,
            wide=False,
            longest=64,
        )
        for row in numbers
    ]


def _facts(values: dict[str, Any], before: PersonFacts) -> PersonFacts:
    return PersonFacts(
        family_name=values.get("family_name") or "",
        given_names=values.get("given_names") or "",
        own_script=values.get("own_script") or "",
        aliases=values.get("aliases") or (),
        languages=values.get("languages") or (),
        other_nationalities=values.get("other_nationalities") or (),
        notes=values.get("notes") or "",
        sex=values.get("sex"),
        birth=values.get("birth"),
        # What the source had is kept while the date that was read from it stands.
        birth_as_written=before.birth_as_written if values.get("birth") == before.birth else "",
        birth_country=values.get("birth_country"),
        nationality=values.get("nationality"),
        needs_interpreter=bool(values.get("needs_interpreter")),
    )


def document_dialog(owner: QWidget, resident_id: ResidentId, document: DocumentRow | None = None) -> FormDialog:
    """Enter a document, or put one right."""
    kinds = [(kind, say(word(kind))) for kind in DocumentKind]
    fields: list[Field[Any]] = [
        ChoiceField("kind", _("Document"), kinds, value=document.kind if document else None, required=True, wide=False),
        TextField("number", _("Number"), value=document.number if document else "", wide=False, longest=100),
        CountryField("country", _("Issued by"), value=document.country if document else None, wide=False),
        DateField("issued_on", _("Issued on"), value=document.issued_on if document else None, wide=False),
        DateField(
            "expires_on",
            _("Valid until"),
            value=document.expires_on if document else None,
            wide=False,
            hint=_("The last day on which it is valid."),
        ),
        LongTextField("note", _("Note"), value=document.note if document else "", lines=2),
    ]
    if document is None:
        return FormDialog(
            owner,
            _("Enter a document"),
            fields,
            document_actions.add,
            values={"resident_id": resident_id},
            prepare=lambda values: {"document": _document(values)},
            submit=_("Enter the document"),
            done=_("The document is entered."),
        )
    return FormDialog(
        owner,
        _("Change the document"),
        fields,
        document_actions.change,
        values={"document_id": document.id, "version": document.version},
        prepare=lambda values: {"document": _document(values)},
        submit=_("Save"),
        done=_("The changes are saved."),
        anew=Anew(
            partial(documents.one, document_id=document.id), lambda at, now: document_dialog(at, resident_id, now)
        ),
    )


def _document(values: dict[str, Any]) -> DocumentFacts:
    return DocumentFacts(
        kind=values["kind"],
        number=values.get("number") or "",
        country=values.get("country"),
        issued_on=values.get("issued_on"),
        expires_on=values.get("expires_on"),
        note=values.get("note") or "",
    )


def family_dialog(owner: QWidget, page: ResidentPage) -> None:
    """Say with whom a person belongs together."""
    dialog = FormDialog(
        owner,
        _("Join {name} to a family", name=isolated(page.row.name)),
        [
            PickField(
                "with_id",
                _("Belongs together with"),
                find,
                required=True,
                placeholder=_("Name or number of somebody of the family"),
                hint=_("And with all who belong to that person."),
            ),
            TextField("relation", _("Is in the family"), hint=_("Such as mother, son, uncle."), longest=100),
        ],
        actions.join_family,
        values={"resident_id": page.row.id},
        prepare=lambda values: {name: value for name, value in values.items() if value is not None},
        submit=_("Join the family"),
        done=_("The family is joined."),
    )
    dialog.open()


def leave_family_dialog(owner: QWidget, page: ResidentPage) -> None:
    """Say that a person does not belong to the family."""
    dialog = FormDialog(
        owner,
        _("Take {name} out of the family", name=isolated(page.row.name)),
        [LongTextField("reason", _("Reason"), required=True)],
        actions.leave_family,
        values={"resident_id": page.row.id},
        submit=_("Take out of the family"),
        says=_("Departures of the family will no longer be planned together with this person."),
        done=_("The person is out of the family."),
    )
    dialog.open()
