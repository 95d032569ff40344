"""Codes that the world has agreed on: which countries and currencies there are."""

from models.errors import Refused

STATELESS = "XXA"
"""Of a person of no country (ICAO Doc 9303)."""

_COUNTRIES = """
AC AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY
BZ CA CC CD CF CG CH CI CK CL CM CN CO CP CQ CR CU CV CW CX CY CZ DE DG DJ DK DM DO DZ EA EC EE EG EH ER ES ET
FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU IC ID IE IL IM IN
IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG
MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL
PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TA TC TD
TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW
"""

COUNTRIES = frozenset(_COUNTRIES.split())
"""ISO 3166 alpha-2, with Kosovo and the few territories that have a name of their own in the CLDR: no group of
countries, and no code that stands for none."""

_CURRENCIES = """
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP
CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG
HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA
MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD
RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD
UYU UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
"""

CURRENCIES = frozenset(_CURRENCIES.split())
"""ISO 4217, what is legal tender somewhere; and the kuna, since agreements of its time go on."""


def checked_country(code: str, field: str | None, *, stateless: bool = False) -> str:
    """The code of a country as it is kept: in capital letters.

    Args:
        code: What was given; nothing is no country.
        field: Of the form.
        stateless: Whether `XXA` will do.

    Raises:
        Refused: There is no such country.
    """
    tidy = code.strip().upper()
    if tidy not in COUNTRIES and not (stateless and tidy == STATELESS):
        raise Refused("This is no country. Choose it from the list, or give its two letters, such as AF.", field=field)
    return tidy


def checked_currency(code: str) -> str:
    """The code of a currency as it is kept: in capital letters.

    Raises:
        Refused: Of the field `currency`: there is no such currency.
    """
    tidy = code.strip().upper()
    if tidy not in CURRENCIES:
        raise Refused("Give the currency by its three letters, such as EUR.", field="currency")
    return tidy
