"""Finds anyone by a part of a name in any spelling or script, by its sound, or by a number; and who is like whom."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection

from models.ids import CandidateId, ProgrammeId, ResidentId
from models.rules.likeness import Known, birth_keys, names_of, number_keys
from models.rules.names import fold, fold_query
from models.rules.namesakes import ALIKE, Strangers, word_likeness
from models.rules.sorting import sort_key
from models.rules.sounds import codes, name_words
from models.store.search_index import BORN, NUMBER, SOUND, UNKNOWN, VAGUE, Indexed, birth_words, issued_word, marked

_TRIGRAM = 3
_CANDIDATES = 200
"""How many matches are weighed, the newest people first: whoever types so little that more match will type on."""
_PARTS = 3
"""The last rank."""
_HEARD = 60
"""So many are weighed by their sound in the search box, where those before them are few."""
_BY_SOUND = 2000
"""Among so many it is looked who is meant by the sound of a name, or by letters within a word."""
_EVERYONE = -1
_YEAR = len("1990")
_WORDS = 5
"""The words of a name by two of which somebody is looked up."""
_FOUND = 40
"""So many people of one name or one birth are handed over to be compared, the newest first."""
_FOUND_UNBORN = 20
"""And so many of one name of whom no birth is known, where it is known whose is looked for: nobody tells more apart."""


class Match(NamedTuple):
    """Somebody who was found.

    Attributes:
        who: Of the index.
        rank: How: 0 by whole words, 1 by their beginnings, 2 by their sound, 3 by something within a word.
    """

    who: Indexed
    rank: int


def find(connection: Connection, typed: str, limit: int = 12) -> Sequence[ResidentId]:
    """The residents whom the typed text may mean, the likeliest first.

    Who has what was typed as whole words or numbers comes first; then those of whom words begin with it; then those
    whose name sounds so; then those in whom it stands anywhere. Of equals those on the roll come first, then by name.
    """
    return [ResidentId(match.who) for match in ranked(connection, typed, limit)]


def ranked(connection: Connection, typed: str, limit: int = 12) -> list[Match]:
    """The same, with how each was found."""
    ranks = _ranks(connection, typed, limit, "rowid > 0")
    if not ranks:
        return []
    found: list[Match] = []
    for rank in sorted(set(ranks.values())):
        rows = connection.exec_driver_sql(
            "SELECT r.id, EXISTS (SELECT 1 FROM stays t WHERE t.resident_id = r.id AND t.departed_on IS NULL) "
            f"FROM residents r WHERE r.id IN ({','.join(str(who) for who in ranks if ranks[who] == rank)}) "
            f"ORDER BY 2 DESC, r.sort_key, r.id LIMIT {limit - len(found)}"
        )
        found += [Match(Indexed(row[0]), rank) for row in rows.all()]
        if len(found) >= limit:
            break
    return found


def ranked_candidates(connection: Connection, typed: str, limit: int = 12) -> list[Match]:
    """The candidates whom the typed text may mean and who are no residents yet, the likeliest first."""
    if connection.exec_driver_sql("SELECT 1 FROM candidates LIMIT 1").first() is None:
        return []
    ranks = _ranks(connection, typed, limit, "rowid < 0")
    if not ranks:
        return []
    rows = connection.exec_driver_sql(
        "SELECT c.id, c.family_name, c.given_names FROM candidates c "
        f"WHERE c.id IN ({','.join(str(-who) for who in ranks)}) "
        "AND NOT EXISTS (SELECT 1 FROM stays t WHERE t.candidate_id = c.id) "
        "AND NOT EXISTS (SELECT 1 FROM residents r WHERE r.candidate_id = c.id) "
        "AND NOT EXISTS (SELECT 1 FROM joinings j WHERE j.candidate_id = c.id AND j.undone_at IS NULL)"
    ).all()
    language = connection.exec_driver_sql("SELECT language FROM facility").scalar() or "en"
    ordered = sorted(rows, key=lambda row: (ranks[-row[0]], sort_key(f"{row[1]} {row[2]}", language), row[0]))
    return [Match(Indexed(-row[0]), ranks[-row[0]]) for row in ordered[:limit]]


def resident_of(match: Match) -> ResidentId:
    """The resident who was found."""
    return ResidentId(match.who)


def candidate_of(match: Match) -> CandidateId:
    """The candidate who was found."""
    return CandidateId(-match.who)


def matching(connection: Connection, typed: str) -> set[ResidentId]:
    """All residents whom the typed text may mean, in no order: what a list is narrowed by."""
    return {ResidentId(who) for who in _ranks(connection, typed, _EVERYONE, "rowid > 0")}


def _ranks(connection: Connection, typed: str, limit: int, side: str) -> dict[int, int]:
    """Who was found, and by which rank; the next way is tried where the ones before do not find enough."""
    words = fold_query(typed).split()
    if not words:
        return {}
    most = _EVERYONE if limit == _EVERYONE else _CANDIDATES
    ranks: dict[int, int] = {}
    for rank, way in enumerate((_by_words, _by_starts, _by_sound, _by_parts)):
        if rank == _PARTS and ranks and len(words) > 1 and limit != _EVERYONE:
            break  # who types several words and has found somebody does not mean the inside of words
        for who in way(connection, typed, words, side, most):
            ranks.setdefault(who, rank)
        if limit != _EVERYONE and len(ranks) >= limit:
            break
    return ranks


def _by_words(connection: Connection, _typed: str, words: Sequence[str], side: str, most: int) -> Iterable[int]:
    return _starts(connection, _all_of(words, ""), side, most)


def _by_starts(connection: Connection, _typed: str, words: Sequence[str], side: str, most: int) -> Iterable[int]:
    return _starts(connection, _all_of(words, "*"), side, most)


def _all_of(words: Sequence[str], star: str) -> str:
    """That all the words stand there; or all of them joined, where one is a number."""
    each = " AND ".join(f"{_quoted(marked(word))}{star}" for word in words)
    joined = marked("".join(words))
    return f"({each}) OR {_quoted(joined)}{star}" if len(words) > 1 and joined[0] == NUMBER else each


def _by_parts(connection: Connection, _typed: str, words: Sequence[str], side: str, most: int) -> Iterable[int]:
    """In whom all the words stand anywhere; words of less than three letters at the beginning of a word."""
    long_words = [word for word in words if len(word) >= _TRIGRAM]
    if not long_words:
        return ()
    weighed = most if most == _EVERYONE else _BY_SOUND
    short = [f" {word}" for word in words if len(word) < _TRIGRAM]
    rows = connection.exec_driver_sql(
        f"SELECT rowid{', words' if short else ''} FROM search_words WHERE words MATCH ? AND {side} "
        f"ORDER BY rowid DESC LIMIT {weighed if short else most}",
        (" AND ".join(map(_quoted, long_words)),),
    )
    found = (row[0] for row in rows if all(word in f" {row[1]}" for word in short))
    return list(found if most == _EVERYONE else islice(found, most))


def _by_sound(connection: Connection, typed: str, words: Sequence[str], side: str, most: int) -> Iterable[int]:
    """Whose name sounds like what was typed; the last word may be its beginning."""
    heard = name_words(typed)
    terms = [_sounding(word, star="*" if word == heard[-1] else "") for word in heard]
    if not any(SOUND in term for term in terms):
        return ()
    found = list(_starts(connection, " AND ".join(terms), side, _BY_SOUND if most == _EVERYONE else _HEARD))
    if not found:
        return ()
    told = connection.exec_driver_sql(
        f"SELECT rowid, words FROM search_words WHERE rowid IN ({','.join(map(str, found))})"
    )
    return [who for who, said in told if _are_heard(heard, dict.fromkeys((*said.split(), *name_words(said))))]


def _sounding(word: str, star: str) -> str:
    """The sound of a word, where it says enough; else the word itself, and beside the sound of a short one, too.

    A script without vowels says in two letters what is three in Latin ones.
    """
    enough = _TRIGRAM if word.isascii() else _TRIGRAM - 1
    told = [code for code in codes(word) if len(code) > 1] if len(word) >= enough else []
    ways = [f"{_quoted(SOUND + code)}{star if len(code) > 2 else ''}" for code in told]
    if not told or len(word) <= _TRIGRAM:
        ways.append(f"{_quoted(marked(fold_query(word).replace(' ', '')))}*")
    return f"({' OR '.join(ways)})"


def _are_heard(typed: Sequence[str], words: Collection[str]) -> bool:
    return all(any(word.startswith(one) for word in words) or _is_heard(one, words) for one in typed)


def _is_heard(typed: str, words: Iterable[str]) -> bool:
    return any(
        word_likeness(typed, word) >= ALIKE
        or (len(word) > len(typed) > _TRIGRAM + 1 and word_likeness(typed, word[: len(typed)]) >= ALIKE)
        for word in words
    )


def _starts(connection: Connection, match: str, side: str, most: int) -> Iterable[int]:
    rows = connection.exec_driver_sql(
        f"SELECT rowid FROM search_starts WHERE search_starts MATCH ? AND {side} ORDER BY rowid DESC LIMIT {most}",
        (match,),
    )
    return [row[0] for row in rows]


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


# -- who is perhaps the same ------------------------------------------------------------------------------------------


class _Way(NamedTuple):
    """How somebody is looked for who may be the same.

    Attributes:
        match: What the index is asked.
        most: So many are handed over, the newest.
        is_day: Whether they share a day of birth, and perhaps nothing else.
    """

    match: str
    most: int
    is_day: bool = False


def near(connection: Connection, known: Known, *, residents: bool) -> list[Indexed]:
    """Who shares with a person what two people must have in common to be one: names by their sound, birth, a number.

    Of many of one name those are handed over first whose birth date may be the same. Of those who share a day of birth
    alone, nobody is whose names have nothing of the person's: they are most of them, and no day outweighs such names.

    Args:
        connection: Of the reading.
        known: The person.
        residents: Whether residents are meant, or candidates.
    """
    ways = list(_near(known))
    if not ways:
        return []
    table, sign, aliases = ("residents", "", "aliases") if residents else ("candidates", "-", "'[]'")
    # All at once: to ask takes as long as to find.
    asked = " UNION ALL ".join(
        f"SELECT * FROM (SELECT {place} AS way, {way.is_day} AS is_day, rowid AS who FROM search_starts "
        f"WHERE search_starts MATCH ? AND rowid {'>' if residents else '<'} 0 ORDER BY rowid DESC LIMIT {way.most})"
        for place, way in enumerate(ways)
    )
    rows = connection.exec_driver_sql(
        f"SELECT who, is_day, family_name, given_names, own_script, {aliases} FROM ({asked}) "
        f"LEFT JOIN {table} ON is_day AND id = {sign}who ORDER BY way, who DESC",
        tuple(way.match for way in ways),
    ).all()
    otherwise = {row[0] for row in rows if not row[1]}
    strangers = _strangers(known, [row for row in rows if row[0] not in otherwise])
    return list(dict.fromkeys(Indexed(row[0]) for row in rows if row[0] not in strangers))


def _strangers(known: Known, rows: Iterable[Sequence[Any]]) -> set[int]:
    """Whose names have nothing of a person's, of those who have the day of birth in common.

    Where a number may be nearly the same it outweighs that no name is known.
    """
    named = {
        who: names_of(family, given, script, () if others == "[]" else json.loads(others))
        for who, _, family, given, script, others in rows
    }
    if known.numbers:
        named = {who: names for who, names in named.items() if names and known.names}
    strangers = Strangers(known.names)
    strangers.meet(named.values())
    return {who for who, names in named.items() if names in strangers}


def numbered(connection: Connection, programme_id: ProgrammeId, keys: Sequence[str]) -> set[ResidentId]:
    """Everybody who may have one of these numbers with the partner of a programme, in whatever spelling.

    Args:
        connection: Of the reading.
        programme_id: Whose numbers they are.
        keys: The numbers as they are compared; as many as one statement can hold.
    """
    match = " OR ".join(_quoted(issued_word(f"p{programme_id}:{key}")) for key in keys)
    rows = connection.exec_driver_sql(
        "SELECT rowid FROM search_starts WHERE search_starts MATCH ? AND rowid > 0", (match,)
    )
    return {ResidentId(row[0]) for row in rows}


def _near(known: Known) -> Iterator[_Way]:
    if numbers := [_quoted(issued_word(key)) for key in number_keys(known)]:
        yield _Way(" OR ".join(numbers), _FOUND)
    birth = known.person.birth
    if birth is None:
        yield from _named(known, [""], _FOUND)
        return
    days = [BORN + each for each in birth_keys(birth) if len(each) > _YEAR]
    years = [each for each in birth_words(birth) if len(each) == _YEAR]
    if days and not birth.doubtful:
        yield _Way(_quoted(days[0]), _FOUND, is_day=True)
        yield from _named(known, [VAGUE + year for year in years], _FOUND)
    if days and (words := [_heard(word, days) for name in known.names for word in name]):
        yield _Way(" OR ".join(words), _FOUND)
    if not days or birth.doubtful or known.numbers:  # a number that is nearly the same outweighs another day
        yield from _named(known, [BORN + year for year in years], _FOUND)
    yield from _named(known, [BORN + UNKNOWN], _FOUND_UNBORN)


def _named(known: Known, births: Sequence[str], most: int) -> Iterator[_Way]:
    """Who has one of the names, and one of the births."""
    if names := [_pairs(name, births) for name in known.names if name]:
        yield _Way(" OR ".join(names), most)


def _pairs(name: Sequence[str], births: Sequence[str]) -> str:
    """Two words of a name each by their sound; the only one, where it is one."""
    heard = [_heard(word, births) for word in name[:_WORDS]]
    if len(heard) == 1:
        return heard[0]
    return " OR ".join(f"({one} AND ({' OR '.join(heard[at:])}))" for at, one in enumerate(heard[:-1], 1))


def _heard(word: str, births: Sequence[str]) -> str:
    """A word by its sound, of somebody with one of the births; where it has none, as it is written."""
    if told := [_quoted(birth + SOUND + code) for code in codes(word) for birth in births]:
        return f"({' OR '.join(told)})"
    written = _quoted(marked(fold(word).replace(" ", "")))
    return f"({written} AND ({' OR '.join(map(_quoted, births))}))" if all(births) else written
