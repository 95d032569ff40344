"""The fields of the files that come in, and their headings in English, Albanian, Serbian and Danish."""

from types import MappingProxyType

from models.exchange.headers import Fields, FieldWords
from models.text import N_

_PERSON = {
    "family_name": FieldWords(
        N_("Family name"),
        ("family names", "surname", "surnames", "last name", "mbiemri", "prezime", "efternavn", "nachname",
         "familienname", "apellidos", "nom"),
    ),
    "given_names": FieldWords(
        N_("Given names"),
        ("given name", "first name", "first names", "forename", "forenames", "emri", "emrat", "ime", "imena",
         "fornavn", "fornavne", "vorname", "vornamen", "nombres", "prénom"),
    ),
    "full_name": FieldWords(
        N_("Whole name"),
        ("name", "full name", "names", "emri dhe mbiemri", "emri mbiemri", "mbiemri dhe emri", "emër mbiemër",
         "ime i prezime", "prezime i ime", "navn", "fulde navn"),
    ),
    "own_script": FieldWords(
        N_("Name in own script"),
        ("name in original script", "original script", "own script", "native name", "name in native script",
         "emri në shkrimin e vet", "emri në shkrimin origjinal", "ime na izvornom pismu", "ime na svom pismu",
         "navn i egen skrift", "navn på eget skriftsprog"),
    ),
    "sex": FieldWords(N_("Sex"), ("gender", "sex m f", "gjinia", "pol", "køn", "geschlecht", "sexo", "sexe")),
    "birth_date": FieldWords(
        N_("Date of birth"),
        ("date of birth", "dob", "birthdate", "born", "born on", "datëlindja", "data e lindjes", "ditëlindja",
         "datum rođenja", "datum rodenja", "rođen", "rođena", "fødselsdato", "født", "fødselsdag", "geburtsdatum"),
    ),
    "birth_country": FieldWords(
        N_("Country of birth"),
        ("country of birth", "birth country", "born in", "shteti i lindjes", "vendi i lindjes", "vendlindja",
         "zemlja rođenja", "država rođenja", "fødeland"),
    ),
    "nationality": FieldWords(
        N_("Nationality"),
        ("citizenship", "citizen of", "country of citizenship", "country of nationality", "shtetësia",
         "nënshtetësia", "kombësia", "državljanstvo", "nacionalnost", "statsborgerskab", "nationalitet",
         "staatsangehörigkeit"),
    ),
    "languages": FieldWords(
        N_("Languages"),
        ("language", "language s", "languages spoken", "gjuha", "gjuhët", "jezik", "jezici", "sprog"),
    ),
    "remarks": FieldWords(
        N_("Remarks"),
        ("remark", "notes", "note", "comments", "comment", "vërejtje", "vërejtjet", "shënime", "napomena", "napomene",
         "primedba", "primedbe", "bemærkning", "bemærkninger", "noter"),
    ),
}  # fmt: skip

