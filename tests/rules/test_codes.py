"""Which countries and currencies there are."""

import pytest

from models.errors import Refused
from models.rules.codes import CURRENCIES, checked_country, checked_currency


def test_a_country_is_one_whatever_its_letters() -> None:
    assert [checked_country(code, None) for code in ("af", " XK ", "NA")] == ["AF", "XK", "NA"]


@pytest.mark.parametrize("code", ["", "XX", "DEU", "ZZ", "EU", "A", "Germany", "XXA", "ΑΒ"])
def test_what_is_no_country_is_refused_beside_its_field(code: str) -> None:
    with pytest.raises(Refused, match="no country") as refused:
        checked_country(code, "country")
    assert refused.value.field == "country"


def test_a_person_may_be_of_no_country() -> None:
    assert checked_country("xxa", "nationality", stateless=True) == "XXA"


def test_a_currency_is_one_that_somebody_pays_in() -> None:
    assert [checked_currency(code) for code in ("eur", "RSD", "ALL", "HRK")] == ["EUR", "RSD", "ALL", "HRK"]
    assert all(len(code) == 3 and code.isupper() for code in CURRENCIES)
    for code in ("", "XXX", "EURO", "EU", "DIN"):
        with pytest.raises(Refused) as refused:
            checked_currency(code)
        assert refused.value.field == "currency"
