"""The headings by which columns of files are known: long lists, so that the tables of fields stay short without them.

In English, Albanian, Serbian and Danish, and the most usual ones in German, French and Spanish; in any case and style,
with or without marks and punctuation. What Konak itself calls a field need not stand here.
"""

# fmt: off
PROGRAMME = ("program", "programme code", "program code", "programi", "programm", "programa")
FAMILY_NAME = (
    "lname", "l name", "last",
    "family names", "surname", "surnames", "last name", "mbiemri", "prezime", "efternavn", "nachname", "familienname",
    "apellidos", "nom", "primer apellido", "apellido paterno", "first surname",
    "nom de famille", "apellido", "cognome", "slægtsnavn", "porodično ime", "emri i familjes",
    "soyadı", "soyad",
)
GIVEN_NAMES = (
    "fname", "f name",
    "given name", "first name", "first names", "forename", "forenames", "emri", "emrat", "ime", "imena", "fornavn",
    "fornavne", "vorname", "vornamen", "nombres", "prénom",
    "given", "first", "prénoms", "rufname", "lično ime",
    "adı", "ad", "isim",
)
SECOND_FAMILY_NAME = (
    "second surname", "second last name", "maternal surname", "mother's family name", "apellido materno",
    "segundo apellido", "mbiemri i dytë", "drugo prezime", "andet efternavn", "deuxième nom",
)
MIDDLE_NAMES = (
    "middle name", "second name", "second names", "patronymic", "middle initial", "middle",
    "emri i mesëm", "emri i dytë", "srednje ime", "drugo ime", "mellemnavn", "mellemnavne",
    "mi", "zweiter vorname", "zweitname", "deuxième prénom", "segundo nombre",
)
OWN_SCRIPT = (
    "name in original script", "original script", "own script", "native name", "name in native script",
    "emri në shkrimin e vet", "emri në shkrimin origjinal", "ime na izvornom pismu", "ime na svom pismu",
    "navn i egen skrift", "navn på eget skriftsprog",
)
SEX = (
    "gender", "sex m f", "m f", "sex code", "gender code", "gjinia", "pol", "køn", "geschlecht", "sexo", "sexe",
    "genre", "seksi",
    "cinsiyet", "cinsiyeti",
)
_OF_BIRTH = (
    "birth", "of birth", "dob", "date of birth", "birth date", "born", "lindjes", "i lindjes", "e lindjes",
    "datëlindja", "data e lindjes", "rođenja", "datum rođenja", "fødsels", "fødselsdato", "født", "geburts",
    "geburtsdatum",
)


def _of_birth(*parts: str) -> tuple[str, ...]:
    """How a part of the birth date is called: Birth month, Month of birth, Muaji i lindjes, Fødselsmåned."""
    return tuple(f"{one} {other}" for part in parts for of in _OF_BIRTH for one, other in ((of, part), (part, of)))


BIRTH = (
    *_of_birth("year", "yyyy", "viti", "godina", "år", "jahr"),
    "year of birth", "birth year", "yob", "viti i lindjes", "godina rođenja", "fødselsår", "geburtsjahr",
    "année de naissance", "año de nacimiento", "doğum yılı",
    "date of birth", "dob", "birthdate", "born", "born on", "datëlindja", "data e lindjes", "ditëlindja",
    "datum rođenja", "datum rodenja", "rođen", "rođena", "fødselsdato", "født", "fødselsdag", "geburtsdatum",
    "birthday", "geboren", "geboren am", "geb datum", "date de naissance", "né le", "naissance", "fecha de nacimiento",
    "nacimiento",
    "doğum tarihi", "doğum günü",
    "date birth", "lindur", "i lindur", "e lindur", "i e lindur", "født d",
)
BIRTH_MONTH = _of_birth("month", "mm", "mon", "muaji", "mesec", "mjesec", "måned", "monat")
BIRTH_DAY = _of_birth("day", "dd", "dita", "dan", "dag", "tag")
BIRTHDAYS = ("birthday", "birth day", "fødselsdag", "ditëlindja", "geburtstag")
"""The day of the birth where its month stands in a column of its own; else the whole date."""
BIRTH_COUNTRY = (
    "country of birth", "birth country", "born in", "shteti i lindjes", "vendi i lindjes", "vendlindja",
    "zemlja rođenja", "država rođenja", "fødeland",
    "geburtsland", "pays de naissance", "país de nacimiento",
    "doğum yeri", "doğduğu ülke",
)
NATIONALITY = (
    "citizenship", "citizen of", "statsborger i", "natl", "nationality iso", "nationality iso3", "nationality code",
    "citizenship code", "citizenship country",
    "nationality country", "country of citizenship", "country of nationality", "shtetësia", "nënshtetësia",
    "kombësia", "državljanstvo", "nacionalnost", "statsborgerskab", "nationalitet", "staatsangehörigkeit",
    "nationalité", "nacionalidad", "staatsbürgerschaft", "nation",
    "uyruğu", "uyruk", "vatandaşlık", "vatandaşlığı",
)
LANGUAGES = (
    "language", "language s", "languages spoken", "gjuha", "gjuhët", "jezik", "jezici", "sprog",
    "primary language", "preferred language", "spoken language", "sprache", "sprachen", "langue", "langues", "idioma",
    "idiomas",
    "dil", "dili", "diller",
)

