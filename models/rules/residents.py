"""What is known of a person and of the papers that name them, as a form gives it; and what no form may give."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from models.errors import Refused
from models.rules.birth import BirthDate
from models.rules.field_types import Field
from models.rules.fields import DOCUMENT, PARTNER_NUMBER, PERSON
from models.rules.vocabulary import DocumentKind, IdentityBy, Sex
from models.text import N_, Message

OLDEST = 130
"""Years: nobody is known to have lived longer, so an earlier birth date is a slip of the pen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSaid:
    """What a list or a file can say of a person; whatever is not known is empty or None.

    Attributes:
        own_script: The whole name in the person's own script.
        birth_as_written: The birth date as the source had it, where that says more than `birth`.
        birth_country: ISO 3166 alpha-2.
        nationality: ISO 3166 alpha-2, `XXA` for a stateless person: the one that the report counts.
        languages: ISO 639 codes where the language has one, else its name as written.
        partner_number: The number under which the partner of the programme knows the person.
    """

    family_name: str = ""
    given_names: str = ""
    own_script: str = ""
    sex: Sex | None = None
    birth: BirthDate | None = None
    birth_as_written: str = ""
    birth_country: str | None = None
    nationality: str | None = None
    languages: tuple[str, ...] = ()
    partner_number: str = ""


_SAID = frozenset(each.name for each in fields(PersonSaid))
PERSON_SAID = tuple(field for field in PERSON if field.name in _SAID)
"""The fields of a person that a list or a file can say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFacts(PersonSaid):
    """Who somebody is, as far as it is known.

    Attributes:
        other_nationalities: Further ones.
        stated_gender: The gender that the person states.
        identity_by: Who says who it is.
    """

    aliases: tuple[str, ...] = ()
    other_nationalities: tuple[str, ...] = ()
    needs_interpreter: bool = False
    stated_gender: str = ""
    identity_by: IdentityBy | None = None

    @property
    def is_named(self) -> bool:
        """Whether there is any name at all; a person without one is shown by number."""
        return bool(self.family_name or self.given_names or self.own_script)

    def tidy(self) -> "PersonFacts":
        """The same without spaces around texts, empty entries, or an entry that stands twice."""
        known = replace(self, **tidied(self, (*PERSON, PARTNER_NUMBER)))
        others = tuple(code for code in known.other_nationalities if code != known.nationality)
        return replace(known, other_nationalities=others)

    def given(self, values: Mapping[str, Any]) -> "PersonFacts":
        """The facts as a form has them; what it does not ask for stays.

        What the source had as the birth date is kept while the date that was read from it stands.
        """
        told = {field.name: values[field.name] for field in (*PERSON, PARTNER_NUMBER) if field.name in values}
        if told.get("birth", self.birth) != self.birth:
            told["birth_as_written"] = ""
        return replace(self, **told).tidy()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFacts:
    """A paper that names its holder, as a form gives it.

    Attributes:
        country: The issuing country, ISO 3166 alpha-2, or None where it is not known.
        expires_on: The last day on which it is valid.
    """

    kind: DocumentKind
    number: str = ""
    country: str | None = None
    issued_on: date | None = None
    expires_on: date | None = None
    note: str = ""

    def tidy(self) -> "DocumentFacts":
        """The same without spaces around texts."""
        return replace(self, **tidied(self, DOCUMENT))


def tidied(facts: object, declared: Iterable[Field]) -> dict[str, Any]:
    """The values of facts, or of a row, in the form in which facts have them, by the name of each field."""
    return {field.name: field.tidy(getattr(facts, field.name)) for field in declared}


def check_reason(before: object, after: object, declared: Iterable[Field], reason: str) -> None:
    """Refuse to say otherwise, without saying why, what is known; what was not known yet needs no reason.

    Args:
        before: Facts, or a row.
        after: The facts that take their place.
        declared: Their fields.
        reason: How that is known.

    Raises:
        Refused: Of the field `reason`.
    """
    if reason.strip():
        return
    for field in declared:
        old, new = (field.tidy(getattr(each, field.name)) for each in (before, after))
        is_kept = set(old) <= set(new) if isinstance(old, tuple) and isinstance(new, tuple) else old == new
        if old and not is_kept:
            raise Refused(
                "Something else stands here: {what}. Say how the right one is known.",
                field="reason",
                what=Message(field.label),
            )


def missing_facts(facts: PersonFacts, documents: Iterable[DocumentFacts]) -> tuple[Message, ...]:
    """What is not known yet of somebody who arrives, each as a word or two. None of it keeps anybody out."""
    known = {
        N_("the name"): facts.is_named,
        N_("the sex"): facts.sex is not None,
        N_("the birth date"): facts.birth is not None,
        N_("the nationality"): facts.nationality is not None,
        N_("a language"): bool(facts.languages),
        N_("a document"): any(each.number for each in documents),
    }
    return tuple(Message(what) for what, is_known in known.items() if not is_known)


def check_person(facts: PersonFacts, *, today: date) -> None:
    """Refuse facts that cannot be true of anybody. What is unknown is never refused.

    Args:
        facts: What was entered, tidy.
        today: The local date.

    Raises:
        Refused: With the field that is at fault.
    """
    check_lengths(facts, (*PERSON, PARTNER_NUMBER))
    if facts.birth is not None:
        check_birth(facts.birth, today=today)


def check_lengths(facts: object, declared: Iterable[Field]) -> None:
    """Refuse a text that is longer than the register keeps.

    Raises:
        Refused: With the field that is at fault.
    """
    for field in declared:
        field.check(getattr(facts, field.name))


def check_birth(birth: BirthDate, *, today: date) -> None:
    """Refuse a birth date in the future or longer ago than anybody lives.

    Raises:
        Refused: Of the field `birth`.
    """
    if birth.earliest > today:
        raise Refused("This birth date lies in the future. Correct it.", field="birth")
    if birth.latest.year < today.year - OLDEST:
        raise Refused("This birth date is more than {n} years ago. Correct it.", field="birth", n=OLDEST)


def check_document(facts: DocumentFacts, *, today: date) -> None:
    """Refuse a document that cannot be: issued in the future, or expired before it was issued.

    Raises:
        Refused: With the field that is at fault.
    """
    check_lengths(facts, DOCUMENT)
    if facts.issued_on is not None and facts.issued_on > today:
        raise Refused("This document is issued in the future. Correct the date.", field="issued_on")
    if facts.issued_on is not None and facts.expires_on is not None and facts.expires_on < facts.issued_on:
        raise Refused("The document expires before it was issued. Correct one of the dates.", field="expires_on")
