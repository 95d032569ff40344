"""The people who work with the register."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from models.entities.base import Base, choice
from models.ids import UserId
from models.rules.vocabulary import Role


class User(Base):
    """A person who may open the register; the passphrase's slot lies in `keys.json` under `slot`."""

    __tablename__ = "users"

    id: Mapped[UserId] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200), unique=True)
    role: Mapped[Role] = mapped_column(choice(Role))
    slot: Mapped[str] = mapped_column(String(36), unique=True)
    is_active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime]