RELATION = (
    "relationship", "relation to head", "relationship to head", "lidhja", "lidhja familjare", "farefisnia",
    "srodstvo", "odnos", "slægtskab", "familieforhold",
)
FAMILY_GROUP = (
    "family", "family no", "family unit", "household", "grupi familjar", "familja", "porodica", "porodična grupa",
    "familie", "familiegruppe", "husstand",
    "household id", "household no", "household number", "family id", "family number", "family code", "hh id", "hh no",
    "numri i familjes", "nr i familjes", "nr familjes", "id e familjes", "id familjes", "broj porodice", "id porodice",
    "broj domaćinstva", "domaćinstvo", "familienr", "familienummer", "husstandsnr", "husstandsnummer",
)
DOCUMENT_KIND = (
    "travel document", "document", "document type", "type of document", "kind of document", "id document",
    "dokumenti", "lloji i dokumentit", "dokument", "vrsta dokumenta", "putna isprava", "dokumenttype",
    "rejsedokument",
)
DOCUMENT_NUMBER = (
    "document no", "document number", "doc no", "doc number", "passport", "passport no", "passport number", "tazkira",
    "tazkera", "tazkira no", "tazkira passport", "tazkira or passport", "id card no", "numri i dokumentit",
    "nr i dokumentit", "numri i pasaportës", "pasaporta", "broj dokumenta", "broj isprave", "broj pasoša", "pasoš",
    "dokumentnr", "dokumentnummer", "pas", "pasnr", "pasnummer",
    "pasaport no", "pasaport numarası", "belge no", "reisepassnummer", "passnummer", "numéro de passeport",
)
DOCUMENT_EXPIRY = (
    "document expiry", "document expires", "expiry", "expiry date", "expires", "expires on", "date of expiry",
    "valid until", "passport expiry", "data e skadimit", "skadon", "vlen deri", "datum isteka", "važi do", "ističe",
    "udløb", "udløber", "udløbsdato", "gyldig til",
)
FINAL_ORDER = (
    "final order date", "date of final order", "final decision", "order date", "vendimi përfundimtar",
    "data e vendimit përfundimtar", "data e vendimit", "konačna odluka", "datum konačne odluke", "pravosnažna odluka",
    "datum pravosnažnosti", "endelig afgørelse", "dato for endelig afgørelse",
)
CRIMINAL_HISTORY = (
    "criminal record", "criminal convictions", "convictions", "precedentë penalë", "e kaluara kriminale",
    "krivična prošlost", "osuđivan", "kaznena evidencija", "straffet", "tidligere straffet", "straffeattest",
)
EXPULSION_ORDERED = (
    "expulsion", "expulsion order", "deportation order", "dëbimi", "urdhri i dëbimit", "proterivanje",
    "nalog za proterivanje", "udvisning", "udvist",
)
LIFE_SENTENCE = (
    "life sentence", "sentenced for life", "life imprisonment", "is life sentence", "dënim i përjetshëm",
    "burgim i përjetshëm", "doživotna kazna", "doživotni zatvor", "доживотна казна", "livsvarig dom", "livstidsdom",
)
SENTENCED_ON = (
    "sentence date", "date of sentence", "sentenced", "judgment date", "date of judgment", "data e dënimit",
    "data e aktgjykimit", "datum presude", "presuđeno", "dom afsagt", "domsdato", "dom",
)
SENTENCE_MONTHS = (
    "sentence months", "sentence length", "length of sentence", "sentence", "dënimi", "kohëzgjatja e dënimit",
    "dužina kazne", "kazna", "kazna u mesecima", "straflængde", "straflængde mdr", "straf mdr", "straf",
    "strafudmåling", "idømt straf", "kohëzgjatja", "trajanje kazne",
)
RELEASE_ON = (
    "release date", "expected release date", "date of release", "lirimi", "data e lirimit", "lirimi i pritshëm",
    "datum puštanja", "očekivano puštanje", "datum otpusta", "løsladelse", "forventet løsladelse", "løsladelsesdato",
)
DESTINATION = (
    "onward destination", "destination country", "country of destination", "destinacioni", "odredište",
    "destinationsland", "bestemmelsessted",
)
VETTING = (
    "vetting status", "vetted", "security check", "verifikimi", "provera", "bezbednosna provera",
    "sikkerhedsgodkendelse",
)
NEEDS = (
    "special needs", "vulnerability", "vulnerabilities", "nevojat", "potrebe", "posebne potrebe", "behov",
    "særlige behov",
)
REMARKS = (
    "remark", "notes", "note", "comments", "comment", "vërejtje", "vërejtjet", "shënime", "napomena", "napomene",
    "primedba", "primedbe", "bemærkning", "bemærkninger", "noter",
)