STAY_FIELDS: Fields = MappingProxyType(
    {
        "stay_id": FieldWords(
            N_("Number of the stay"),
            ("stay no", "stay number", "admission no", "admission number", "admission id", "booking no", "booking id",
             "key", "source key", "id e qëndrimit", "nr i qëndrimit", "numri i qëndrimit", "broj boravka",
             "id boravka", "opholdsnr", "opholdsnummer", "ophold nr", "ophold id"),
        ),
        "person_id": FieldWords(
            N_("Number of the person"),
            ("person no", "person number", "personal number", "partner number", "case no", "case number", "case id",
             "a number", "alien number", "file no", "file number", "resident no", "resident number", "inmate id",
             "inmateid", "id", "id no", "numri i personit", "nr i personit", "id e personit", "numri personal",
             "nr personal", "numri i rastit", "numri i lëndës", "broj osobe", "id osobe", "lični broj", "matični broj",
             "broj predmeta", "sagsnr", "sagsnummer", "personnr", "personnummer", "person id nr"),
        ),
        **_PERSON,
        "arrived_on": FieldWords(
            N_("Arrival: date"),
            ("arrival", "arrived", "arrival date", "arrived at", "arrived date", "date of arrival", "entry date",
             "entry", "date of entry", "admission", "admitted", "admission date", "date of admission", "check in",
             "data e mbërritjes", "mbërritja", "data e ardhjes", "ardhja", "data e hyrjes", "hyrja",
             "data e pranimit", "datum dolaska", "dolazak", "datum ulaska", "datum prijema", "prijem", "ankomst",
             "ankomstdato", "dato for ankomst", "indsat", "indsættelsesdato", "indrejsedato"),
        ),
        "arrived_time": FieldWords(
            N_("Arrival: time"),
            ("arrival time", "time of arrival", "entry time", "time of entry", "admission time", "time in",
             "ora e mbërritjes", "koha e mbërritjes", "ora e ardhjes", "ora e hyrjes", "vreme dolaska",
             "vreme ulaska", "vreme prijema", "vrijeme dolaska", "ankomsttid", "ankomsttidspunkt", "ankomst kl",
             "tidspunkt for ankomst"),
        ),
        "departed_on": FieldWords(
            N_("Departure: date"),
            ("departure", "departed", "departure date", "departed at", "departed date", "date of departure",
             "exit date", "exit", "date of exit", "discharge", "discharged", "discharge date", "check out",
             "data e largimit", "largimi", "data e daljes", "dalja", "data e nisjes", "datum odlaska", "odlazak",
             "datum izlaska", "datum otpusta", "afrejse", "afrejsedato", "dato for afrejse", "udrejsedato",
             "udskrevet"),
        ),
        "departed_time": FieldWords(
            N_("Departure: time"),
            ("departure time", "time of departure", "exit time", "time of exit", "discharge time", "time out",
             "ora e largimit", "koha e largimit", "ora e daljes", "vreme odlaska", "vreme izlaska",
             "vrijeme odlaska", "afrejsetid", "afrejsetidspunkt", "afrejse kl", "tidspunkt for afrejse"),
        ),
        "departure_kind": FieldWords(
            N_("Departure: kind"),
            ("kind of departure", "departure type", "type of departure", "departure reason", "reason for departure",
             "reason for leaving", "exit reason", "exit type", "discharge reason", "lloji i largimit",
             "mënyra e largimit", "arsyeja e largimit", "vrsta odlaska", "način odlaska", "razlog odlaska",
             "afrejseårsag", "årsag til afrejse", "afrejsemåde"),
        ),
        "destination": FieldWords(
            N_("Departure: destination"),
            ("destination country", "country of destination", "onward destination", "left for", "destinacioni",
             "vendi i destinacionit", "shteti i destinacionit", "odredište", "zemlja odredišta", "destinationsland",
             "bestemmelsessted", "bestemmelsesland", "rejsemål"),
        ),
        "age_on_arrival": FieldWords(
            N_("Age on arrival"),
            ("age at arrival", "age at admission", "age on admission", "mosha në mbërritje", "mosha në ardhje",
             "starost pri dolasku", "starost na dolasku", "alder ved ankomst"),
        ),
        "age": FieldWords(
            N_("Age"), ("age when first seen", "age in years", "mosha", "starost", "godine starosti", "alder")
        ),
    }
)  # fmt: skip
"""What a file of stays can have. A stay needs an arrival date and a way to tell whose it is."""

