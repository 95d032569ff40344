"""The photos of residents; who may see them is said in `models.rules.people`."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from models.changes import Kind
from models.entities.base import Base
from models.ids import PhotoId, ResidentId, UserId


class Photo(Base):
    """One photo; the last one holds, and an earlier one is never written over."""

    __tablename__ = "photos"
    __kind__ = Kind.RESIDENT

    id: Mapped[PhotoId] = mapped_column(primary_key=True)
    resident_id: Mapped[ResidentId] = mapped_column(ForeignKey("residents.id"), index=True)
    image: Mapped[bytes] = mapped_column(LargeBinary)
    """A JPEG, 35 to 45, small, without anything about where it comes from; entries tell of it by a hash."""
    entered_by: Mapped[UserId] = mapped_column(ForeignKey("users.id"))
    entered_at: Mapped[datetime]
