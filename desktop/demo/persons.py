"""Invented people: names of many languages, some in their own script too. Nobody of them exists."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date, timedelta
from random import Random

HEADINGS = (
    "No.,Case no.,Family name,Given names,Name in original script,Sex,Date of birth,Nationality,Languages,"
    "Travel document,Document no.,Document expiry,Final order date,Criminal history,Expulsion,Release date,"
    "Family group,Relation,Vetting,Remarks"
)
"""As the line of a CSV file."""


@dataclass(frozen=True, slots=True)
class Invented:
    """One person of a proposed list; the fields stand as its columns do."""

    case: str
    family: str
    given: str
    script: str
    sex: str
    born: str
    country: str
    language: str
    document: str
    number: str
    expires: date | None
    order: date | None
    history: str = "N"
    expulsion: str = ""
    release: date | None = None
    group: str = ""
    relation: str = ""
    vetting: str = ""
    remarks: str = ""

    def cells(self, place: int) -> list[str]:
        """As one row of the list."""
        return [str(place), *("" if value is None else str(value) for value in astuple(self))]


@dataclass(frozen=True, slots=True)
class Names:
    """The names of one language.

    Attributes:
        country: ISO 3166 alpha-2.
        language: What the people speak.
        families: Family names, each with its own script or an empty text.
        men: Given names of men, likewise.
        women: Given names of women, likewise.
    """

    country: str
    language: str
    families: Sequence[tuple[str, str]]
    men: Sequence[tuple[str, str]]
    women: Sequence[tuple[str, str]]


def _names(country: str, language: str, families: str, men: str, women: str) -> Names:
    """Names separated by commas, each with its own script behind a stroke where it has one."""

    def pairs(listed: str) -> list[tuple[str, str]]:
        return [(name, script) for name, _stroke, script in (each.partition("/") for each in listed.split(", "))]

    return Names(country, language, pairs(families), pairs(men), pairs(women))


AFGHANISTAN = _names(
    "AF",
    "Dari",
    (
        "Ahmadzai/احمدزی, Rahmani/رحمانی, Noori/نوری, Stanekzai/ستانکزی, Wardak/وردک, Haidari/حیدری, "
        "Barakzai/بارکزی, Safi/صافی, Popal/پوپل, Yaqubi/یعقوبی, Karimi/کریمی, Amini/امینی"
    ),
    (
        "Gul/گل, Nasrullah/نصرالله, Farid/فرید, Omid/امید, Haroon/هارون, Yousuf/یوسف, Najib/نجیب, "
        "Hamid/حمید, Zalmai/زلمی, Idris/ادریس"
    ),
    (
        "Zarghuna/زرغونه, Fatima/فاطمه, Laila/لیلا, Shukria/شکریه, Maryam/مریم, Setayesh/ستایش, "
        "Nazanin/نازنین, Parwana/پروانه, Zahra/زهرا"
    ),
)
IRAQ = _names(
    "IQ",
    "Arabic",
    "Al-Jabouri/الجبوري, Al-Tamimi/التميمي, Hadi/هادي, Salman/سلمان",
    "Haidar/حيدر, Karrar/كرار, Mustafa/مصطفى, Ali/علي",
    "Noor/نور, Zainab/زينب",
)
VIETNAM = _names(
    "VN",
    "Vietnamese",
    "Nguyễn, Trần, Phạm, Lê, Võ",
    "Văn Thành, Quốc Bảo, Minh Đức, Hữu Phước",
    "Thị Hồng, Thị Lan, Ngọc Ánh",
)
VENEZUELA = _names(
    "VE",
    "Spanish",
    "Urdaneta, Rondón Díaz, Hernández Rojas, Pérez Guédez, Colmenares, Márquez",
    "Luis Alberto, Yorman, Wilmer, José Gregorio",
    "Carmen Rosa, María Fernanda, Yusbelis",
)
CUBA = _names("CU", "Spanish", "Suárez Leyva, Batista Cruz, Fonseca Peña", "Osmany, Raúl, Yoandri", "Yanelis, Mirta")
NIGERIA = _names(
    "NG", "Yoruba", "Adébáyọ̀, Okafor, Ọlátúnjí, Eze", "Chidi, Bọ́lá, Emeka, Táíwò", "Fúnmilọ́lá, Ngozi, Adaeze"
)
TURKEY = _names("TR", "Turkish", "Öztürk, Açıkgöz, Şahin, Yıldırım, Güneş", "Mehmet, Cem, Emre, Ufuk, Serkan", "Gülşen")
ROMANIA = _names("RO", "Romanian", "Popescu, Țepeneag, Ionescu", "Ionuț, Ștefan", "Ioana")
POLAND = _names("PL", "Polish", "Kowalczyk, Wiśniewski, Żółkoś", "Paweł, Łukasz", "Agnieszka")
SERBIA = _names(
    "RS",
    "Serbian",
    "Đorđević/Ђорђевић, Jovanović/Јовановић, Šćepanović/Шћепановић",
    "Goran/Горан, Žarko/Жарко, Nenad/Ненад",
    "Ljiljana/Љиљана",
)
ALBANIA = _names("AL", "Albanian", "Hoxhaj, Çela, Gjonaj", "Ardit, Besnik, Flamur", "Arbënora")
UKRAINE = _names(
    "UA",
    "Ukrainian",
    "Shevchenko/Шевченко, Kovalchuk/Ковальчук, Tkachenko/Ткаченко",
    "Oleksii/Олексій, Yevhen/Євген",
    "Oksana/Оксана",
)
MOROCCO = _names(
    "MA",
    "Arabic",
    "El Amrani/العمراني, Bouzid/بوزيد, Alaoui/العلوي",
    "Yassine/ياسين, Rachid/رشيد, Anas/أنس",
    "Salma/سلمى",
)
SOMALIA = _names("SO", "Somali", "Hassan, Warsame, Abdulle", "Abdirahman, Liibaan", "Hodan")

OVERSEAS = (VENEZUELA, CUBA, VIETNAM, NIGERIA, AFGHANISTAN, VENEZUELA)
PRISON = (TURKEY, IRAQ, ROMANIA, POLAND, SERBIA, MOROCCO, SOMALIA, ALBANIA, NIGERIA, UKRAINE)
ASYLUM = (ALBANIA, NIGERIA, VIETNAM, IRAQ, UKRAINE)


def single(chance: Random, names: Names, case: str, today: date, *, women: float = 0.3) -> Invented:
    """A grown-up without family."""
    sex = "F" if chance.random() < women else "M"
    return _person(chance, names, case, today, sex=sex, years=chance.randint(22, 64))


def family(chance: Random, names: Names, case: str, today: date, *, children: int) -> list[Invented]:
    """Two parents with their children, who carry one name and one family group."""
    group = f"F-{case}"
    years = chance.randint(27, 45)
    head = _person(chance, names, f"{case}-1", today, sex="M", years=years, group=group, relation="head")
    people = [head]
    spouse = _person(chance, names, f"{case}-2", today, sex="F", years=years - 3, group=group, relation="spouse")
    people.append(spouse)
    for place in range(children):
        child = _person(
            chance,
            names,
            f"{case}-{place + 3}",
            today,
            sex=chance.choice("FM"),
            years=chance.randint(2, min(16, years - 20)),
            group=group,
            relation="child",
        )
        people.append(child)
    return [head, *(_called(person, head) for person in people[1:])]


def _called(person: Invented, head: Invented) -> Invented:
    """The person under the family name of the head."""
    script = person.script
    if head.script:
        script = f"{person.script.split(' ')[0]} {head.script.split(' ', 1)[1]}"
    return replace(person, family=head.family, script=script)


def _person(
    chance: Random, names: Names, case: str, today: date, *, sex: str, years: int, group: str = "", relation: str = ""
) -> Invented:
    surname, surname_script = chance.choice(names.families)
    given, given_script = chance.choice(names.women if sex == "F" else names.men)
    born = today - timedelta(days=years * 365 + chance.randint(1, 364))
    with_document = chance.random() < 0.8
    return Invented(
        case=case,
        family=surname,
        given=given,
        script=f"{given_script} {surname_script}" if surname_script else "",
        sex=sex,
        born=_birth(chance, born, names),
        country=names.country,
        language=names.language,
        document="Passport" if with_document else "",
        number=f"{chance.choice('ABCEKP')}{chance.randint(10_000_000, 99_999_999)}" if with_document else "",
        expires=today + timedelta(days=chance.randint(400, 2500)) if with_document else None,
        order=today - timedelta(days=chance.randint(500, 2500)),
        group=group,
        relation=relation,
    )


def _birth(chance: Random, born: date, names: Names) -> str:
    """The birth date as offices write it: mostly to the day, now and then less is known."""
    lot = chance.random()
    if names is AFGHANISTAN and lot < 0.12:
        return f"{born.year - 621} (solar)"
    if names is AFGHANISTAN and lot < 0.3:
        return f"{born.year}-01-01"
    if lot < 0.05:
        return f"approx. {born.year}"
    return str(born.year) if lot < 0.1 else born.isoformat()


def as_list(code: str, about: str, people: Iterable[Invented]) -> bytes:
    """A proposed list as a partner would send it: a title, headings, people, a total."""
    out = io.StringIO()
    sheet = csv.writer(out)
    rows = list(people)
    sheet.writerow([f"PROPOSED LIST {code}"])
    sheet.writerow([about])
    sheet.writerow([])
    sheet.writerows(csv.reader([HEADINGS]))
    for place, person in enumerate(rows, 1):
        sheet.writerow(person.cells(place))
    sheet.writerow([])
    sheet.writerow(["", "", f"Total: {len(rows)}"])
    return out.getvalue().encode("utf-8-sig")
