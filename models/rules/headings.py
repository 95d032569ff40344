"""The headings by which columns of files are known: long lists, so that the table of fields stays short without them.

In English, Albanian, Serbian and Danish, in any case, with or without marks and punctuation.
"""

# fmt: off
FAMILY_NAME = (
    "family names", "surname", "surnames", "last name", "mbiemri", "prezime", "efternavn", "nachname", "familienname",
    "apellidos", "nom",
)
GIVEN_NAMES = (
    "given name", "first name", "first names", "forename", "forenames", "emri", "emrat", "ime", "imena", "fornavn",
    "fornavne", "vorname", "vornamen", "nombres", "prénom",
)
OWN_SCRIPT = (
    "name in original script", "original script", "own script", "native name", "name in native script",
    "emri në shkrimin e vet", "emri në shkrimin origjinal", "ime na izvornom pismu", "ime na svom pismu",
    "navn i egen skrift", "navn på eget skriftsprog",
)
SEX = ("gender", "sex m f", "gjinia", "pol", "køn", "geschlecht", "sexo", "sexe")
BIRTH = (
    "date of birth", "dob", "birthdate", "born", "born on", "datëlindja", "data e lindjes", "ditëlindja",
    "datum rođenja", "datum rodenja", "rođen", "rođena", "fødselsdato", "født", "fødselsdag", "geburtsdatum",
)
BIRTH_COUNTRY = (
    "country of birth", "birth country", "born in", "shteti i lindjes", "vendi i lindjes", "vendlindja",
    "zemlja rođenja", "država rođenja", "fødeland",
)
NATIONALITY = (
    "citizenship", "citizen of", "country of citizenship", "country of nationality", "shtetësia", "nënshtetësia",
    "kombësia", "državljanstvo", "nacionalnost", "statsborgerskab", "nationalitet", "staatsangehörigkeit",
)
LANGUAGES = ("language", "language s", "languages spoken", "gjuha", "gjuhët", "jezik", "jezici", "sprog")

RELATION = (
    "relationship", "relation to head", "relationship to head", "lidhja", "lidhja familjare", "farefisnia",
    "srodstvo", "odnos", "slægtskab", "familieforhold",
)
FAMILY_GROUP = (
    "family", "family no", "family unit", "household", "grupi familjar", "familja", "porodica", "porodična grupa",
    "familie", "familiegruppe", "husstand",
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
SENTENCED_ON = (
    "sentence date", "date of sentence", "sentenced", "judgment date", "date of judgment", "data e dënimit",
    "data e aktgjykimit", "datum presude", "presuđeno", "dom afsagt", "domsdato", "dom",
)
SENTENCE_MONTHS = (
    "sentence months", "sentence length", "length of sentence", "sentence", "dënimi", "kohëzgjatja e dënimit",
    "dužina kazne", "kazna", "kazna u mesecima", "straflængde", "straflængde mdr", "straf mdr",
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
