"""Programmes: agreements with partner governments, as data."""

from datetime import date
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from models.changes import Kind
from models.entities.base import Base, Versioned, choice, sortable
from models.ids import CriterionId, PaymentId, ProgrammeId, ReasonId
from models.rules.vocabulary import (
    AbsencesRule,
    CandidateState,
    CountingRule,
    CriterionEffect,
    CriterionTest,
    DepartureKind,
    LimitRule,
    PaymentKind,
    PlacesRule,
    Regime,
)


class Programme(Versioned):
    """An agreement with a partner government under which people are hosted."""

    __tablename__ = "programmes"
    __kind__ = Kind.PROGRAMME
    __table_args__ = (CheckConstraint("window_end IS NULL OR window_end >= window_start", name="window"),)

    id: Mapped[ProgrammeId] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sortable(32), unique=True)
    title: Mapped[str] = mapped_column(String(300))
    """What it is, in the words of the agreement: stands under the heading of the report."""
    partner: Mapped[str] = mapped_column(String(200))
    """The partner government's name as it stands on paper."""
    partner_country: Mapped[str] = mapped_column(String(3))
    legal_basis: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(Text, default="")
    """From where the facts are known, and what of them is not public."""
    regime: Mapped[Regime] = mapped_column(choice(Regime), default=Regime.OPEN)
    window_start: Mapped[date]
    window_end: Mapped[date | None]
    """The last day on which people are admitted; open where there is none."""
    places: Mapped[int | None]
    places_rule: Mapped[PlacesRule] = mapped_column(choice(PlacesRule))
    limit_rule: Mapped[LimitRule] = mapped_column(choice(LimitRule), default=LimitRule.NONE)
    limit_amount: Mapped[int | None]
    """Days or months, as `limit_rule` says."""
    sums_stays: Mapped[bool] = mapped_column(default=False)
    """Whether all stays of a person together have the limit of one."""
    review_every: Mapped[int] = mapped_column(default=90)
    """Days between reviews; 0: no reviews."""
    counting_rule: Mapped[CountingRule] = mapped_column(choice(CountingRule), default=CountingRule.NIGHTS)
    absences_rule: Mapped[AbsencesRule] = mapped_column(choice(AbsencesRule), default=AbsencesRule.ALWAYS)
    absences_first: Mapped[int | None]
    currency: Mapped[str] = mapped_column(String(3), default="EUR")
    length_bounds: Mapped[list[int]]
    """The upper bound in nights of each length-of-stay band but the last, which is open."""
    report_language: Mapped[str] = mapped_column(String(8), default="en")
    report_due_day: Mapped[int] = mapped_column(default=5)
    """The day of the following month by which the report is due."""
    names_ground: Mapped[str] = mapped_column(Text, default="")
    """The legal ground on which the report may name people; empty: numbers only."""
    small_count: Mapped[int] = mapped_column(default=0)
    """Counts of 1 to one less than this are shown as "<k"; 0: all are shown."""
    report_sections: Mapped[list[str]] = mapped_column(default=list)
    """The sections of the report in their order (`models.rules.report_sections`); none: the usual ones."""
    addressee: Mapped[str] = mapped_column(Text, default="")
    """To whom the report goes, in lines."""
    agreement_reference: Mapped[str] = mapped_column(String(200), default="")
    """By which the partner knows the agreement."""
    claim_reference: Mapped[str] = mapped_column(String(100), default="")
    """What stands before the month in the reference of a claim."""
    arrival_steps: Mapped[list[str]] = mapped_column(default=list)
    """What a complete arrival needs, in words of `ArrivalStep`; none: nothing is asked."""
    is_closed: Mapped[bool] = mapped_column(default=False)
    two_persons: Mapped[bool] = mapped_column(default=False)
    """Whether a decision on a candidate is proposed by one person and confirmed by another."""

    payments: Mapped[list["Payment"]] = relationship(
        order_by="Payment.from_on, Payment.id", cascade="all, delete-orphan", lazy="selectin"
    )
    criteria: Mapped[list["Criterion"]] = relationship(
        order_by="Criterion.position", cascade="all, delete-orphan", lazy="selectin"
    )
    reasons: Mapped[list["SelectionReason"]] = relationship(
        order_by="SelectionReason.position", cascade="all, delete-orphan", lazy="selectin"
    )
    departures: Mapped[list["PermittedDeparture"]] = relationship(
        order_by="PermittedDeparture.id", cascade="all, delete-orphan", lazy="selectin"
    )


class Payment(Base):
    """One thing that an agreement pays, for the days [from_on, until_on)."""

    __tablename__ = "rate_periods"  # as it was called when rates were all that was paid: the trail tells of it so
    __kind__ = Kind.PROGRAMME
    __table_args__ = (
        CheckConstraint("until_on IS NULL OR until_on > from_on", name="order"),
        Index("ix_rate_periods_programme_id_from_on", "programme_id", "from_on"),
    )

    id: Mapped[PaymentId] = mapped_column(primary_key=True)
    programme_id: Mapped[ProgrammeId] = mapped_column(ForeignKey("programmes.id"))
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    amount: Mapped[Decimal]
    kind: Mapped[PaymentKind | None] = mapped_column(choice(PaymentKind))
    """What is paid for; None in a row of an earlier Konak: for what the programme counts."""
    currency: Mapped[str] = mapped_column(String(3), default="")
    """ISO 4217; empty in a row of an earlier Konak: that of the programme."""
    places: Mapped[int | None]
    due_on: Mapped[date | None]
    """The first day on which a fixed sum is due; None: it is spread over its period."""
    purpose: Mapped[str] = mapped_column(String(200), default="")


class Criterion(Base):
    """One thing that a candidate is screened for."""

    __tablename__ = "criteria"
    __kind__ = Kind.PROGRAMME
    __table_args__ = (UniqueConstraint("programme_id", "position"),)

    id: Mapped[CriterionId] = mapped_column(primary_key=True)
    programme_id: Mapped[ProgrammeId] = mapped_column(ForeignKey("programmes.id"))
    position: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    """The question as the screening person reads it; the presets' are translatable."""
    effect: Mapped[CriterionEffect] = mapped_column(choice(CriterionEffect))
    test: Mapped[CriterionTest] = mapped_column(choice(CriterionTest), default=CriterionTest.MANUAL)


class SelectionReason(Base):
    """One reason that can be given for a decision on a candidate."""

    __tablename__ = "selection_reasons"
    __kind__ = Kind.PROGRAMME
    __table_args__ = (UniqueConstraint("programme_id", "position"),)

    id: Mapped[ReasonId] = mapped_column(primary_key=True)
    programme_id: Mapped[ProgrammeId] = mapped_column(ForeignKey("programmes.id"))
    position: Mapped[int]
    outcome: Mapped[CandidateState] = mapped_column(choice(CandidateState))
    """Which decision it is a reason of."""
    text: Mapped[str] = mapped_column(Text)
    """As it stands in the history and on paper; the presets' are translatable."""


class PermittedDeparture(Base):
    """A way in which people may leave under a programme, and what it requires beyond rules.md."""

    __tablename__ = "permitted_departures"
    __kind__ = Kind.PROGRAMME
    __table_args__ = (UniqueConstraint("programme_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    programme_id: Mapped[ProgrammeId] = mapped_column(ForeignKey("programmes.id"))
    kind: Mapped[DepartureKind] = mapped_column(choice(DepartureKind))
    extra_checks: Mapped[list[str]]
    """Values of CheckKind; a programme may require more than rules.md, never less."""
