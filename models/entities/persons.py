"""What a resident and a candidate have in common: the person, as far as a list can say who it is."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from models.entities.base import choice, sortable
from models.rules.birth import BirthDate
from models.rules.vocabulary import Sex


class PersonColumns:
    """The columns of a person; `models.rules.fields` says of each what it is called and who may see it."""

    family_name: Mapped[str] = mapped_column(String(400), default="")
    given_names: Mapped[str] = mapped_column(String(400), default="")
    own_script: Mapped[str] = mapped_column(String(400), default="")
    sex: Mapped[Sex | None] = mapped_column(choice(Sex))
    birth: Mapped[BirthDate | None]
    birth_as_written: Mapped[str] = mapped_column(String(100), default="")
    birth_country: Mapped[str | None] = mapped_column(String(3))
    nationality: Mapped[str | None] = mapped_column(sortable(3))
    """ISO 3166 alpha-2, XXA for stateless, None where it is not known: the one that the report counts."""
    languages: Mapped[list[str]]
    """ISO 639 codes where the language has one, else its name as written."""
