"""Residents: people who were admitted at least once, and their families."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.changes import Kind
from models.entities.base import DERIVED, MADE, Base, Versioned, choice, sortable
from models.entities.documents import Document
from models.entities.persons import PersonColumns
from models.ids import ApartId, CandidateId, FamilyId, JoiningId, ProgrammeId, ResidentId, UserId
from models.rules.vocabulary import IdentityBy


class Family(Base):
    """People who belong together and leave together, unless it is decided otherwise."""

    __tablename__ = "families"
    __kind__ = Kind.RESIDENT

    id: Mapped[FamilyId] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(400))


class FamilyNumber(Base):
    """The number of a case or a household that a partner gives to a whole family."""

    __tablename__ = "family_numbers"
    __kind__ = Kind.RESIDENT
    __table_args__ = (UniqueConstraint("programme_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    family_id: Mapped[FamilyId] = mapped_column(ForeignKey("families.id"), index=True)
    programme_id: Mapped[ProgrammeId] = mapped_column(ForeignKey("programmes.id"))
    number: Mapped[str] = mapped_column(String(64))
    """As it is compared; see `models.rules.numbers`."""


class Resident(PersonColumns, Versioned):
    """A person who was admitted at least once."""

    __tablename__ = "residents"
    __kind__ = Kind.RESIDENT
    __table_args__ = (Index("ix_residents_sort_name_birth", "sort_name", "birth"),)

    id: Mapped[ResidentId] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(sortable(32), unique=True)
    """The facility's own number, such as K-0012."""
    aliases: Mapped[list[str]]
    sort_name: Mapped[str] = mapped_column(sortable(900), default="")
    """The name, folded, as names are compared; the number where there is no name."""
    sort_key: Mapped[str] = mapped_column(sortable(900), default="", index=True, info=MADE | DERIVED)
    """What lists are sorted by: the name by the alphabet of the facility's language (`models.store.sort_keys`)."""
    other_nationalities: Mapped[list[str]]
    needs_interpreter: Mapped[bool] = mapped_column(default=False)
    stated_gender: Mapped[str] = mapped_column(String(100), default="")
    identity_by: Mapped[IdentityBy | None] = mapped_column(choice(IdentityBy))
    family_id: Mapped[FamilyId | None] = mapped_column(ForeignKey("families.id"), index=True)
    relation: Mapped[str] = mapped_column(String(100), default="")
    notes: Mapped[str] = mapped_column(Text, default="")
    """Nothing any more: what stood here is sealed. Entries that tell of rows by a hash alone need the column."""
    candidate_id: Mapped[CandidateId | None] = mapped_column(ForeignKey("candidates.id"), unique=True)
    joined_into_id: Mapped[ResidentId | None] = mapped_column(ForeignKey("residents.id"), index=True)
    """Who this person was found to be; the stays are theirs since, and the number leads there."""

    family: Mapped[Family | None] = relationship()
    partner_numbers: Mapped[list["PartnerNumber"]] = relationship(cascade="all, delete-orphan")
    documents: Mapped[list[Document]] = relationship(order_by=Document.id)


class ResidentNumbers(Base):
    """The facility's own number that was given last: one row, from the first arrival on."""

    __tablename__ = "resident_numbers"
    __kind__ = Kind.RESIDENT
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    last: Mapped[int]


class PartnerNumber(Base):
    """The number under which a partner knows a resident."""

    __tablename__ = "partner_numbers"
    __kind__ = Kind.RESIDENT
    __table_args__ = (UniqueConstraint("programme_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[ResidentId] = mapped_column(ForeignKey("residents.id"), index=True)
    programme_id: Mapped[ProgrammeId] = mapped_column(ForeignKey("programmes.id"))
    number: Mapped[str] = mapped_column(String(64))


class Joining(Base):
    """Two residents, or a resident and a candidate, were found to be one; what it changed is kept, to be taken back."""

    __tablename__ = "joinings"
    __kind__ = Kind.RESIDENT
    __table_args__ = (CheckConstraint("(joined_id IS NULL) <> (candidate_id IS NULL)", name="one_other"),)

    id: Mapped[JoiningId] = mapped_column(primary_key=True)
    resident_id: Mapped[ResidentId] = mapped_column(ForeignKey("residents.id"), index=True)
    """Who remains."""
    joined_id: Mapped[ResidentId | None] = mapped_column(ForeignKey("residents.id"), index=True)
    candidate_id: Mapped[CandidateId | None] = mapped_column(ForeignKey("candidates.id"), index=True)
    reason: Mapped[str] = mapped_column(Text, default="")
    before: Mapped[dict[str, str]]
    """What stood in the columns of the one who remains, as `models.rules.joining` writes it."""
    after: Mapped[dict[str, str]]
    """What stands there since."""
    moved: Mapped[dict[str, str]]
    """The numbers of the rows that became theirs, by table."""
    joined_by: Mapped[UserId] = mapped_column(ForeignKey("users.id"))
    joined_at: Mapped[datetime]
    undone_by: Mapped[UserId | None] = mapped_column(ForeignKey("users.id"))
    undone_at: Mapped[datetime | None]
    undone_reason: Mapped[str] = mapped_column(Text, default="")


class ToldApart(Base):
    """Two residents who look like one were found to be two persons: nobody is asked about them again."""

    __tablename__ = "told_apart"
    __kind__ = Kind.RESIDENT
    __table_args__ = (CheckConstraint("resident_id <> other_id", name="two"),)

    id: Mapped[ApartId] = mapped_column(primary_key=True)
    resident_id: Mapped[ResidentId] = mapped_column(ForeignKey("residents.id"), index=True)
    other_id: Mapped[ResidentId] = mapped_column(ForeignKey("residents.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    settled_by: Mapped[UserId] = mapped_column(ForeignKey("users.id"))
    settled_at: Mapped[datetime]
    undone_by: Mapped[UserId | None] = mapped_column(ForeignKey("users.id"))
    undone_at: Mapped[datetime | None]
    undone_reason: Mapped[str] = mapped_column(Text, default="")
