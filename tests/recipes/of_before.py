"""Run in a copy of the tree to which the recipe of CONTRIBUTING.md has added a field, on a register that is older.

It is not collected in the tree itself. `REGISTER_OF_BEFORE` says where the register lies.
"""

import os
from pathlib import Path

from models.actions import residents
from models.ids import ResidentId
from models.queries import resident_page
from models.store.opening import open_register
from models.store.register import Register
from tests.conftest import PASSPHRASE


def born_in(register: Register, resident_id: ResidentId, place: str) -> None:
    with register.read() as snapshot:
        page = resident_page.page(snapshot, resident_id=resident_id)
    assert page is not None
    register.perform(
        residents.change, reason="seen", resident_id=resident_id, person=page.facts.given({"place_of_birth": place})
    )


def test_a_register_that_was_made_before_the_field_still_fits_its_trail() -> None:
    with open_register(Path(os.environ["REGISTER_OF_BEFORE"]), passphrase=PASSPHRASE) as register:
        found = register.verified()
        assert (found.number, found.problem) == (None, None)
        for resident_id in (ResidentId(1), ResidentId(2), ResidentId(3)):
            born_in(register, resident_id, "Herat")
            assert register.verified().problem is None
            born_in(register, resident_id, "")
            assert register.verified().problem is None
