"""Issued months: figures and papers that are frozen."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, composite, mapped_column

from models.changes import Kind
from models.entities.base import MADE, Base, Versioned, choice
from models.ids import IssuedMonthId, ProgrammeId, SendingId, UserId
from models.rules.time import Moment
from models.rules.vocabulary import MonthState, Protection, SendingWay


class IssuedMonth(Base):
    """A month's figures as they were issued; nothing issued is ever deleted (rules.md, Issued months)."""

    __tablename__ = "issued_months"
    __kind__ = Kind.MONTH
    __table_args__ = (UniqueConstraint("programme_id", "month", "revision"),)

    id: Mapped[IssuedMonthId] = mapped_column(primary_key=True)
    programme_id: Mapped[ProgrammeId] = mapped_column(ForeignKey("programmes.id"))
    month: Mapped[date]
    """Its first day."""
    revision: Mapped[int]
    figures: Mapped[str] = mapped_column(Text, info=MADE)
    """Canonical JSON of MonthFigures."""
    figures_hash: Mapped[str] = mapped_column(String(64))
    trail_head: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(8))
    pdf: Mapped[bytes] = mapped_column(LargeBinary)
    changed: Mapped[list[str]]
    """The names of the figures that differ from the revision before."""
    reason: Mapped[str] = mapped_column(Text, default="")
    issued_on: Mapped[date]
    issued_at: Mapped[datetime]
    issued_by: Mapped[UserId] = mapped_column(ForeignKey("users.id"))
    is_watched: Mapped[bool] = mapped_column(default=True)
    """Whether `TouchedMonth` says of it what was written since; an earlier Konak did not note that."""


class TouchedMonth(Base):
    """An issued month that something was written of since: it is to be compared with what was issued."""

    __tablename__ = "touched_months"
    __kind__ = Kind.MONTH

    programme_id: Mapped[ProgrammeId] = mapped_column(ForeignKey("programmes.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    """Its first day."""
    entry: Mapped[int]
    """The number of the last entry of the trail that touches it."""


class StateOfMonth(Base):
    """Where the report of a month stands. Without it a month is open, or as an earlier Konak has issued it."""

    __tablename__ = "month_states"
    __kind__ = Kind.MONTH

    programme_id: Mapped[ProgrammeId] = mapped_column(ForeignKey("programmes.id"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    """Its first day."""
    state: Mapped[MonthState] = mapped_column(choice(MonthState))
    awaits_sending: Mapped[bool] = mapped_column(default=False)
    """Whether it is to be entered when what was issued last is sent; an earlier Konak did not ask."""
    checked_at: Mapped[datetime | None]
    """When somebody looked through it last, and nothing that touches it was written since; None: nobody, or it was."""
    checked_by: Mapped[UserId | None] = mapped_column(ForeignKey("users.id"))
    checked_doubts: Mapped[int] = mapped_column(default=0)
    """How many points were open then."""
    checked_remark: Mapped[str] = mapped_column(Text, default="")
    """What whoever checked has said of them."""


class Sending(Versioned):
    """That an issued report went to the partner; what was entered by mistake is taken back, and stays."""

    __tablename__ = "report_sendings"
    __kind__ = Kind.MONTH

    id: Mapped[SendingId] = mapped_column(primary_key=True)
    issued_id: Mapped[IssuedMonthId] = mapped_column(ForeignKey("issued_months.id"), index=True)
    sent_on: Mapped[date]
    sent_at: Mapped[datetime | None]
    way: Mapped[SendingWay] = mapped_column(choice(SendingWay))
    to_whom: Mapped[str] = mapped_column(String(200))
    receipt: Mapped[str] = mapped_column(Text, default="")
    """By what it is known that it has come: a number, who signed for it, when; empty: by nothing yet."""
    protection: Mapped[Protection] = mapped_column(choice(Protection), default=Protection.NONE)
    digest: Mapped[str] = mapped_column(String(64), default="")
    """SHA-256 of the file that Konak made for it, in hexadecimal; empty: it made none."""
    certificate: Mapped[str] = mapped_column(String(64), default="")
    """SHA-256 of the certificate for which it was encrypted; empty: for none."""
    taken_back: Mapped[str | None] = mapped_column(Text)
    """What the mistake was; None: it stands."""
    entered_by: Mapped[UserId] = mapped_column(ForeignKey("users.id"))
    entered_at: Mapped[datetime]

    sent: Mapped[Moment] = composite("sent_on", "sent_at")
