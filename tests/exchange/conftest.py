"""What the tests of files share: a programme whose window is open for all that files tell of."""

from datetime import date

import pytest

from models.ids import ProgrammeId
from models.store.register import Register
from tests import builders


@pytest.fixture
def programme(register: Register) -> ProgrammeId:
    """A programme that has places from 1990 on."""
    return builders.programme(register, window_start=date(1990, 1, 1))