LIST_FIELDS: Fields = MappingProxyType(
    {
        "list_number": FieldWords(
            N_("Number on the list"),
            ("no", "nr", "number", "s no", "serial no", "line", "line no", "item", "numri rendor", "nr rendor",
             "r b", "rb", "r br", "redni broj", "lb nr", "lbnr", "løbenr", "løbenummer"),
        ),
        "partner_number": FieldWords(
            N_("Partner's number"),
            ("case no", "case number", "case id", "case ref", "file no", "file number", "reference", "reference no",
             "a number", "alien number", "alien no", "partner number", "person id", "numri i rastit", "nr i rastit",
             "numri i lëndës", "nr i lëndës", "broj predmeta", "br predmeta", "sagsnr", "sagsnummer", "sag nr"),
        ),
        "case": FieldWords(N_("Case"), ("rasti", "lënda", "predmet", "slučaj", "sag")),
        "case_person": FieldWords(
            N_("Person within the case"),
            ("person", "person no", "member", "member no", "personi", "anëtari", "osoba", "lice", "član", "medlem"),
        ),
        **_PERSON,
        "relation": FieldWords(
            N_("Relation"),
            ("relationship", "relation to head", "relationship to head", "lidhja", "lidhja familjare", "farefisnia",
             "srodstvo", "odnos", "slægtskab", "familieforhold"),
        ),
        "family_group": FieldWords(
            N_("Family group"),
            ("family", "family no", "family unit", "household", "grupi familjar", "familja", "porodica",
             "porodična grupa", "familie", "familiegruppe", "husstand"),
        ),
        "document_kind": FieldWords(
            N_("Document: kind"),
            ("travel document", "document", "document type", "type of document", "kind of document", "id document",
             "dokumenti", "lloji i dokumentit", "dokument", "vrsta dokumenta", "putna isprava", "dokumenttype",
             "rejsedokument"),
        ),
        "document_number": FieldWords(
            N_("Document: number"),
            ("document no", "document number", "doc no", "doc number", "passport", "passport no", "passport number",
             "tazkira", "tazkera", "tazkira no", "tazkira passport", "tazkira or passport", "id card no",
             "numri i dokumentit", "nr i dokumentit", "numri i pasaportës", "pasaporta", "broj dokumenta",
             "broj isprave", "broj pasoša", "pasoš", "dokumentnr", "dokumentnummer", "pas", "pasnr", "pasnummer"),
        ),
        "document_expiry": FieldWords(
            N_("Document: expires on"),
            ("document expiry", "document expires", "expiry", "expiry date", "expires", "expires on", "date of expiry",
             "valid until", "passport expiry", "data e skadimit", "skadon", "vlen deri", "datum isteka", "važi do",
             "ističe", "udløb", "udløber", "udløbsdato", "gyldig til"),
        ),
        "final_order_on": FieldWords(
            N_("Final order"),
            ("final order date", "date of final order", "final decision", "order date", "vendimi përfundimtar",
             "data e vendimit përfundimtar", "data e vendimit", "konačna odluka", "datum konačne odluke",
             "pravosnažna odluka", "datum pravosnažnosti", "endelig afgørelse", "dato for endelig afgørelse"),
        ),
        "criminal_history": FieldWords(
            N_("Criminal history"),
            ("criminal record", "criminal convictions", "convictions", "precedentë penalë", "e kaluara kriminale",
             "krivična prošlost", "osuđivan", "kaznena evidencija", "straffet", "tidligere straffet", "straffeattest"),
        ),
        "expulsion_ordered": FieldWords(
            N_("Expulsion ordered"),
            ("expulsion", "expulsion order", "deportation order", "dëbimi", "urdhri i dëbimit", "proterivanje",
             "nalog za proterivanje", "udvisning", "udvist"),
        ),
        "sentenced_on": FieldWords(
            N_("Sentenced on"),
            ("sentence date", "date of sentence", "sentenced", "judgment date", "date of judgment",
             "data e dënimit", "data e aktgjykimit", "datum presude", "presuđeno", "dom afsagt", "domsdato", "dom"),
        ),
        "sentence_months": FieldWords(
            N_("Sentence in months"),
            ("sentence months", "sentence length", "length of sentence", "sentence", "dënimi", "kohëzgjatja e dënimit",
             "dužina kazne", "kazna", "kazna u mesecima", "straflængde", "straflængde mdr", "straf mdr"),
        ),
        "release_on": FieldWords(
            N_("Expected release"),
            ("release date", "expected release date", "date of release", "lirimi", "data e lirimit",
             "lirimi i pritshëm", "datum puštanja", "očekivano puštanje", "datum otpusta", "løsladelse",
             "forventet løsladelse", "løsladelsesdato"),
        ),
        "destination": FieldWords(
            N_("Destination"),
            ("onward destination", "destination country", "country of destination", "destinacioni", "odredište",
             "destinationsland", "bestemmelsessted"),
        ),
        "vetting": FieldWords(
            N_("Vetting"),
            ("vetting status", "vetted", "security check", "verifikimi", "provera", "bezbednosna provera",
             "sikkerhedsgodkendelse"),
        ),
        "needs": FieldWords(
            N_("Needs"), ("special needs", "vulnerability", "vulnerabilities", "nevojat", "potrebe", "posebne potrebe",
                          "behov", "særlige behov")
        ),
    }
)  # fmt: skip
"""What a proposed list can have."""
