"""The search index: finds anyone by a part of a name in any spelling or script, or of a number or document.

Three letters and more are found anywhere in a word by a trigram index; fewer, at the beginning of a word by a
plain one. The index is written in the transaction that changes the resident.
"""

from collections.abc import Iterable, Sequence
from itertools import islice

from sqlalchemy import Connection, text

from models.entities.documents import Document
from models.entities.residents import PartnerNumber, Resident
from models.ids import ResidentId
from models.rules.names import fold_query, folded_variants

TABLES: dict[str, str] = {
    "search_words": "CREATE VIRTUAL TABLE search_words USING fts5(words, tokenize='trigram remove_diacritics 1')",
    "search_starts": (
        "CREATE TABLE search_starts (word TEXT NOT NULL, resident_id INTEGER NOT NULL, "
        "PRIMARY KEY (word, resident_id)) WITHOUT ROWID"
    ),
    "ix_search_starts_resident_id": "CREATE INDEX ix_search_starts_resident_id ON search_starts (resident_id)",
}
"""Name and statement of each part."""

_TRIGRAM = 3
_CANDIDATES = 400
"""How many matches are weighed: whoever types so little that more match will type on."""


def reindex(connection: Connection, residents: Iterable[ResidentId]) -> None:
    """Write the index anew for these residents."""
    remaining = iter(residents)
    while chunk := list(islice(remaining, 500)):
        ids = ",".join(str(int(resident)) for resident in chunk)
        connection.exec_driver_sql(f"DELETE FROM search_words WHERE rowid IN ({ids})")
        connection.exec_driver_sql(f"DELETE FROM search_starts WHERE resident_id IN ({ids})")
        words = {resident: folded_variants(said) for resident, said in _said(connection, ids).items()}
        connection.exec_driver_sql(
            "INSERT INTO search_words (rowid, words) VALUES (?, ?)", [(id_, said) for id_, said in words.items()]
        )
        connection.exec_driver_sql(
            "INSERT OR IGNORE INTO search_starts (word, resident_id) VALUES (?, ?)",
            [(word, id_) for id_, said in words.items() for word in set(said.split())],
        )


def _said(connection: Connection, ids: str) -> dict[int, str]:
    """All that may be typed to find a resident: names, aliases, numbers, documents."""
    residents, numbers, documents = Resident.__tablename__, PartnerNumber.__tablename__, Document.__tablename__
    rows = connection.exec_driver_sql(
        "SELECT r.id, r.family_name || ' ' || r.given_names || ' ' || r.own_script || ' ' || r.number || ' ' || "
        "coalesce((SELECT group_concat(value, ' ') FROM json_each(r.aliases)), '') || ' ' || "
        f"coalesce((SELECT group_concat(n.number, ' ') FROM {numbers} n WHERE n.resident_id = r.id), '') || ' ' || "
        f"coalesce((SELECT group_concat(d.number, ' ') FROM {documents} d WHERE d.resident_id = r.id), '') "
        f"FROM {residents} r WHERE r.id IN ({ids})"
    )
    return {int(row[0]): str(row[1]) for row in rows}


def rebuild(connection: Connection) -> int:
    """Write the whole index anew, and say for how many residents."""
    connection.exec_driver_sql("DELETE FROM search_words")
    connection.exec_driver_sql("DELETE FROM search_starts")
    everyone = [ResidentId(row[0]) for row in connection.exec_driver_sql("SELECT id FROM residents")]
    reindex(connection, everyone)
    return len(everyone)


def find(connection: Connection, typed: str, limit: int = 12) -> Sequence[ResidentId]:
    """The residents whom the typed text may mean, the likeliest first.

    Those whose words begin with what was typed come before those in whom it stands elsewhere; then those on the roll;
    then by name.
    """
    words = fold_query(typed).split()
    if not words:
        return ()
    conditions, values = [], {}
    long_words = [word for word in words if len(word) >= _TRIGRAM]
    if long_words:
        conditions.append("r.id IN (SELECT rowid FROM search_words WHERE words MATCH :words LIMIT :most)")
        values["words"] = " AND ".join('"' + word.replace('"', '""') + '"' for word in long_words)
    for position, word in enumerate(words):
        if len(word) < _TRIGRAM:
            conditions.append(
                f"r.id IN (SELECT resident_id FROM search_starts WHERE word >= :from{position} "
                f"AND word < :until{position})"
            )
            values |= {f"from{position}": word, f"until{position}": word + "\U0010ffff"}
    found = connection.execute(
        text(
            "SELECT r.id FROM residents r WHERE "
            + " AND ".join(conditions)
            + " ORDER BY EXISTS (SELECT 1 FROM search_starts s WHERE s.resident_id = r.id AND s.word >= :first "
            "AND s.word < :last) DESC, EXISTS (SELECT 1 FROM stays t WHERE t.resident_id = r.id "
            "AND t.departed_on IS NULL) DESC, r.sort_name LIMIT :limit"
        ),
        {**values, "most": _CANDIDATES, "first": words[0], "last": words[0] + "\U0010ffff", "limit": limit},
    )
    return [ResidentId(row[0]) for row in found]
