"""Where backups are kept."""

from datetime import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from models.changes import Kind
from models.entities.base import Base
from models.ids import BackupPlaceId


class BackupPlace(Base):
    """A folder for backups: a second disk, a USB stick that may be absent, a share of the network."""

    __tablename__ = "backup_places"
    __kind__ = Kind.BACKUP

    id: Mapped[BackupPlaceId] = mapped_column(primary_key=True)
    folder: Mapped[str] = mapped_column(Text, unique=True)
    good_at: Mapped[datetime | None]
    """When the last backup there was made and proven."""
    failed_at: Mapped[datetime | None]
    """When the last try failed; None once one was good again."""
    failure: Mapped[str] = mapped_column(Text, default="")
    """Why, as an untranslated sentence without values."""
