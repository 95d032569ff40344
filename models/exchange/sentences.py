"""How long a sentence is, as lists write it: months, years, both, or for life."""

import re
from decimal import Decimal

from models.exchange.clocks import western_digits
from models.exchange.dates import read_decimal
from models.exchange.tables import Native
from models.exchange.values import key
from models.text import Message, message

_UNITS = (
    (Decimal(12), "years year yrs yr y vjet vite vit vj godina godine godinu god g år aar ар година године"),
    (Decimal(1), "months month mths mth mos mo m muaj muaji meseci meseca mesec mes mdr md måneder måned maaneder mnd "
                 "месеци месеца месец"),
)  # fmt: skip
"""How many months each is. Weeks and days are no whole part of a month: who counts in them is asked."""
_MONTHS = {key(word): months for months, words in _UNITS for word in words.split()}
_LIFE = frozenset(
    map(
        key,
        (
            "life", "life sentence", "life imprisonment", "for life", "lifetime", "life term", "whole life", "lifelong",
            "burgim i përjetshëm", "i përjetshëm", "përjetë", "përjetshëm",
            "doživotno", "doživotna", "doživotni zatvor", "doživotna robija", "доживотно", "доживотна",
            "доживотни затвор", "livstid",
            "livsvarigt", "livsvarigt fængsel", "fængsel på livstid", "lebenslang", "perpétuité",
        ),
    )
)  # fmt: skip
_PART = re.compile(r"(\d+(?:[.,]\d+)?)\s*([^\W\d_]+)\.?")
_BETWEEN = re.compile(r"[\s,;+&]*(?:(?:and|dhe|e|i|og|и)\b)?[\s,;+&]*")


def is_for_life(text: str) -> bool:
    """Whether a sentence is for life: it has no end."""
    return key(text) in _LIFE


def read_sentence(value: str | Native) -> Decimal | Message:
    """The months of a sentence: `24`, `5 years`, `2 years 6 months`, `1 vit e 3 muaj`, `2 år og 6 måneder`.

    A number alone means months, as the heading says.
    """
    if not isinstance(value, str):
        return read_decimal(value)
    text = western_digits(value.strip())
    parts = list(_PART.finditer(text))
    if not parts:
        return read_decimal(text)
    months = Decimal()
    end = 0
    for part in parts:
        unit = _MONTHS.get(key(part[2]))
        if unit is None or not _BETWEEN.fullmatch(text[end : part.start()]):
            return _unclear()
        months += Decimal(part[1].replace(",", ".")) * unit
        end = part.end()
    return months if not text[end:].strip(" .)") else _unclear()


def _unclear() -> Message:
    return message("This is not the length of a sentence. Write the months, as in 30.")
