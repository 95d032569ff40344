"""Files of stays: in several languages, and each bad row with what is wrong and what to do."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from models.errors import Refused
from models.exchange.answers import Answers
from models.exchange.clocks import read_clock
from models.exchange.dates import DayOrder
from models.exchange.fields import LIST_FIELDS, STAY_FIELDS
from models.exchange.files import read_table
from models.exchange.questions import Asks
from models.exchange.stays_file import StaysReading, read_stays
from models.exchange.values import key
from models.rules.birth import BirthDate
from models.rules.time import Moment
from models.rules.vocabulary import DepartureKind, Destination, Sex
from models.text import translator
from tests.covering import LONG

BELGRADE = ZoneInfo("Europe/Belgrade")


def read(
    folder: Path,
    text: str,
    *,
    encoding: str = "utf-8",
    mapping: dict[str, str] | None = None,
    orders: dict[str, DayOrder] | None = None,
) -> StaysReading:
    path = folder / "stays.csv"
    path.write_bytes(text.encode(encoding))
    answers = Answers(mapping=mapping or {}, orders=orders or {}, open_stays=True)
    return read_stays(read_table(path), zone=BELGRADE, answers=answers)


def sentences(found: StaysReading) -> list[tuple[int, str | None, str, str]]:
    return [
        (each.row_number, each.column, each.value, translator("en").render(each.message)) for each in found.problems
    ]


FILES = {
    "English": (
        "utf-8",
        "Person no.,Surname,First name(s),Gender,Date of birth,Citizenship,Arrival date,Arrival time,Departure date,"
        "Reason for departure,Destination\n"
        "7,Hoxha,Arbër,Male,1990-05-17,Albania,2026-01-31,08:05,2026-02-02,Voluntary return,Albania\n",
    ),
    "Albanian": (
        "cp1252",
        "Numri personal;Mbiemri;Emri;Gjinia;Datëlindja;Shtetësia;Data e mbërritjes;Ora e mbërritjes;Data e largimit;"
        "Lloji i largimit;Destinacioni\r\n"
        "7;Hoxha;Arbër;Mashkull;17.5.1990;Shqipëria;31.1.2026;8.05;2.2.2026;Kthim vullnetar;Shqipëri\r\n",
    ),
    "Serbian": (
        "cp1250",
        "Broj osobe;Prezime;Ime;Pol;Datum rođenja;Državljanstvo;Datum dolaska;Vreme dolaska;Datum odlaska;"
        "Razlog odlaska;Odredište\r\n"
        "7;Hoxha;Arbër;muški;17.05.1990.;Albanija;31.01.2026.;08:05;02.02.2026.;dobrovoljni povratak;Albanija\r\n",
    ),
    "Serbian Cyrillic": (
        "utf-16",
        "Број особе;Презиме;Име;Пол;Датум рођења;Држављанство;Датум доласка;Време доласка;Датум одласка;"
        "Разлог одласка;Одредиште\r\n"
        "7;Hoxha;Arbër;мушки;17.05.1990.;Албанија;31.01.2026.;08:05;02.02.2026.;добровољни повратак;Албанија\r\n",
    ),
    "Danish": (
        "utf-8-sig",
        "Sagsnr.;Efternavn;Fornavne;Køn;Fødselsdato;Statsborgerskab;Ankomstdato;Ankomsttidspunkt;Afrejsedato;"
        "Årsag til afrejse;Bestemmelsessted\r\n"
        "7;Hoxha;Arbër;mand;17-05-1990;Albanien;31-01-2026;08.05;02-02-2026;Frivillig hjemrejse;Albanien\r\n",
    ),
}


@pytest.mark.parametrize("language", FILES)
def test_headings_and_words_are_understood_in_each_language(tmp_path: Path, language: str) -> None:
    encoding, text = FILES[language]
    orders = {"departed_on": DayOrder.DAY_FIRST} if language == "Danish" else None
    found = read(tmp_path, text, encoding=encoding, orders=orders)
    assert not found.problems
    # So few letters do not tell one code page of Windows from another for sure: the guess is right, and asked about.
    assert [each.asks for each in found.open_questions] == ([Asks.ENCODING] if language == "Serbian" else [])
    (line,) = found.lines
    assert (line.partner_number, line.family_name, line.given_names, line.sex) == ("7", "Hoxha", "Arbër", Sex.MALE)
    assert (line.birth, line.nationality) == (BirthDate(1990, 5, 17), "AL")
    assert line.arrived == Moment(date(2026, 1, 31), datetime(2026, 1, 31, 7, 5, tzinfo=UTC))
    assert line.departed == Moment(date(2026, 2, 2))
    assert (line.departure_kind, line.destination_country) == (DepartureKind.VOLUNTARY_RETURN, "AL")
    assert not line.notes


@pytest.mark.parametrize("fields", [STAY_FIELDS, LIST_FIELDS], ids=["stays", "lists"])
def test_no_heading_means_two_fields(fields: dict[str, object]) -> None:
    seen: dict[str, str] = {}
    for name, words in (STAY_FIELDS if fields is STAY_FIELDS else LIST_FIELDS).items():
        for word in (name, *words.words):
            assert seen.setdefault(key(word), name) == name, word


def test_the_city_s_stays_are_all_understood(shared_data: Path, tmp_path: Path) -> None:
    """Each tenth and those that are open; with `KONAK_LONG=1` all."""
    path = shared_data / "stays" / "nyc-doc-2019.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    if not LONG:
        lines = [each for at, each in enumerate(lines) if at % 10 == 1 or at == 0 or not each.split(",")[4]]
        path = tmp_path / "stays.csv"
        path.write_text("".join(lines), encoding="utf-8")
    found = read_stays(read_table(path), zone=BELGRADE)
    assert len(found.lines) == len(lines) - 1 == (38_867 if LONG else 3_890)
    assert not found.problems
    assert {column.header: column.field for column in found.heading.columns} == {
        "stay_id": "stay_id",
        "person_id": "person_id",
        "entry_date": "arrived_on",
        "entry_time": "arrived_time",
        "exit_date": "departed_on",
        "sex": "sex",
        "age_when_first_seen": "age",
    }
    first = found.lines[0]
    assert first.arrived == Moment(date(1991, 11, 22), datetime(1991, 11, 22, 9, 54, 23, tzinfo=UTC))
    assert [(note.column, note.value) for note in first.notes] == [("age_when_first_seen", "63")]
    assert sum(line.departed is None for line in found.lines) == 3
    assert {line.departure_kind for line in found.lines if line.departed} == {DepartureKind.NOT_RECORDED}


@pytest.mark.parametrize(
    ("heading", "gone", "here"),
    [
        ("Status", "Discharged", "Active"),
        ("Stay status", "checked out", "in custody"),
        ("Gjendja e qëndrimit", "e larguar", "këtu"),
        ("Status boravka", "otišla", "boravi"),
        ("Tilstand", "Fraflyttet", "til stede"),
    ],
)
def test_a_stay_that_another_column_calls_over_comes_in_open_and_in_doubt(
    tmp_path: Path, heading: str, gone: str, here: str
) -> None:
    found = read(
        tmp_path,
        f"id,arrived,departed,{heading},House\n"
        f"1,2026-05-01,,{gone},{gone}\n2,2026-05-01,,{here},\n3,2026-05-01,2026-05-09,{gone},\n4,2026-05-01,,,\n",
    )
    assert [line.departed is None for line in found.lines] == [True, True, False, True]
    ((doubt,),) = [line.doubts for line in found.lines if line.doubts]
    assert (doubt.row_number, doubt.column, doubt.value) == (2, heading, "")
    assert "but not when" in doubt.message.text


def test_each_bad_row_says_where_what_and_what_to_do(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "id,arrived,arrival time,departed,departure kind\n"
        "1,,,,\n"
        "2,31/02/2026,,,\n"
        "3,13/02/2026,25:00,,\n"
        "4,13/02/2026,,12/02/2026,\n"
        ",13/02/2026,,,\n"
        "6,13/02/2026,,14/02/2026,vanished\n"
        "7,13/02/2026,,,death\n"
        "8,13/02/2026,,UNK,\n"
        "9,13/02/1026,,,\n"
        "10,13/02/2026,,none,\n"
        "11,13/02/2026,,,\n",
    )
    assert [line.partner_number for line in found.lines] == ["10", "11"]
    assert sentences(found) == [
        (2, "arrived", "", "The date of arrival is missing. Write it as 2026-03-31."),
        (3, "arrived", "31/02/2026", "There is no such day in the calendar. Correct it."),
        (4, "arrival time", "25:00", "There is no such time of day. Write it as 23:45."),
        (5, "departed", "12/02/2026", "The departure lies before the arrival of 13 Feb 2026. Correct one of them."),
        (6, "id", "", "Nothing says whose stay this is. Write the number of the person."),
        (
            7,
            "departure kind",
            "vanished",
            "Konak does not know this kind of departure. Say what it stands for.",
        ),
        (
            8,
            "departure kind",
            "death",
            "The kind of departure is given, but not its date. Write the date of departure.",
        ),
        (9, "departed", "UNK", "This is not a date. Write it as 2026-03-31."),
        (10, "arrived", "13/02/1026", "The year 1026 cannot be right. Correct it."),
    ]


def test_an_order_of_day_and_month_that_cannot_be_told_is_asked_for_and_never_guessed(tmp_path: Path) -> None:
    text = "id,arrived\n1,01/02/2026\n2,03/03/2026\n3,05/06/2026\n"
    found = read(tmp_path, text)
    assert [(each.column, each.samples) for each in found.open_questions] == [("arrived", ("01/02/2026", "05/06/2026"))]
    assert [line.arrived.on for line in found.lines] == [date(2026, 3, 3)]
    told = read(tmp_path, text, orders={"arrived_on": DayOrder.MONTH_FIRST})
    assert not told.open_questions
    assert [line.arrived.on for line in told.lines] == [date(2026, 1, 2), date(2026, 3, 3), date(2026, 5, 6)]


def test_the_clerk_s_mapping_comes_first(tmp_path: Path) -> None:
    text = "id,when,left,sex,arrived\nA,2026-01-01,2026-01-05,f,1999-09-09\n"
    found = read(tmp_path, text, mapping={"When": "arrived_on", "C": "departed_on", "sex": "sealed"})
    (line,) = found.lines
    assert (line.arrived.on, line.departed and line.departed.on, line.sex) == (date(2026, 1, 1), date(2026, 1, 5), None)
    assert [(note.column, note.value) for note in line.notes] == [("sex", "f"), ("arrived", "1999-09-09")]
    (left,) = read(tmp_path, text, mapping={"when": "arrived_on", "left": "departed_on", "D": "-"}).lines
    assert [(note.column, note.value) for note in left.notes] == [("arrived", "1999-09-09")]
    with pytest.raises(Refused, match="cannot both hold"):
        read(tmp_path, text, mapping={"when": "arrived_on", "E": "arrived_on"})
    with pytest.raises(Refused, match="There is no column"):
        read(tmp_path, text, mapping={"whence": "arrived_on"})
    with pytest.raises(Refused, match="There is no field"):
        read(tmp_path, text, mapping={"when": "beginning"})


def test_what_no_column_is_known_to_hold_is_asked_for(tmp_path: Path) -> None:
    found = read(tmp_path, "family name,given name\nA,B\n")
    assert [(each.about, each.choices) for each in found.open_questions] == [("arrived_on", ())]
    assert found.lines == ()
    bare = read(tmp_path, "1,2,3\n4,5,6\n")
    assert (bare.heading.row_number, bare.rows) == (0, (1, 2))
    assert [each.about for each in bare.open_questions] == ["arrived_on", "person_id"]
    assert [offer.option for offer in bare.open_questions[1].choices] == [
        f"--map {letter}=person_id" for letter in "ABC"
    ]


def test_titles_totals_and_repeated_headings_are_no_stays(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "Stays of 2026\n\nid,arrived,nationality\n1,2026-01-01,Laos\nid,arrived,nationality\n"
        "2,2026-01-02,Stateless\nTotal: 2\n",
    )
    assert [(line.partner_number, line.nationality) for line in found.lines] == [("1", "LA"), ("2", "XXA")]
    assert [row.row_number for row in found.aside] == [1, 5, 7]
    assert not found.problems


def test_what_is_not_understood_and_does_not_matter_is_kept_as_a_note(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "id,arrived,name,nationality,sex,date of birth,,room\n"
        '1,2026-01-01,"Gjoni, Besa",Narnia,?,see file,extra,12\n'
        "2,2026-01-01,Besa Gjoni,UNK,F,,,\n",
    )
    first, second = found.lines
    assert (first.family_name, first.given_names, second.family_name) == ("Gjoni", "Besa", "Besa Gjoni")
    assert first.birth_as_written == ""  # it may say anything: it is kept with the notes, sealed
    assert {(note.column, note.value) for note in first.notes} == {
        ("nationality", "Narnia"), ("sex", "?"), ("date of birth", "see file"), ("(G)", "extra"), ("room", "12"),
    }  # fmt: skip
    assert [(note.column, note.value) for note in second.notes] == [("nationality", "UNK")]


def test_an_age_is_a_birth_date_only_where_it_is_said_of_when(tmp_path: Path) -> None:
    found = read(tmp_path, "id,arrived,age on arrival,age\n1,2026-01-01,30,31\n2,2026-01-01,,31\n")
    assert [line.birth for line in found.lines] == [BirthDate(1996, about=True), None]
    assert [note.value for note in found.lines[0].notes] == ["31", "30"]


@pytest.mark.parametrize(
    ("written", "group", "country", "place"),
    [
        ("Italy", None, "IT", ""),
        ("third country", Destination.THIRD_COUNTRY, None, ""),
        ("a sister in Bari", None, None, "a sister in Bari"),
        ("unknown", None, None, ""),
    ],
)
def test_a_destination_is_a_group_a_country_or_a_place(
    tmp_path: Path, written: str, group: Destination | None, country: str | None, place: str
) -> None:
    found = read(tmp_path, f"id,arrived,departed,destination\n1,2026-01-01,2026-01-02,{written}\n")
    (line,) = found.lines
    assert (line.destination, line.destination_country, line.destination_place) == (group, country, place)


def test_a_text_that_the_register_cannot_keep_whole_is_a_problem(tmp_path: Path) -> None:
    found = read(tmp_path, f"id,arrived,surname\n{'9' * 65},2026-01-01,{'x' * 401}\n8,2026-01-01,{'x' * 400}\n")
    assert [(row, column) for row, column, _, _ in sentences(found)] == [(2, "id"), (2, "surname")]
    assert [len(line.family_name) for line in found.lines] == [400]


def test_a_birth_after_the_arrival_is_refused_and_an_age_that_contradicts_is_doubted(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "id,born,arrived,age on arrival\n1,2026-05-02,2026-05-01,\n2,1980-02-03,2026-05-01,46 years\n"
        "3,1980-02-03,2026-05-01,26\n4,2026-05-01,2026-05-01,0\n",
    )
    assert [(row, column, value) for row, column, value, _ in sentences(found)] == [(2, "born", "2026-05-02")]
    contradicted = [
        line.row_number for line in found.lines if any("The age" in each.message.text for each in line.doubts)
    ]
    assert contradicted == [4]


def test_a_column_of_utc_midnights_is_one_of_local_days(shared_data: Path) -> None:
    found = read_stays(read_table(shared_data / "cases" / "h_utc.csv"), zone=BELGRADE)
    assert [(line.birth, line.arrived, line.departed) for line in found.lines] == [
        (BirthDate(1980, 4, 1), Moment(date(2026, 5, 1)), Moment(date(2026, 5, 5))),
        (BirthDate(1991, 1, 1), Moment(date(2026, 5, 5)), None),
    ]


def test_moments_with_a_month_by_name_or_a_zone_are_read(shared_data: Path) -> None:
    named = read_stays(read_table(shared_data / "cases" / "g_named_time.csv"), zone=BELGRADE)
    assert named.lines[0].arrived.at == datetime(2026, 5, 1, 12, 30, tzinfo=UTC)
    zoned = read_stays(read_table(shared_data / "cases" / "zg_postgres.csv"), zone=BELGRADE)
    assert zoned.lines[0].departed == Moment(date(2026, 5, 5), datetime(2026, 5, 5, 7, 0, tzinfo=UTC))


def test_a_column_of_times_that_are_all_midnight_says_nothing_of_the_time(tmp_path: Path) -> None:
    found = read(tmp_path, "id,arrived,arrival time\n1,2026-01-01,00:00\n2,2026-01-02,00:00\n")
    assert [line.arrived.at for line in found.lines] == [None, None]
    mixed = read(tmp_path, "id,arrived,arrival time\n1,2026-01-01,00:00\n2,2026-01-02,09:00\n")
    assert all(line.arrived.at for line in mixed.lines)


@pytest.mark.parametrize(
    ("headings", "skipped", "repeated", "said"),
    [
        ("person id,arrived,departed", "2026-03-29 02:30", "2026-10-25 02:15", "02:15+0100"),
        ("person id,arrived,time of arrival,departed", "29/03/2026,2.30", "25.10.2026 kl. 2.15", "02:15+0100"),
    ],
)
def test_a_time_that_the_clocks_skip_or_repeat_is_doubted_and_one_with_a_zone_is_not(
    tmp_path: Path, headings: str, skipped: str, repeated: str, said: str
) -> None:
    (line,) = read(tmp_path, f"{headings}\nA-1,{skipped},{repeated}\n").lines
    first, second = (translator("en").render(each.message) for each in line.doubts if "clocks" in str(each.message))
    assert first == "On 29 Mar 2026 the clocks go forward, and there is no 02:30. 03:30 is taken."
    assert f"comes twice. The first is taken; for the second write {said}." in second
    assert line.departed is not None
    assert line.departed.at == datetime(2026, 10, 25, 0, 15, tzinfo=UTC)
    (line,) = read(tmp_path, f"person id,arrived,departed\nA-1,2026-03-29 03:30,2026-10-25 {said}\n").lines
    assert not [each for each in line.doubts if "clocks" in str(each.message)]
    assert line.departed is not None
    assert line.departed.at == datetime(2026, 10, 25, 1, 15, tzinfo=UTC)


def test_the_zone_of_a_time_in_its_own_column_holds(tmp_path: Path) -> None:
    found = read(tmp_path, "person id,arrived,arrival time\nA-1,2026-05-01,23:30Z\nA-2,2026-05-01,09:00+05:00\n")
    assert [line.arrived for line in found.lines] == [
        Moment(date(2026, 5, 2), datetime(2026, 5, 1, 23, 30, tzinfo=UTC)),
        Moment(date(2026, 5, 1), datetime(2026, 5, 1, 4, 0, tzinfo=UTC)),
    ]


@pytest.mark.parametrize("heading", ["Outcome", "exit_outcome", "ReasonForExit"])
def test_a_death_is_read_whatever_the_column_of_the_ends_is_called(tmp_path: Path, heading: str) -> None:
    found = read(tmp_path, f"id,Arrived,Departed,{heading}\n1,2026-05-01,2026-05-10,Deceased\n2,2026-05-01,,\n")
    assert [line.departure_kind for line in found.lines] == [DepartureKind.DEATH, None]


@pytest.mark.parametrize(
    ("day", "at", "left", "local"),
    [
        ("arrivedUtc", "2026-04-30 22:30", "", datetime(2026, 4, 30, 22, 30, tzinfo=UTC)),
        ("Arrival date (UTC)", "30/04/2026 22:30:00", "departure [gmt]", datetime(2026, 4, 30, 22, 30, tzinfo=UTC)),
        ("Arrival (GMT+4)", "2026-05-01 02:30", "", datetime(2026, 4, 30, 22, 30, tzinfo=UTC)),
        ("Arrival [EST]", "2026-04-30 23:30", "", datetime(2026, 5, 1, 4, 30, tzinfo=UTC)),
        ("Arrival (UTC)", "2026-04-30 22:30+02", "", datetime(2026, 4, 30, 20, 30, tzinfo=UTC)),
        ("Arrival (est.)", "2026-04-30 22:30", "", datetime(2026, 4, 30, 20, 30, tzinfo=UTC)),
        ("Arrival (CEST)", "2026-04-30 22:30", "", datetime(2026, 4, 30, 20, 30, tzinfo=UTC)),
    ],
)
def test_a_zone_in_the_heading_holds_for_the_times_below_that_say_none(
    tmp_path: Path, day: str, at: str, left: str, local: datetime
) -> None:
    found = read(tmp_path, f"id,{day},{left or 'Departed'}\n1,{at},{'2026-05-01 22:30' if left else ''}\n")
    (line,) = found.lines
    assert line.arrived == Moment(local.astimezone(BELGRADE).date(), local)
    if left:
        assert line.departed == Moment(date(2026, 5, 2), datetime(2026, 5, 1, 22, 30, tzinfo=UTC))
    told = [each for each in map(translator("en").render, found.said) if "turned into local" in each]
    assert len(told) == (0 if day in ("Arrival (est.)", "Arrival (CEST)") else 2 if left else 1)


def test_local_midnights_below_a_heading_of_utc_are_days_and_a_time_of_its_own_column_is_turned(
    tmp_path: Path,
) -> None:
    found = read(tmp_path, "id,arrived_utc\n1,2026-04-30 22:00\n2,2026-05-01 22:00\n")
    assert [line.arrived for line in found.lines] == [Moment(date(2026, 5, 1)), Moment(date(2026, 5, 2))]
    found = read(tmp_path, "id,Arrived,Arrival time (UTC)\n1,2026-04-30,22:30\n2,2026-05-01,09:00\n")
    assert [line.arrived.on for line in found.lines] == [date(2026, 5, 1), date(2026, 5, 1)]


def test_a_date_of_death_ends_the_stay_and_what_contradicts_it_is_refused(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "person id;arrived;departed;departure kind;datum smrti\n"
        "1;1.5.2026;;;1.6.2026\n2;1.5.2026;9.5.2026;;9.5.2026\n3;1.5.2026;9.5.2026;removal;9.5.2026\n"
        "4;1.5.2026;9.5.2026;removal;20.8.2026\n5;1.5.2026;;;-\n"
        "6;1.5.2026;9.5.2026;;8.5.2026\n7;1.5.2026;;;1.4.2026\n8;1.5.2026;;;soon\n",
    )
    assert [(line.row_number, line.departed and line.departed.on.day, line.departure_kind) for line in found.lines] == [
        (2, 1, DepartureKind.DEATH),
        (3, 9, DepartureKind.DEATH),
        (4, 9, DepartureKind.REMOVAL),
        (5, 9, DepartureKind.REMOVAL),
        (6, None, None),
    ]
    assert [len(line.doubts) for line in found.lines] == [1, 1, 1, 0, 0]
    assert [(note.value) for line in found.lines for note in line.notes] == ["9.5.2026", "20.8.2026"]
    assert [(row, column) for row, column, _, _ in sentences(found)] == [
        (7, "departed"),
        (8, "datum smrti"),
        (9, "datum smrti"),
    ]


@pytest.mark.parametrize(
    "word",
    [
        "nuk ka dalë",
        "још је ту",
        "Tilstede",
        "in the centre",
        "nije otišla",
        "Still in custody",
        "Currently detained.",
        "ende në qendër",
        "još uvek u objektu",
        "stadig indlogeret",
        "not yet departed",
        "TBD",
        "Pending",
        "to be determined",
        "Do të përcaktohet",
        "биће утврђено",
        "Na čekanju",
        "afventes",
    ],
)
def test_words_that_say_that_somebody_is_still_there_leave_the_stay_open(tmp_path: Path, word: str) -> None:
    (line,) = read(tmp_path, f"person id,arrived,departed\n1,3. марта 2026. године,{word}\n").lines
    assert (line.arrived.on, line.departed) == (date(2026, 3, 3), None)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("same day", 3),
        ("Istog dana", 3),
        ("të njëjtën ditë", 3),
        ("12 nights", 15),
        ("1 natë", 4),
        ("5 noći", 8),
        ("7 nætter", 10),
    ],
)
def test_a_departure_in_nights_is_reckoned_from_the_arrival_and_said(tmp_path: Path, written: str, day: int) -> None:
    (line,) = read(tmp_path, f"person id,arrived,departed,departure time\n1,3.3.2026,{written},-\n").lines
    assert line.departed == Moment(date(2026, 3, day))
    assert [translator("en").render(each.message) for each in line.doubts] == [
        f"The day of the departure is reckoned from that of the arrival: {day} Mar 2026."
    ]


@pytest.mark.parametrize("word", ["N/K", "not known", "nuk dihet", "непознато", "ukendt"])
def test_a_departure_of_which_the_day_is_not_known_leaves_no_stay_open(tmp_path: Path, word: str) -> None:
    found = read(tmp_path, f"person id,arrived,departed\n1,3.3.2026,{word}\n")
    assert ([each.column for each in found.problems], found.lines) == (["departed"], ())


@pytest.mark.parametrize("written", ["12 days", "2 weeks", "12", "nights"])
def test_what_may_count_the_first_day_or_not_is_no_departure(tmp_path: Path, written: str) -> None:
    found = read(tmp_path, f"person id,arrived,departed\n1,3.3.2026,{written}\n")
    assert ([each.column for each in found.problems], found.lines) == (["departed"], ())


@pytest.mark.parametrize("time_of_none", ["-", "N/A", "nepoznato"])
def test_a_sign_for_nothing_is_no_time_of_a_departure_that_was_not(tmp_path: Path, time_of_none: str) -> None:
    found = read(
        tmp_path,
        f"person id,arrived,arrival time,departed,departure time\n1,3.3.2026,{time_of_none},-,{time_of_none}\n",
    )
    assert [(line.arrived, line.departed) for line in found.lines] == [(Moment(date(2026, 3, 3)), None)]


@pytest.mark.parametrize("word", ["banal", "still missing", "detained", "currently unknown whereabouts"])
def test_other_words_in_the_place_of_the_end_are_refused_with_what_to_do(tmp_path: Path, word: str) -> None:
    ((_, column, value, said),) = sentences(read(tmp_path, f"person id,arrived,departed\n1,2026-03-03,{word}\n"))
    assert (column, value) == ("departed", word)
    assert "leave the cell empty" in said


def test_signs_that_nobody_sees_are_no_part_of_a_name(tmp_path: Path) -> None:
    text = "person id,surname,first name,arrived\n1,\u200bOmar\ufeff,\u202aعلی\u200cرضا\u202c,2026-03-03\n"
    (line,) = read(tmp_path, text).lines
    assert (line.family_name, line.given_names) == ("Omar", "علی\u200cرضا")


def test_signs_are_words_and_zeros_in_a_birth_are_what_is_not_known(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "person id,sex,dob,arrived,departed,departure kind\n1,♀,00/00/1980,2026-05-01,2026-05-02,†\n"
        "2,♂,1981-07-00,2026-05-01,2026-05-02,\n3,,00.3.1982,2026-05-01,2026-05-02,\n4,,00/00/0000,2026-05-01,,\n",
    )
    assert [(line.sex, str(line.birth or ""), line.departure_kind) for line in found.lines] == [
        (Sex.FEMALE, "1980", DepartureKind.DEATH),
        (Sex.MALE, "1981-07", DepartureKind.NOT_RECORDED),
        (None, "1982-03", DepartureKind.NOT_RECORDED),
        (None, "", None),
    ]


def test_the_rest_of_a_midnight_in_a_spreadsheet_stays_on_its_day() -> None:
    assert read_clock(Decimal("0.999999")) == time(23, 59, 59)
    assert read_clock(Decimal("0.5")) == time(12)
    assert read_clock(Decimal(0)) == time()


@pytest.mark.parametrize(
    ("written", "family", "title"),
    [
        ("Mr. Arben Hoxha", "Arben Hoxha", "Mr."),
        ("Fru Ana Kola", "Ana Kola", "Fru"),
        ("Г-ђа Ана Кола", "Ана Кола", "Г-ђа"),
    ],
)
def test_a_form_of_address_is_no_part_of_a_name(tmp_path: Path, written: str, family: str, title: str) -> None:
    (line,) = read(tmp_path, f"person id,name,arrived\n1,{written},3.3.2026\n").lines
    assert line.family_name == family
    assert any(title in translator("en").render(doubt.message) for doubt in line.doubts)
    assert [note.value for note in line.notes] == [written]


@pytest.mark.parametrize("written", ["Herr", "Drita Kola", "Missouri Ana", "Profka Mrsić", "Sr"])
def test_a_name_that_begins_as_a_form_of_address_does_is_a_name(tmp_path: Path, written: str) -> None:
    (line,) = read(tmp_path, f"person id,name,arrived\n1,{written},3.3.2026\n").lines
    assert (line.family_name, line.notes) == (written, ())


def test_a_form_of_address_behind_the_comma_is_left_out_and_a_name_is_one_line(tmp_path: Path) -> None:
    text = 'person id,name,arrived\n1,"Hoxha, Mr. Arben",3.3.2026\n2,"Kola,\nAna\r\nMaria",3.3.2026\n'
    found = read(tmp_path, text)
    assert [(each.family_name, each.given_names) for each in found.lines] == [("Hoxha", "Arben"), ("Kola", "Ana Maria")]


@pytest.mark.parametrize(
    ("written", "sex"), [("Femër / Female", Sex.FEMALE), ("MUŠKO/MALE", Sex.MALE), ("M/F", None), ("Male/?", None)]
)
def test_a_sex_in_several_languages_is_one_word(tmp_path: Path, written: str, sex: Sex | None) -> None:
    (line,) = read(tmp_path, f"person id,sex,arrived\n1,{written},3.3.2026\n").lines
    assert line.sex is sex


@pytest.mark.parametrize(
    "row",
    [
        "Note: approved by the head of unit",
        "* estimated by the clerk",
        "(figures of the first half)",
        "Numbers in this column are those of the ministry",
        "Prepared by: A. B.,,Checked by:",
        "Signature: ____,,Date: ____",
        "Page 1 of 3",
        "Strana 2",
    ],
)
def test_remarks_and_signatures_below_the_numbers_are_nobodys(tmp_path: Path, row: str) -> None:
    found = read(tmp_path, f"person id,name,arrived\n1,Kola,3.3.2026\n2,Hoxha,4.3.2026\n\n{row}\n")
    assert ([line.row_number for line in found.lines], found.problems) == ([2, 3], ())
    assert [each.row_number for each in found.aside] == [5]


@pytest.mark.parametrize("row", ["3", "A 201 445 877", "Case 12", "4:1,Kola", "3,Mira", "John Smith"])
def test_whoever_has_a_number_or_a_name_is_somebody_though_the_arrival_is_missing(tmp_path: Path, row: str) -> None:
    found = read(tmp_path, f"person id,name,arrived\n1,Kola,3.3.2026\n2,Hoxha,4.3.2026\n{row}\n")
    assert ([each.row_number for each in found.problems], found.aside) == ([4], ())


@pytest.mark.parametrize(
    ("heading", "signs"), [("Departed", "✓ ✔ ✗ → ★ ● ✈ ☑ ✔️"), ("Departure date", '→ ☒ + × ⮕ 🏠 " ›')]
)
def test_a_sign_that_may_say_that_somebody_has_left_leaves_nobody_on_the_roll(
    tmp_path: Path, heading: str, signs: str
) -> None:
    rows = [f"{n};Hoxha{n};2026-05-01;{sign}" for n, sign in enumerate(signs.replace('"', '""""').split(), 1)]
    found = read(tmp_path, f"Person no.;Surname;Arrival date;{heading}\n" + "\n".join(rows))
    why = "This is no date. Where the person is still there, leave the cell empty; else write 2026-03-31."
    assert not found.lines
    assert [(row, said) for row, _, _, said in sentences(found)] == [(row, why) for row in range(2, len(rows) + 2)]


