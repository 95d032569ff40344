"""The tables, one module per area; importing this package makes all of them known."""

from importlib import import_module
from pkgutil import iter_modules

from sqlalchemy.orm import configure_mappers

from models.entities.base import Base

__all__ = ["Base", "configure"]

for _module in iter_modules(__path__, f"{__name__}."):
    import_module(_module.name)


def configure() -> None:
    """Have SQLAlchemy work out now how the tables hang together, which the first query would otherwise wait for."""
    configure_mappers()
