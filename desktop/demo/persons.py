"""Invented people: names of many languages, some in their own script too. Nobody of them exists."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

HEADINGS = (
    "No.",
    "Case no.",
    "Family name",
    "Given names",
    "Name in original script",
    "Sex",
    "Date of birth",
    "Nationality",
    "Languages",
    "Travel document",
    "Document no.",
    "Document expiry",
    "Final order date",
    "Criminal history",
    "Expulsion",
    "Release date",
    "Family group",
    "Relation",
    "Vetting",
    "Remarks",
)


@dataclass(frozen=True, slots=True)
class Invented:
    """One person of a proposed list."""

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
        return [
            str(place),
            self.case,
            self.family,
            self.given,
            self.script,
            self.sex,
            self.born,
            self.country,
            self.language,
            self.document,
            self.number,
            _text(self.expires),
            _text(self.order),
            self.history,
            self.expulsion,
            _text(self.release),
            self.group,
            self.relation,
            self.vetting,
            self.remarks,
        ]


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


def _latin(*names: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, "") for name in names)


AFGHANISTAN = Names(
    "AF",
    "Dari",
    (
        ("Ahmadzai", "احمدزی"),
        ("Rahmani", "رحمانی"),
        ("Noori", "نوری"),
        ("Stanekzai", "ستانکزی"),
        ("Wardak", "وردک"),
        ("Haidari", "حیدری"),
        ("Barakzai", "بارکزی"),
        ("Safi", "صافی"),
        ("Popal", "پوپل"),
        ("Yaqubi", "یعقوبی"),
        ("Karimi", "کریمی"),
        ("Amini", "امینی"),
    ),
    (
        ("Gul", "گل"),
        ("Nasrullah", "نصرالله"),
        ("Farid", "فرید"),
        ("Omid", "امید"),
        ("Haroon", "هارون"),
        ("Yousuf", "یوسف"),
        ("Najib", "نجیب"),
        ("Hamid", "حمید"),
        ("Zalmai", "زلمی"),
        ("Idris", "ادریس"),
    ),
    (
        ("Zarghuna", "زرغونه"),
        ("Fatima", "فاطمه"),
        ("Laila", "لیلا"),
        ("Shukria", "شکریه"),
        ("Maryam", "مریم"),
        ("Setayesh", "ستایش"),
        ("Nazanin", "نازنین"),
        ("Parwana", "پروانه"),
        ("Zahra", "زهرا"),
    ),
)
IRAQ = Names(
    "IQ",
    "Arabic",
    (("Al-Jabouri", "الجبوري"), ("Al-Tamimi", "التميمي"), ("Hadi", "هادي"), ("Salman", "سلمان")),
    (("Haidar", "حيدر"), ("Karrar", "كرار"), ("Mustafa", "مصطفى"), ("Ali", "علي")),
    (("Noor", "نور"), ("Zainab", "زينب")),
)
VIETNAM = Names(
    "VN",
    "Vietnamese",
    _latin("Nguyễn", "Trần", "Phạm", "Lê", "Võ"),
    _latin("Văn Thành", "Quốc Bảo", "Minh Đức", "Hữu Phước"),
    _latin("Thị Hồng", "Thị Lan", "Ngọc Ánh"),
)
VENEZUELA = Names(
    "VE",
    "Spanish",
    _latin("Urdaneta", "Rondón Díaz", "Hernández Rojas", "Pérez Guédez", "Colmenares", "Márquez"),
    _latin("Luis Alberto", "Yorman", "Wilmer", "José Gregorio"),
    _latin("Carmen Rosa", "María Fernanda", "Yusbelis"),
)
CUBA = Names(
    "CU",
    "Spanish",
    _latin("Suárez Leyva", "Batista Cruz", "Fonseca Peña"),
    _latin("Osmany", "Raúl", "Yoandri"),
    _latin("Yanelis", "Mirta"),
)
NIGERIA = Names(
    "NG",
    "Yoruba",
    _latin("Adébáyọ̀", "Okafor", "Ọlátúnjí", "Eze"),
    _latin("Chidi", "Bọ́lá", "Emeka", "Táíwò"),
    _latin("Fúnmilọ́lá", "Ngozi", "Adaeze"),
)
TURKEY = Names(
    "TR",
    "Turkish",
    _latin("Öztürk", "Açıkgöz", "Şahin", "Yıldırım", "Güneş"),
    _latin("Mehmet", "Cem", "Emre", "Ufuk", "Serkan"),
    _latin("Gülşen"),
)
ROMANIA = Names("RO", "Romanian", _latin("Popescu", "Țepeneag", "Ionescu"), _latin("Ionuț", "Ștefan"), _latin("Ioana"))
POLAND = Names(
    "PL", "Polish", _latin("Kowalczyk", "Wiśniewski", "Żółkoś"), _latin("Paweł", "Łukasz"), _latin("Agnieszka")
)
SERBIA = Names(
    "RS",
    "Serbian",
    (("Đorđević", "Ђорђевић"), ("Jovanović", "Јовановић"), ("Šćepanović", "Шћепановић")),
    (("Goran", "Горан"), ("Žarko", "Жарко"), ("Nenad", "Ненад")),
    (("Ljiljana", "Љиљана"),),
)
ALBANIA = Names(
    "AL", "Albanian", _latin("Hoxhaj", "Çela", "Gjonaj"), _latin("Ardit", "Besnik", "Flamur"), _latin("Arbënora")
)
UKRAINE = Names(
    "UA",
    "Ukrainian",
    (("Shevchenko", "Шевченко"), ("Kovalchuk", "Ковальчук"), ("Tkachenko", "Ткаченко")),
    (("Oleksii", "Олексій"), ("Yevhen", "Євген")),
    (("Oksana", "Оксана"),),
)
MOROCCO = Names(
    "MA",
    "Arabic",
    (("El Amrani", "العمراني"), ("Bouzid", "بوزيد"), ("Alaoui", "العلوي")),
    (("Yassine", "ياسين"), ("Rachid", "رشيد"), ("Anas", "أنس")),
    (("Salma", "سلمى"),),
)
SOMALIA = Names(
    "SO", "Somali", _latin("Hassan", "Warsame", "Abdulle"), _latin("Abdirahman", "Liibaan"), _latin("Hodan")
)

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
    chance: Random,
    names: Names,
    case: str,
    today: date,
    *,
    sex: str,
    years: int,
    group: str = "",
    relation: str = "",
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
    sheet.writerow(HEADINGS)
    for place, person in enumerate(rows, 1):
        sheet.writerow(person.cells(place))
    sheet.writerow([])
    sheet.writerow(["", "", f"Total: {len(rows)}"])
    return out.getvalue().encode("utf-8-sig")


def _text(day: date | None) -> str:
    return "" if day is None else day.isoformat()
