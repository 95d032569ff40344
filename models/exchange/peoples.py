"""What the people of a country are called in the languages of lists: English, Albanian, Serbian and Danish.

Serbian adjectives are told by their stem, to which the endings of the three genders belong; an Albanian word by the
form for a man, to which the one for a woman belongs.
"""

from collections.abc import Iterator

_PEOPLES = """
AF | afghan, afghani | afgan | avganistansk: avganistanac, avganistanka, avganac | afghansk, afghaner
AL | albanian | shqiptar | albansk: albanac, albanka | albansk, albaner
AM | armenian | armen | jermensk: jermenin, jermenka | armensk, armener, armenier
AO | angolan | angolez, angolan | angolsk: angolac | angolansk, angolaner
AR | argentine, argentinian, argentinean | argjentinas | argentinsk: argentinac | argentinsk, argentiner
AT | austrian | austriak | austrijsk: austrijanac | østrigsk, østriger
AU | australian | australian | australijsk: australijanac | australsk, australier
AZ | azerbaijani, azeri | azerbajxhanas, azer | azerbejdžansk: azerbejdžanac | aserbajdsjansk
BA | bosnian, bosnian-herzegovinian, bosniak | boshnjak | bosansk: bosanac, bosanka | bosnisk, bosnier
BD | bangladeshi | bangladeshas | bangladešk: bangladešanin | bangladeshisk, bangladesher
BE | belgian | belg | belgijsk: belgijanac | belgisk, belgier
BF | burkinabe, burkinabé | burkinabez | burkinsk | burkinsk
BG | bulgarian | bullgar | bugarsk: bugarin, bugarka | bulgarsk, bulgarer
BI | burundian | burundez | burundijsk: burundžanin | burundisk, burunder
BO | bolivian | bolivian | bolivijsk: bolivijac | boliviansk, bolivianer
BR | brazilian | brazilian | brazilsk: brazilac | brasiliansk, brasilianer
BY | belarusian, belarussian, byelorussian | bjellorus | belorusk: belorus | belarusisk, hviderussisk, hviderusser
CA | canadian | kanadez | kanadsk: kanađanin | canadisk, canadier
CH | swiss | zviceran | švajcarsk: švajcarac | schweizisk, schweizer
CI | ivorian, ivoirian | ivorian, bregfildishtas | slonovačk | ivoriansk, ivorianer
CL | chilean | kilian | čileansk: čileanac | chilensk, chilener
CM | cameroonian | kamerunas | kamerunsk: kamerunac | camerounsk, cameruner
CN | chinese | kinez | kinesk: kinez, kineskinja | kinesisk, kineser
CO | colombian | kolumbian | kolumbijsk: kolumbijac | colombiansk, colombianer
CR | costa rican | kostarikan | kostarikansk | costaricansk, costaricaner
CU | cuban | kuban | kubansk: kubanac | cubansk, cubaner
CY | cypriot | qipriot | kiparsk: kipranin | cypriotisk, cypriot
CZ | czech | çek | češk: čeh, čehinja | tjekkisk, tjekke
DE | german | gjerman | nemačk: nemac, nemica | tysk, tysker
DK | danish, dane | danez | dansk: danac | dansk, dansker
DZ | algerian | algjerian | alžirsk: alžirac | algerisk, algerier
EC | ecuadorian, ecuadorean | ekuadorian | ekvadorsk: ekvadorac | ecuadoriansk, ecuadorianer
EE | estonian | estonez | estonsk: estonac | estisk, ester
EG | egyptian | egjiptian | egipatsk: egipćanin | egyptisk, egypter
ER | eritrean | eritreas, eritrean | eritrejsk: eritrejac | eritreisk, eritreer
ES | spanish, spaniard | spanjoll | španjolsk, špansk: španac | spansk, spanier
ET | ethiopian | etiopas, etiopian | etiopsk: etiopljanin | etiopisk, etioper
FI | finnish, finn | finlandez | finsk: finac | finsk, finne
FR | french | francez | francusk: francuz, francuskinja | fransk, franskmand
GB | british, briton | britanik | britansk: britanac | britisk, brite
GE | georgian | gjeorgjian | gruzijsk: gruzijac, gruzin | georgisk, georgier
GH | ghanaian, ghanian | ganez | gansk: ganac | ghanesisk, ghaneser
GM | gambian | gambian | gambijsk: gambijac | gambisk, gambianer
GN | guinean | guineas, guinean | gvinejsk: gvinejac | guineansk, guineaner
GQ | equatorial guinean, equatoguinean | ekuatoguineas | ekvatorijalnogvinejsk | ækvatorialguineansk
GR | greek, hellenic | grek | grčk: grk, grkinja | græsk, græker
GT | guatemalan | guatemalas | gvatemalsk: gvatemalac | guatemalansk, guatemalaner
GW | bissau guinean, bissau-guinean, guinea-bissauan | | gvinejsko-bisaosk | guineabissauansk
HN | honduran | honduran | hondurašk: honduranac | honduransk, honduraner
HR | croatian, croat | kroat | hrvatsk: hrvat, hrvatica | kroatisk, kroat
HT | haitian | haitian | haićansk: haićanin | haitiansk, haitianer
HU | hungarian | hungarez | mađarsk: mađar, mađarica | ungarsk, ungarer
ID | indonesian | indonezian | indonežansk: indonežanin | indonesisk, indoneser
IE | irish | irlandez | irsk: irac | irsk, irlænder
IL | israeli | izraelit | izraelsk: izraelac | israelsk, israeler
IN | indian | indian | indijsk: indijac | indisk, inder
IQ | iraqi | irakian, irakien, irakas | iračk: iračanin, iračanka | irakisk, iraker
IR | iranian, persian | iranian | iransk: iranac, iranka | iransk, iraner
IS | icelandic, icelander | islandez | islandsk: islanđanin | islandsk, islænding
IT | italian | italian | italijansk: italijan | italiensk, italiener
JM | jamaican | xhamajkan | jamajčansk: jamajčanin | jamaicansk, jamaicaner
JO | jordanian | jordanez | jordansk: jordanac | jordansk, jordaner
JP | japanese | japonez | japansk: japanac | japansk, japaner
KE | kenyan | kenian | kenijsk: kenijac | kenyansk, kenyaner
KG | kyrgyz, kyrgyzstani, kirghiz | kirgiz | kirgisk, kirgistansk: kirgiz | kirgisisk, kirgiser
KH | cambodian | kamboxhian | kambodžansk: kambodžanac | cambodjansk, cambodjaner
KW | kuwaiti | kuvajtian | kuvajtsk: kuvajćanin | kuwaitisk, kuwaiter
KZ | kazakh, kazakhstani | kazak | kazahstansk, kazašk: kazahstanac | kasakhisk, kasakher
LA | lao, laotian | laosian | laošk: laošanin | laotisk
LB | lebanese | libanez | libansk: libanac, libanka | libanesisk, libaneser
LK | sri lankan | srilankez | šrilankansk, šrilančansk, šrilansk: šrilančanin | srilankansk, srilankaner
LR | liberian | liberian | liberijsk: liberijac | liberisk, liberianer
LT | lithuanian | lituanez | litvansk: litvanac | litauisk, litauer
LV | latvian | letonez | letonsk: letonac | lettisk, letter
LY | libyan | libian | libijsk: libijac | libysk, libyer
MA | moroccan | maroken | marokansk: marokanac, marokanka | marokkansk, marokkaner
MD | moldovan | moldav | moldavsk: moldavac | moldovisk, moldover
ME | montenegrin | malazez | crnogorsk: crnogorac, crnogorka | montenegrinsk, montenegriner
MK | macedonian, north macedonian | maqedonas | makedonsk: makedonac, makedonka | makedonsk, nordmakedonsk
ML | malian | malian | malijsk: malijac | malisk, malier
MM | burmese, myanmarese | birmanez, burman | burmansk, mjanmarsk: burmanac | burmesisk, burmeser, burmansk, burmaner
MN | mongolian, mongol | mongol | mongolsk: mongol | mongolsk, mongoler
MR | mauritanian | mauritan | mauritanijsk: mauritanac | mauretansk, mauretaner
MX | mexican | meksikan | meksičk: meksikanac | mexicansk, mexicaner
MZ | mozambican | mozambikas | mozambičk | mozambiquisk
NE | nigerien | nigeras | nigersk: nigerac | nigersk
NG | nigerian | nigerian | nigerijsk: nigerijac | nigeriansk, nigerianer
NI | nicaraguan | nikaraguan | nikaragvansk: nikaragvanac | nicaraguansk, nicaraguaner
NL | dutch, hollander, holland | holandez, hollandez | holandsk: holanđanin | hollandsk, nederlandsk, hollænder
NO | norwegian | norvegjez | norvešk: norvežanin | norsk, nordmand
NP | nepalese, nepali | nepalez | nepalsk: nepalac | nepalesisk, nepaleser
NZ | new zealander | | novozelandsk: novozelanđanin | newzealandsk
PE | peruvian | peruan | peruansk: peruanac | peruviansk, peruaner
PH | filipino, filipina, philippine | filipinas | filipinsk: filipinac | filippinsk, filippiner
PK | pakistani | pakistanez | pakistansk: pakistanac, pakistanka | pakistansk, pakistaner
PL | polish, pole | polak | poljsk: poljak, poljakinja | polsk, polak
PS | palestinian | palestinez | palestinsk: palestinac | palæstinensisk, palæstinenser
PT | portuguese | portugez | portugalsk: portugalac | portugisisk, portugiser
RO | romanian | rumun | rumunsk: rumun, rumunka | rumænsk, rumæner
RS | serbian, serb | serb | srpsk: srbin, srpkinja | serbisk, serber
RU | russian | rus | rusk: rus, ruskinja | russisk, russer
RW | rwandan, rwandese | ruandez | ruandsk: ruanđanin | rwandisk, rwander
SA | saudi, saudi arabian | saudit | saudijsk: saudijac | saudiarabisk, saudiaraber
SD | sudanese | sudanez | sudansk: sudanac | sudanesisk, sudaneser, sudaner
SE | swedish, swede | suedez | švedsk: šveđanin | svensk, svensker
SI | slovenian, slovene | slloven | slovenačk: slovenac, slovenka | slovensk, slovener
SK | slovak, slovakian | sllovak | slovačk: slovak | slovakisk, slovak
SL | sierra leonean | sierraleonez | sijeraleonsk: sijeraleonac | sierraleonsk, sierraleoner
SN | senegalese | senegalez | senegalsk: senegalac | senegalesisk, senegaleser
SO | somali, somalian | somalez | somalijsk, somalsk: somalijac, somalijka | somalisk, somalier
SS | south sudanese | sudanez i jugut, jugsudanez | južnosudansk: južnosudanac | sydsudanesisk, sydsudaneser
SV | salvadoran, salvadorean, salvadorian | salvadorian | salvadorsk: salvadorac | salvadoransk, salvadoraner
SY | syrian | sirian | sirijsk: sirijac, sirijka | syrisk, syrer
TD | chadian | çadian | čadsk: čađanin | tchadisk
TG | togolese | togolez | togoansk | togolesisk
TH | thai | tajlandez | tajlandsk: tajlanđanin | thailandsk, thailænder
TJ | tajik, tadjik, tajikistani | taxhik | tadžičk, tadžikistansk: tadžik | tadsjikisk, tadsjiker
TM | turkmen | turkmen | turkmensk: turkmen | turkmensk, turkmener
TN | tunisian | tunizian | tunišk, tunisk: tunižanin | tunesisk, tuneser
TR | turkish, turk | turk | tursk: turčin, turkinja | tyrkisk, tyrk, tyrker
TZ | tanzanian | tanzanian | tanzanijsk: tanzanijac | tanzanisk, tanzanier
UA | ukrainian | ukrainas | ukrajinsk: ukrajinac, ukrajinka | ukrainsk, ukrainer
UG | ugandan | ugandez | ugandsk: uganđanin | ugandisk, ugander
US | american, us american, u.s. american | amerikan | američk: amerikanac | amerikansk, amerikaner
UZ | uzbek, uzbekistani | uzbek | uzbečk, uzbekistansk: uzbek | usbekisk, usbeker
VE | venezuelan | venezuelas | venecuelansk, venezuelansk: venecuelanac, venezuelanac | venezuelansk, venezuelaner
VN | vietnamese | vietnamez | vijetnamsk: vijetnamac | vietnamesisk, vietnameser
XK | kosovar, kosovan | kosovar | kosovsk: kosovac, kosovar | kosovansk, kosovarsk, kosovoalbansk
YE | yemeni, yemenite | jemenas | jemensk: jemenac | yemenitisk, yemenit
ZA | south african | afrikano-jugor, jugafrikan | južnoafričk: južnoafrikanac | sydafrikansk, sydafrikaner
ZM | zambian | zambian | zambijsk: zambijac | zambisk, zambier
ZW | zimbabwean | zimbabvean | zimbabveansk | zimbabwisk
MU | mauritian | mauricas | mauricijusk, mauricijsk | mauritisk
AE | emirati | emiratas | emiratsk: emiraćanin | emiratisk
QA | qatari | katarian | katarsk: kataranin | qatarsk
BH | bahraini | bahreinas | bahreinsk: bahreinac | bahrainsk
OM | omani | omanez | omansk: omanac | omansk
KM | comorian, comoran | komorez | komorsk: komorac | comorisk
MG | malagasy | malagazez | madagaskarsk: madagaskarac | madagaskisk, madagassisk
LS | basotho, mosotho | | |
BW | motswana, botswanan | botsvanas | bocvansk: bocvanac | botswansk
BJ | beninese | beninez | beninsk: beninac | beninsk
GA | gabonese | gabonez | gabonsk: gabonac | gabonesisk, gabonsk
MW | malawian | malavian | malavijsk: malavijac | malawisk
NA | namibian | namibian | namibijsk: namibijac | namibisk
SZ | swazi | | |
DJ | djiboutian | xhibutian | džibutsk: džibućanin | djiboutisk
CF | central african | centralafrikan, afrikano-qendror | srednjoafričk, centralnoafričk | centralafrikansk
EH | sahrawi, saharawi | saharavi | zapadnosaharsk | sahrawisk, vestsaharisk
CV | cape verdean | kepverdian | zelenortsk | kapverdisk
ST | sao tomean | | |
SC | seychellois | | |
GY | guyanese | guajanez | gvajansk: gvajanac | guyansk
SR | surinamese | surinamez | surinamsk: surinamac | surinamsk
PY | paraguayan | paraguaian | paragvajsk: paragvajac | paraguayansk
UY | uruguayan | uruguaian | urugvajsk: urugvajac | uruguayansk
PA | panamanian | panamez | panamsk: panamac | panamansk
BZ | belizean | | |
BS | bahamian | | |
BB | barbadian | | |
TT | trinidadian | | |
GD | grenadian | | |
LC | saint lucian, st lucian | | |
VC | vincentian | | |
KN | kittitian | | |
AG | antiguan | | |
MT | maltese | maltez | maltešk: maltežanin | maltesisk
LU | luxembourgish, luxembourger | luksemburgas | luksemburšk: luksemburžanin | luxembourgsk, luxemburgsk
MC | monegasque | | |
AD | andorran | | |
SM | sammarinese | | |
LI | liechtensteiner | | |
BT | bhutanese | butanez | butansk: butanac | bhutansk
MV | maldivian | maldivas | maldivsk: maldivac | maldivisk
MY | malaysian | malajzian | malezijsk: malezijac | malaysisk
SG | singaporean | singaporez | singapursk: singapurac | singaporeansk
BN | bruneian | | |
TW | taiwanese | tajvanez | tajvansk: tajvanac | taiwansk, taiwanesisk, taiwaner
HK | hong konger | | |
TL | timorese, east timorese | timorez | istočnotimorsk: istočnotimorac | østtimoresisk
PG | papua new guinean | | |
FJ | fijian | fixhian | fidžijsk: fidžijac | fijiansk
TO | tongan | | |
PW | palauan | | |
MH | marshallese | | |
NR | nauruan | | |
TV | tuvaluan | | |
KI | i-kiribati | | |
SB | solomon islander | | |
VU | ni-vanuatu | | |
KP | north korean | koreano-verior, verikorean | severnokorejsk: severnokorejac | nordkoreansk, nordkoreaner
KR | south korean | koreano-jugor, jugkorean | južnokorejsk: južnokorejac | sydkoreansk, sydkoreaner
ME | montenegrian | | |
"""


def peoples() -> Iterator[tuple[str, str]]:
    """The code of a country, and each word for its people."""
    for line in _PEOPLES.strip().splitlines():
        code, english, albanian, serbian, danish = (part.strip() for part in line.split("|"))
        adjectives, _, persons = serbian.partition(":")
        words = [*_words(english), *_words(danish), *_words(persons)]
        words += [f"{word}s" for word in _words(english)]
        words += [form for word in _words(albanian) for form in (word, f"{word}e")]
        words += [f"{stem}{ending}" for stem in _words(adjectives) for ending in ("i", "a", "o", "og", "e", "oj")]
        for word in words:
            yield code, word


def _words(several: str) -> list[str]:
    return [word.strip() for word in several.split(",") if word.strip()]