WHOLE_NAME = (
    "name", "full name", "names", "emri dhe mbiemri", "emri mbiemri", "mbiemri dhe emri", "emër mbiemër",
    "ime i prezime", "prezime i ime", "navn", "fulde navn",
    "vollständiger name", "name vorname", "nom complet", "nom et prénom", "nom et prénoms", "nombre completo",
    "nombre y apellidos",
    "adı soyadı", "ad soyad", "isim soyisim",
)

FILE_NUMBER = (
    "case file no", "case file number", "file id", "dosja", "nr dosjes", "nr i dosjes", "numri i dosjes", "id e dosjes",
    "dosja nr", "nr i lëndës", "nr lëndës", "nr i rastit", "nr rastit", "br predmeta", "predmet br", "broj dosijea",
    "br dosijea", "broj spisa", "br spisa", "broj slučaja", "aktenzeichen", "az", "akten nr", "aktennr", "aktennummer",
    "fallnummer", "fall nr", "dossier no", "dossier number", "numéro de dossier", "numéro du dossier", "no de dossier",
    "no du dossier", "no dossier", "n de dossier", "n dossier", "dosya no", "dosya numarası", "dosya",
)
"""How the file of a person is numbered: the number of the person."""

STAY_ID = (
    "stay no", "stay number", "admission no", "admission number", "admission id", "booking no", "booking id", "key",
    "source key", "id e qëndrimit", "nr i qëndrimit", "numri i qëndrimit", "broj boravka", "id boravka", "opholdsnr",
    "opholdsnummer", "ophold nr", "ophold id",
    "booking number", "enrollment id", "enrolment id", "episode id", "stay ref", "aufenthalt nr",
)
PERSON_ID = (
    *FILE_NUMBER,
    "person no", "person number", "personal number", "partner number", "case no", "case number", "case id", "a number",
    "alien number", "file no", "file number", "resident no", "resident number", "inmate id", "inmateid", "id", "id no",
    "numri i personit", "nr i personit", "id e personit", "numri personal", "nr personal", "numri i rastit",
    "numri i lëndës", "broj osobe", "id osobe", "lični broj", "matični broj", "broj predmeta", "sagsnr", "sagsnummer",
    "personnr", "personnummer", "person id nr",
    "uid", "detention id", "custody id", "detainee no", "detainee number", "client no", "client number", "guest no",
    "beneficiary no", "applicant no", "prisoner no", "migrant no", "jmbg", "cpr", "cpr nr", "cpr nummer",
    "personal id", "unique id", "unique identifier", "anonymized identifier", "a no", "alien no", "resident id",
    "detainee id", "inmate no", "inmate number", "case", "case ref", "case reference", "reference", "reference no",
    "aktenzeichen", "fallnummer", "personennummer", "numéro de dossier", "número de expediente", "expediente",
)
ARRIVED_ON = (
    "arrival", "arrived", "arrival date", "arrived at", "arrived date", "date of arrival", "entry date", "entry",
    "booked", "booked on", "date booked", "detained on", "date detained", "commitment date",
    "date of entry", "admission", "admitted", "admission date", "date of admission", "check in", "data e mbërritjes",
    "mbërritja", "data e ardhjes", "ardhja", "data e hyrjes", "hyrja", "data e pranimit", "datum dolaska", "dolazak",
    "datum ulaska", "datum prijema", "prijem", "ankomst", "ankomstdato", "dato for ankomst", "indsat",
    "indsættelsesdato", "indrejsedato",
    "arrival date time", "date and time of arrival", "admission date time", "admit date", "intake", "intake date",
    "book in", "book in date", "booked in", "book in date time", "detention book in date time", "booking date",
    "check in date", "enrollment start date", "enrolment start date", "enrollment date", "enrolment date",
    "move in", "move in date", "date in", "start date", "stay start", "stay start date",
    "project start date", "start of stay", "ankunft", "ankunftsdatum", "einreise", "einreisedatum", "aufnahme",
    "aufnahmedatum", "einzug", "einzugsdatum", "eintritt", "arrivée", "date d arrivée", "entrée", "date d entrée",
    "llegada", "fecha de llegada", "ingreso", "fecha de ingreso", "fecha de entrada",
    "geliş tarihi", "giriş tarihi", "varış tarihi", "geliş", "giriş", "varış",
    "in date", "data e fillimit", "datum početka", "startdato", "admit", "date admitted", "date arrived", "checked in",
    "book in date and time", "detention book in date",
    "placement start", "placement start date", "stay from", "stay begins", "begin of stay",
    "mbërriti", "ka mbërritur", "hyri", "pranuar", "u pranua", "pranimi", "fillimi i qëndrimit", "qëndrimi prej",
    "došao", "došla", "stigao", "stigla", "primljen", "primljena", "ulazak", "ušao", "ušla", "datum smeštaja",
    "smešten od", "smeštena od", "početak boravka", "boravak od",
    "ankommet", "indrejse", "indrejst", "modtaget", "optaget", "optagelsesdato", "indskrevet", "indskrivningsdato",
    "indflytning", "indflyttet", "indflytningsdato", "opholdsstart", "ophold fra", "eingezogen", "aufgenommen",
)
ARRIVED_TIME = (
    "arrival time", "time of arrival", "entry time", "time of entry", "admission time", "time in", "ora e mbërritjes",
    "koha e mbërritjes", "ora e ardhjes", "ora e hyrjes", "vreme dolaska", "vreme ulaska", "vreme prijema",
    "vrijeme dolaska", "ankomsttid", "ankomsttidspunkt", "ankomst kl", "tidspunkt for ankomst",
    "ankunftszeit", "heure d arrivée", "hora de llegada", "hora de entrada",
)
DEPARTED_ON = (
    "departure", "departed", "departure date", "departed at", "departed date", "date of departure", "exit date", "exit",
    "date of exit", "discharge", "discharged", "discharge date", "check out", "data e largimit", "largimi",
    "data e daljes", "dalja", "data e nisjes", "datum odlaska", "odlazak", "datum izlaska", "datum otpusta", "afrejse",
    "afrejsedato", "dato for afrejse", "udrejsedato", "udskrevet",
    "departure date time", "date and time of departure", "discharge date time", "release", "released", "released on",
    "release date", "release date time", "date of release", "actual release date", "date released", "book out",
    "book out date", "booked out", "book out date time", "detention book out date time", "check out date", "move out",
    "move out date", "date out", "left", "left on", "date left", "end date", "stay end", "stay end date",
    "end of stay", "removal date", "date of removal", "deportation date", "transfer date", "lirimi", "data e lirimit",
    "puštanje", "datum puštanja", "løsladelse", "løsladelsesdato", "løsladt", "abreise", "abreisedatum", "ausreise",
    "ausreisedatum", "auszug", "auszugsdatum", "austritt", "entlassung", "entlassungsdatum", "départ",
    "date de départ", "sortie", "date de sortie", "salida", "fecha de salida", "egreso", "fecha de egreso",
    "çıkış tarihi", "ayrılış tarihi", "çıkış", "ayrılış",
    "out date", "data e përfundimit", "datum završetka", "slutdato", "date discharged", "date departed",
    "date exited", "exited", "checked out", "book out date and time",
    "detention book out date", "placement end", "placement end date", "stay to", "stay until", "stay ends",
    "u largua", "është larguar", "larguar", "doli", "ka dalë", "liruar", "u lirua", "nisja", "u nis",
    "mbarimi i qëndrimit", "fundi i qëndrimit", "qëndrimi deri",
    "otišao", "otišla", "otpušten", "otpuštena", "otpust", "pušten", "puštena", "izlazak", "izašao", "izašla",
    "napustio", "napustila", "kraj boravka", "boravak do",
    "afrejst", "udrejse", "udrejst", "udskrivning", "udskrivningsdato", "fraflytning", "fraflyttet",
    "fraflytningsdato", "udflytning", "udflyttet", "udflytningsdato", "opholdsslut", "ophold til", "entlassen",
)
DEPARTED_TIME = (
    "departure time", "time of departure", "exit time", "time of exit", "discharge time", "time out", "ora e largimit",
    "koha e largimit", "ora e daljes", "vreme odlaska", "vreme izlaska", "vrijeme odlaska", "afrejsetid",
    "afrejsetidspunkt", "afrejse kl", "tidspunkt for afrejse",
    "release time", "time of release", "abreisezeit", "heure de départ", "hora de salida",
)
DIED_ON = (
    "death date", "died", "died on", "deceased on", "deceased date", "day of death", "data e vdekjes", "vdiq më",
    "vdekja", "datum smrti", "preminuo", "preminula", "umro", "dødsdato", "død den", "sterbedatum", "todesdatum",
    "date de décès", "fecha de defunción", "fecha de fallecimiento",
)
DEPARTURE_KIND = (
    "kind of departure", "departure type", "type of departure", "departure reason", "reason for departure",
    "reason for leaving", "reason for exit", "exit reason", "exit type", "exit outcome", "departure outcome", "outcome",
    "discharge reason", "reason for discharge", "reason left", "lloji i largimit", "mënyra e largimit",
    "arsyeja e daljes", "razlog otpusta", "razlog izlaska", "løsladelsesårsag",
    "arsyeja e largimit", "vrsta odlaska", "način odlaska", "razlog odlaska", "afrejseårsag", "årsag til afrejse",
    "afrejsemåde",
    "departure kind", "kind of exit", "release reason", "reason for release", "type of release", "release type",
    "disposition", "left by", "entlassungsgrund", "abreisegrund", "motif de départ", "motif de sortie",
    "motivo de salida",
)
DEPARTED_TO = (
    "onward destination", "left for", "destinacioni", "vendi i destinacionit", "odredište", "bestemmelsessted",
    "rejsemål",
)
DEPARTED_TO_COUNTRY = (
    "destination country", "country of destination", "shteti i destinacionit", "zemlja odredišta", "država odredišta",
    "destinationsland", "bestemmelsesland", "zielland", "pays de destination", "país de destino",
)
AGE_ON_ARRIVAL = (
    "age at arrival", "age at admission", "age on admission", "mosha në mbërritje", "mosha në ardhje",
    "starost pri dolasku", "starost na dolasku", "alder ved ankomst",
)
AGE = ("age when first seen", "age in years", "mosha", "starost", "godine starosti", "alder")

