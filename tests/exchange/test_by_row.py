"""Values by the number of a row."""

import pytest

from models.exchange.by_row import ByRow


def test_a_row_has_the_value_that_was_put_last_and_no_other_row_has_it() -> None:
    values = ByRow[str]()
    values.put([3, 1], "a")
    values.put(iter([3]), "b")
    assert [values.get(row) for row in range(6)] == [None, "a", None, "b", None, None]
    assert (values[1], 3 in values, 2 in values, 9 in values) == ("a", True, False, False)
    with pytest.raises(KeyError):
        values[2]
