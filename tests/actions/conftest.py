"""After every test of actions, the trail must tell of all that they wrote."""

from collections.abc import Iterator

import pytest

from models.store.register import Register


@pytest.fixture(autouse=True)
def told(request: pytest.FixtureRequest) -> Iterator[None]:
    """What an action changes past the trail would look like a change from outside Konak."""
    register = request.getfixturevalue("register") if "register" in request.fixturenames else None
    yield
    if isinstance(register, Register):
        assert register.verified().problem is None