LIST_NUMBER = (
    "no", "nr", "number", "s no", "serial no", "line", "line no", "item", "numri rendor", "nr rendor", "r b", "rb",
    "r br", "redni broj", "lb nr", "lbnr", "løbenr", "løbenummer",
    "lfd nr", "laufende nummer", "sıra no", "sıra", "numéro d'ordre",
)
OF_FAMILIES = (
    "case", "family", "household", "rast", "dosj", "familj", "predmet", "slucaj", "porodic", "domacinst", "sag",
    "familie", "husstand", "dosij", "dosya", "dossier", "akte", "spis", "lend",
)
"""Parts of headings, folded, under which a number stands that a family may share."""
PARTNER_NUMBER = (
    *FILE_NUMBER,
    "case no", "case number", "case id", "case ref", "file no", "file number", "reference", "reference no", "a number",
    "alien number", "alien no", "partner number", "person id", "numri i rastit", "nr i rastit", "numri i lëndës",
    "nr i lëndës", "broj predmeta", "br predmeta", "sagsnr", "sagsnummer", "sag nr",
)
CASE = ("rasti", "lënda", "predmet", "slučaj", "sag")
CASE_PERSON = ("person", "person no", "member", "member no", "personi", "anëtari", "osoba", "lice", "član", "medlem")
HOUSE = (
    "street number", "house number", "house no", "house", "numri i shtëpisë", "kućni broj", "husnummer", "hausnummer",
)
STREET = (
    "address", "address 1", "address line 1", "street", "street name", "street address", "adresa", "rruga", "ulica",
    "adresse", "vej", "gade", "strasse",
)
BUILDING = ("address 2", "address line 2", "building", "flat", "apartment", "ndërtesa", "zgrada", "bygning")
TOWN = (
    "suburb", "city", "town", "village", "municipality", "qyteti", "komuna", "grad", "mesto", "opština", "by", "ort",
    "stadt",
)
POSTCODE = ("postcode", "postal code", "zip", "zip code", "post code", "kodi postar", "poštanski broj", "postnr",
            "postnummer", "plz")
REGION = ("state", "province", "region", "county", "rajoni", "qarku", "pokrajina", "okrug")
FURTHER_NUMBER = (
    "soc sec id", "ssn", "social security number", "social security no", "social security id", "national id",
    "national number", "personal number", "personal no", "identity number", "id number", "numri personal", "jmbg",
    "matični broj", "lični broj", "cpr", "cpr nr", "personnummer",
)
# fmt: on
