"""That a register was put back on purpose is entered; what is found before, `tests/store/test_heads.py` shows."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from models.actions import trail
from models.errors import Refused
from models.rules.vocabulary import Role
from models.store.register import Register
from models.store.seen import Head, Seen
from tests.actions.leavers import at_desk
from tests.entries import last


def do_put_back(register: Register) -> None:
    """For `tests/dialects`, which does every action to its end."""
    before, seen = register.person, register.seen
    at_desk(register, Role.SUPERVISOR)
    with TemporaryDirectory() as folder:
        register.seen = Seen(Path(folder), "of a register", register.clock)
        register.seen.keep(Head(1_000_000, "f" * 64))
        register.compare()
        assert register.behind is not None
        register.perform(trail.put_back, reason="restored the backup of Friday")
        assert register.behind is None
    register.person, register.seen = before, seen


def test_it_names_the_heads_that_are_given_up(register: Register) -> None:
    do_put_back(register)
    assert last(register)["notes"] == {"heads": ["f" * 64], "reason": "restored the backup of Friday"}
    at_desk(register, Role.CLERK)
    with pytest.raises(Refused, match="may not"):
        register.perform(trail.put_back, reason="x")