@pytest.mark.parametrize("sign", ["", "-", "—", "...", "…", "?", "/", "#N/A", "·", "_ _", "−", "\u200b"])
def test_dashes_and_dots_say_that_nobody_has_left(tmp_path: Path, sign: str) -> None:
    found = read(
        tmp_path,
        f"Person no.;Surname;Arrival date;Departed\n7;Hoxha;2026-05-01;{sign}\n8;Gashi;2026-05-01;2026-05-02\n",
    )
    assert [line.departed is None for line in found.lines] == [True, False]


@pytest.mark.parametrize(("heading", "sign"), [("Gender", "+"), ("Citizenship", "★"), ("Destination country", "★")])
def test_a_sign_in_a_column_of_words_is_said(tmp_path: Path, heading: str, sign: str) -> None:
    text = f"Person no.;Surname;{heading};Arrival date;Departure date\n7;Hoxha;{sign};2026-05-01;2026-05-02\n"
    (line,) = read(tmp_path, text).lines
    assert (heading, sign) in [(doubt.column, doubt.value) for doubt in line.doubts]


def test_a_flag_is_its_country(tmp_path: Path) -> None:
    text = "Person no.;Surname;Citizenship;Arrival date;Departure date;Destination\n"
    found = read(
        tmp_path, text + "7;Hoxha;🇦🇴;2026-05-01;2026-05-02;🇫🇷\n8;Gashi;🇳🇦;2026-05-01;;\n9;Sok;🇽🇽;2026-05-01;;\n"
    )
    assert [line.nationality for line in found.lines] == ["AO", "NA", None]
    assert found.lines[0].destination_country == "FR"
    assert (4, "Citizenship", "🇽🇽") in [
        (each.row_number, each.column, each.value) for line in found.lines for each in line.doubts
    ]
