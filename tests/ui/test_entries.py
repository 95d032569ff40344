"""Languages and countries are typed by their names, and kept as codes."""

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ui.codes import CountriesField, LanguagesField
from ui.reading import Unreadable


def test_countries_are_shown_by_their_names_and_read_in_any_language(qtbot: QtBot) -> None:
    field = CountriesField("other_nationalities", "Further nationalities", value=("VN", "XXA"))
    qtbot.addWidget(field)
    assert field.raw() == ("Vietnam", "stateless")
    assert field.read() == ("VN", "XXA")
    field.put(("DE",))
    assert field.raw() == ("Germany",)
    field.put(None)
    assert field.read() == ()


def test_what_is_no_country_is_said(qtbot: QtBot) -> None:
    field = CountriesField("other_nationalities", "Further nationalities", value=("Atlantis",))
    qtbot.addWidget(field)
    with pytest.raises(Unreadable, match="No country is called Atlantis"):
        field.read()
    assert "Atlantis" in field.problem()


def test_languages_are_shown_by_their_names_and_kept_as_codes(qtbot: QtBot) -> None:
    field = LanguagesField("languages", "Languages", value=("es", "prs"))
    qtbot.addWidget(field)
    assert field.read() == ("es", "prs")
    assert "Spanish" in [line.text() for line in field.findChildren(QLineEdit)]
