"""Which numbers of rows are spent: a row that was taken away leaves its number to no other."""

from sqlalchemy.orm import Mapped, mapped_column

from models.entities.base import Base, sortable


class SpentNumber(Base):
    """The highest number of a table that a row had which is gone: the trail tells of both under one number else."""

    __tablename__ = "spent_numbers"
    __kind__ = None

    of_table: Mapped[str] = mapped_column(sortable(64), primary_key=True)
    last: Mapped[int]
