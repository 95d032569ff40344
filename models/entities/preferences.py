"""How a person likes the window: no record of anything, so no entry of the trail tells of it."""

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from models.entities.base import UNTOLD, Base
from models.ids import UserId


class Preference(Base):
    """One thing that a person has set; written by `models.store.preferences` alone."""

    __tablename__ = "preferences"
    __kind__ = None
    __table_args__ = {"info": UNTOLD}  # noqa: RUF012 - as SQLAlchemy has it

    user_id: Mapped[UserId] = mapped_column(ForeignKey("users.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(100), primary_key=True)
    """What it is about, in the words of the window: `theme`, `list/residents`."""
    value: Mapped[object] = mapped_column(JSON, nullable=False)
    """Whatever JSON can hold: `models.rules.preferences.Preferred`."""
