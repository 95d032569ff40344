"""One function per thing a user does: one transaction, one trail entry, all or nothing."""

from collections.abc import Mapping
from functools import cache

from models.store.declaring import DECLARED, Declared


@cache
def declared() -> Mapping[str, Declared]:
    """All that the trail can tell of, and all that not everybody may do, by name; loads the modules of all areas."""
    from importlib import import_module
    from pkgutil import iter_modules

    for package in ("models.actions", "models.exchange"):
        for module in iter_modules(import_module(package).__path__):
            import_module(f"{package}.{module.name}")
    return DECLARED
