"""Invented people for a large register: names of many languages, with their marks and their own scripts."""

from dataclasses import replace
from datetime import date
from random import Random

from desktop.demo import persons
from desktop.demo.persons import Invented, Names

_NAMES: tuple[Names, ...] = (
    *persons.PRISON,
    persons.AFGHANISTAN,
    persons.VIETNAM,
    persons.VENEZUELA,
    persons.CUBA,
)
_FIRST = (
    "Ber",
    "Çel",
    "Đor",
    "Gjo",
    "Haz",
    "Jak",
    "Kel",
    "Lju",
    "Mar",
    "Niš",
    "Oru",
    "Pet",
    "Rama",
    "Šan",
    "Vuk",
    "Zym",
)
_MIDDLE = ("a", "e", "i", "o", "u", "ë", "an", "en", "ol", "ar", "iq", "ush", "adi", "eli", "oni", "uri")
_LAST = ("aj", "ić", "i", "ovci", "ski", "a", "ević", "zadeh", "u", "ë", "shi", "dóttir", "ov", "enko", "qi", "in")


def person(chance: Random, number: str, today: date) -> Invented:
    """One person: of half, the family name is of the lists; of half, it is put together, as names are many."""
    names = chance.choice(_NAMES)
    made = persons.single(chance, names, number, today)
    if chance.random() < 0.5:
        family = chance.choice(_FIRST) + chance.choice(_MIDDLE) + chance.choice(_LAST)
        return replace(made, family=family, script="")
    if chance.random() < 0.5:
        second = chance.choice(names.women if made.sex == "F" else names.men)[0]
        return replace(made, given=made.given if second == made.given else f"{made.given} {second}")
    return made
