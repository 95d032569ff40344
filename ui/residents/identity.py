"""The dialogs about a person: names and origin, documents, and the family."""

from collections.abc import Iterator, Sequence
from dataclasses import fields
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from models.actions import documents as document_actions
from models.actions import residents as actions
from models.ids import ProgrammeId, ResidentId
from models.queries import documents, resident_page
from models.queries.documents import DocumentRow
from models.queries.resident_page import PartnerNumberRow, ResidentPage
from models.rules.field_types import Asked
from models.rules.fields import DOCUMENT, PARTNER_NUMBER, PERSON
from models.rules.residents import DocumentFacts
from models.rules.wording import word
from ui.declared import asked
from ui.kit.field import given
from ui.kit.fields import LongTextField, TextField
from ui.kit.form import Anew, FormDialog
from ui.kit.undoing import Undo, former
from ui.language import _, isolated
from ui.picks import PickField
from ui.search import find
from ui.taking_back import reason_dialog


def identity_dialog(owner: QWidget, page: ResidentPage) -> FormDialog:
    """Put right what is known of a person."""
    facts = page.facts
    numbers = page.partner_numbers
    fields = [asked(field, getattr(facts, field.name)) for field in PERSON if field.asked is not Asked.NEVER]

    def prepare(values: dict[str, Any]) -> dict[str, Any]:
        partners = {row.programme_id: values.pop(_field(row.programme_id)) or "" for row in numbers}
        reason = values.pop("reason") or ""
        return {"person": facts.given(values), "partner_numbers": partners, "reason": reason}

    return FormDialog(
        owner,
        _("Change what is known of {name}", name=isolated(page.row.name)),
        [*fields, *_partner_fields(numbers), _reason()],
        actions.change,
        values={"resident_id": page.row.id, "version": page.version},
        prepare=prepare,
        submit=_("Save"),
        says=_("What stands here now stays in the history."),
        done=_("The changes are saved."),
        undoes=former(
            actions.change,
            page.version,
            "reason",
            resident_id=page.row.id,
            person=facts,
            partner_numbers={row.programme_id: row.number for row in numbers},
        ),
        anew=Anew(partial(resident_page.page, resident_id=page.row.id), identity_dialog),
        width=640,
    )


def _reason() -> LongTextField:
    """How it is known that what stood there was wrong."""
    hint = _("Needed where something that is known already is put right.")
    return LongTextField("reason", _("How this is known"), hint=hint, lines=2)


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
            longest=PARTNER_NUMBER.longest,
        )
        for row in numbers
    ]


def document_dialog(owner: QWidget, resident_id: ResidentId, document: DocumentRow | None = None) -> FormDialog:
    """Enter a document, or put one right."""
    more: dict[str, dict[str, Any]] = {
        "kind": {"required": True},
        "expires_on": {"hint": _("The last day on which it is valid.")},
    }
    fields = [asked(field, getattr(document, field.name, None), **more.get(field.name, {})) for field in DOCUMENT]
    if document is None:
        return FormDialog(
            owner,
            _("Enter a document"),
            fields,
            document_actions.add,
            values={"resident_id": resident_id},
            prepare=lambda values: {"document": DocumentFacts(**values).tidy()},
            submit=_("Enter the document"),
            done=_("The document is entered."),
            undoes=lambda made: Undo(document_actions.take_back, {"document_id": made}),
        )
    return FormDialog(
        owner,
        _("Change the document"),
        [*fields, _reason()],
        document_actions.change,
        values={"document_id": document.id, "version": document.version},
        prepare=lambda values: {"reason": values.pop("reason") or "", "document": DocumentFacts(**values).tidy()},
        submit=_("Save"),
        done=_("The changes are saved."),
        undoes=former(
            document_actions.change, document.version, "reason", document_id=document.id, document=_facts(document)
        ),
        anew=Anew(
            partial(documents.one, document_id=document.id), lambda at, now: document_dialog(at, resident_id, now)
        ),
    )


def _facts(document: DocumentRow) -> DocumentFacts:
    """What is known of a document, without its number in the register."""
    return DocumentFacts(**{each.name: getattr(document, each.name) for each in fields(DocumentFacts)})


def take_back_dialog(owner: QWidget, resident_id: ResidentId, document: DocumentRow) -> FormDialog:
    """Take back a document that is not this person's."""
    return reason_dialog(
        owner,
        _("Take the document back"),
        document_actions.take_back,
        {"document_id": document.id},
        says=_(
            "{kind} {number}: for a document that is not this person's.",
            kind=word(document.kind),
            number=document.number,
        ),
        done=_("The document is taken back."),
        undoes=lambda _none: Undo(
            document_actions.add, {"resident_id": resident_id, "document": _facts(document)}, why=""
        ),
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
        prepare=given,
        submit=_("Join the family"),
        done=_("The family is joined."),
        undoes=lambda _family: (
            Undo(actions.leave_family, {"resident_id": page.row.id}),
            *_relation(page.row.id, page.relation),
        ),
    )
    dialog.open()


def correct_family_dialog(owner: QWidget, page: ResidentPage) -> FormDialog:
    """Put right what a person is in the family, and what the family is called."""
    named = TextField("family_name", _("Name of the family"), value=page.family_name, longest=400)
    before = {"resident_id": page.row.id, "relation": page.relation, "family_name": page.family_name}
    return FormDialog(
        owner,
        _("Correct the family of {name}", name=isolated(page.row.name)),
        [
            TextField(
                "relation",
                _("Is in the family"),
                value=page.relation,
                hint=_("Such as mother, son, uncle."),
                longest=100,
            ),
            *([named] if page.family_id is not None else []),
            LongTextField("reason", _("How this is known"), required=True, lines=2),
        ],
        actions.correct_family,
        values={"resident_id": page.row.id},
        prepare=given,
        submit=_("Correct"),
        done=_("Corrected."),
        undoes=lambda _done: Undo(actions.correct_family, before),
    )


def _relation(resident_id: ResidentId, relation: str) -> tuple[Undo, ...]:
    """What says again what somebody was in a family, where that was known."""
    return (Undo(actions.correct_family, {"resident_id": resident_id, "relation": relation}),) if relation else ()


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
        undoes=lambda _none: tuple(_together_again(page)),
    )
    dialog.open()


def _together_again(page: ResidentPage) -> Iterator[Undo]:
    """Brings a person back into the family; one of two is made anew, with what the other was in it."""
    for other in page.relatives[:1]:
        joined = {
            "resident_id": page.row.id,
            "with_id": other.id,
            "relation": page.relation,
            "family_id": page.family_id,
        }
        yield Undo(actions.join_family, joined, why="")
        if len(page.relatives) == 1:
            yield from _relation(other.id, other.relation)
