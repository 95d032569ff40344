"""What was said of files that came in, for the next file of the same shape from the same programme."""

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from models.entities.base import Base
from models.ids import ImportAnswersId, ProgrammeId


class ImportAnswers(Base):
    """What was said of a file: of columns and words, never of a person."""

    __tablename__ = "import_answers"
    __kind__ = None
    __table_args__ = (UniqueConstraint("programme_id", "kind", "shape"),)

    id: Mapped[ImportAnswersId] = mapped_column(primary_key=True)
    programme_id: Mapped[ProgrammeId] = mapped_column(ForeignKey("programmes.id"))
    kind: Mapped[str] = mapped_column(String(16))
    """`stays` or `list`."""
    shape: Mapped[str] = mapped_column(String(64))
    """The SHA-256 of the headings; `columns:4` of a file that has none."""
    answers: Mapped[dict[str, str]]
    """As `Answers.flat` names them."""
