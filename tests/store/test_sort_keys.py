"""Residents are sorted by the alphabet of the facility's language, by the database, and again when that changes."""

from contextlib import closing
from dataclasses import asdict

import pytest

from models.actions import residents
from models.actions.facility import change_facility
from models.ids import ResidentId
from models.queries import facility
from models.queries import residents as queries
from models.queries.residents import Shown
from models.rules.residents import PersonFacts
from models.store import check, engine, migration, search
from models.store.keys import Keys
from models.store.opening import open_register
from models.store.register import Register
from models.text import translator
from tests import builders
from tests.conftest import PASSPHRASE

NAMES = ("Zhubi", "Đorđević", "Gashi", "Gjoni", "Guri", "Çela", "Cana", "Zogu", "Dukić", "Džajić")
IN_ORDER = {
    "en": ["Cana", "Çela", "Đorđević", "Dukić", "Džajić", "Gashi", "Gjoni", "Guri", "Zhubi", "Zogu"],
    "sq": ["Cana", "Çela", "Đorđević", "Dukić", "Džajić", "Gashi", "Guri", "Gjoni", "Zogu", "Zhubi"],
    "sr": ["Cana", "Çela", "Dukić", "Džajić", "Đorđević", "Gashi", "Gjoni", "Guri", "Zhubi", "Zogu"],
}


@pytest.fixture
def register_of_names(register: Register) -> Register:
    for number, name in enumerate(NAMES):
        who = builders.resident(register, f"K-{number:04}")
        register.perform(
            residents.change,
            resident_id=who,
            person=PersonFacts(family_name=name),
            partner_numbers={},
            reason="as the passport says",
        )
    return register


def speak(register: Register, language: str) -> None:
    with register.read() as snapshot:
        facts = facility.facility(snapshot)
    register.perform(change_facility, **(asdict(facts) | {"language": language}))


def shown(register: Register) -> list[str]:
    with register.read() as snapshot:
        ids = queries.ids(snapshot, sort="name", shown=Shown.ALL)
        names = {row.id: row.name for row in queries.rows(snapshot, ids)}
    return [names[who] for who in ids]


@pytest.mark.parametrize("language", IN_ORDER)
def test_candidates_who_are_found_alike_stand_so_too(register: Register, language: str) -> None:
    speak(register, language)
    programme = builders.programme(register)
    names = {
        builders.candidate(register, programme, family_name=name, given_names="Arta"): name for name in reversed(NAMES)
    }
    with register.read() as snapshot:
        found = search.ranked_candidates(snapshot.connection, "Arta")
    assert [names[search.candidate_of(match)] for match in found] == IN_ORDER[language]


def key_of(register: Register) -> bytes:
    keys = Keys.load(register.folder)
    return keys.slot().open(keys.register_id, PASSPHRASE).register_key


def test_with_another_language_of_the_facility_the_list_stands_in_another_order(register_of_names: Register) -> None:
    for language in ("sq", "sr", "en", "sq"):
        speak(register_of_names, language)
        assert shown(register_of_names) == IN_ORDER[language]
    assert register_of_names.verified().problem is None, "the keys follow from the names, and no entry tells of them"


def test_who_comes_or_is_called_otherwise_is_put_in_order_at_once(register_of_names: Register) -> None:
    speak(register_of_names, "sq")
    with register_of_names.read() as snapshot:
        (guri,) = [row.id for row in queries.rows(snapshot, queries.ids(snapshot, text="Guri", shown=Shown.ALL))]
    facts = PersonFacts(family_name="Xhaka")
    register_of_names.perform(
        residents.change, resident_id=ResidentId(guri), person=facts, partner_numbers={}, reason="as the passport says"
    )
    assert shown(register_of_names)[-3:] == ["Xhaka", "Zogu", "Zhubi"]


def test_a_register_of_an_earlier_konak_is_put_in_order(register_of_names: Register) -> None:
    speak(register_of_names, "sr")
    key, folder = key_of(register_of_names), register_of_names.folder
    register_of_names.close()
    migration.downgrade(folder / engine.FILE_NAME, key, "0013")
    migration.upgrade(folder / engine.FILE_NAME, key)
    with open_register(folder, passphrase=PASSPHRASE) as again:
        assert shown(again) == IN_ORDER["sr"]
        assert again.verified().problem is None


def test_a_key_that_does_not_follow_from_the_name_is_found_by_the_check(register_of_names: Register) -> None:
    register = register_of_names
    with closing(engine.connect(register.folder / engine.FILE_NAME, register.source.key)) as connection:
        connection.execute("UPDATE residents SET sort_key = 'x' WHERE id = 1")
        connection.commit()
    (found,) = check.check(register.source, register.verified)
    assert "does not find 1 person" in translator("en").render(found.said)
    check.rebuild_search(register.source)
    assert not check.check(register.source, register.verified)
