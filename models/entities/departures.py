"""Departure plans and the checks that they require."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from models.changes import Kind
from models.entities.base import Base, Sealed, Versioned, choice, unique_where
from models.entities.stays import Stay
from models.ids import AbsenceId, CheckId, PlacementId, PlanId, StayId, UserId
from models.rules.leaving import Way
from models.rules.vocabulary import CheckKind, DepartureKind, Destination, PlanState


class Plan(Versioned):
    """A planned departure of one stay."""

    __tablename__ = "plans"
    __kind__ = Kind.PLAN
    __table_args__ = (
        # One plan at a time: a second one is made after the first was cancelled or stopped.
        unique_where("uq_plans_open_stay_id", "stay_id", "state = 'open'"),
    )

    id: Mapped[PlanId] = mapped_column(primary_key=True)
    stay_id: Mapped[StayId] = mapped_column(index=True)
    """The stay; or the number that it had, where its arrival was taken back (`TakenBackArrival`): nobody leaves by the
    plan then, and what was checked for it is kept."""
    kind: Mapped[DepartureKind] = mapped_column(choice(DepartureKind))
    destination: Mapped[Destination] = mapped_column(choice(Destination))
    destination_country: Mapped[str | None] = mapped_column(String(3))
    destination_place: Mapped[str] = mapped_column(String(200), default="")
    planned_on: Mapped[date]
    note: Mapped[str] = mapped_column(Text, default="")
    state: Mapped[PlanState] = mapped_column(choice(PlanState), default=PlanState.OPEN)
    state_reason: Mapped[str] = mapped_column(Text, default="")
    made_by: Mapped[UserId] = mapped_column(ForeignKey("users.id"))
    made_at: Mapped[datetime]

    stay: Mapped[Stay] = relationship(primaryjoin=lambda: foreign(Plan.stay_id) == Stay.id)
    checks: Mapped[list["Check"]] = relationship(order_by="Check.id")

    @property
    def leads_to(self) -> str | None:
        """The country to which it leads; of one by which the person has left, to which they really went."""
        return self.stay.destination_country if self.state is PlanState.DEPARTED else self.destination_country

    @property
    def way(self) -> Way:
        """How and where to it leads, as it was planned."""
        return Way(self.kind, self.destination_country, self.destination)


class Check(Base):
    """One check of a plan. It is never deleted or edited: a later one of its kind supersedes it."""

    __tablename__ = "checks"
    __kind__ = Kind.PLAN
    __table_args__ = (Index("ix_checks_plan_id_kind", "plan_id", "kind"),)

    id: Mapped[CheckId] = mapped_column(primary_key=True)
    plan_id: Mapped[PlanId] = mapped_column(ForeignKey("plans.id"))
    kind: Mapped[CheckKind] = mapped_column(choice(CheckKind))
    held_on: Mapped[date]
    passed: Mapped[bool | None]
    """None where it is sealed: the outcome then decides."""
    outcome: Mapped[bytes | None] = mapped_column(LargeBinary)
    """Whether a sealed check passed, see `models.store.sealing.salted`: it decides on the departure, and nobody is
    shown it but with the finding. None of a check that an earlier Konak kept: it counts as not held."""
    valid_until: Mapped[date | None]
    """The last day on which it holds, where the check itself says so: the expiry of a document, a permit."""
    withdrawn_on: Mapped[date | None]
    who: Mapped[str] = mapped_column(String(200))
    """Who held the check, signed or decided."""
    details: Mapped[dict[str, str]]
    """What this kind of check requires to be stated, by name: the language, the number of the decision."""
    note: Mapped[str] = mapped_column(Text, default="")
    finding: Mapped[bytes | None] = mapped_column(Sealed)
    """What a non-refoulement check or a check of fitness to travel has found; sealed, see `models.store.sealing`."""
    country: Mapped[str | None] = mapped_column(String(3))
    """Where the plan led when it was held; empty where it named no country, None where that was not kept."""
    late_reason: Mapped[str | None] = mapped_column(Text)
    """Why it was entered later than it was held; None where that was not said, empty where it is in the finding."""
    entered_by: Mapped[UserId] = mapped_column(ForeignKey("users.id"))
    entered_at: Mapped[datetime]


class Ending(Base):
    """What ended with a stay, while that can be taken back: the plan, the bed and the absence that were open."""

    __tablename__ = "endings"
    __kind__ = Kind.STAY

    stay_id: Mapped[StayId] = mapped_column(ForeignKey("stays.id"), primary_key=True)
    plan_id: Mapped[PlanId | None] = mapped_column(ForeignKey("plans.id"))
    placement_id: Mapped[PlacementId | None] = mapped_column(ForeignKey("placements.id"))
    absence_id: Mapped[AbsenceId | None] = mapped_column(ForeignKey("absences.id"))
    entered_at: Mapped[datetime]
