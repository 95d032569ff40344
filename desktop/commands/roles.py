"""`konak roles`: prints which role may do what, as one table."""

from models.rules.vocabulary import Role
from models.store.declaring import declared


def run(_typed: object = None) -> int:
    """Print it; no register is asked."""
    print(f"{'':32}{'  '.join(Role)}")
    for name, what in sorted(declared().items()):
        if what.roles:
            print(
                f"{name:32}{'  '.join(('x' if role in what.roles else '-').ljust(len(role)) for role in Role)}".rstrip()
            )
    return 0
