"""The leaflet on rights in languages that Konak speaks nowhere else: what it says there, and who has one.

The texts are those of `reports.admissions`, by their English sentence; a language has every one of them.
"""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from models.text import LANGUAGES

_DARI: Mapping[str, str] = {
    "Leaflet on rights": "ورقهٔ حقوق",
    "Your rights": "حقوق شما",
    "You may know why you are here, who decided it, and how you can appeal against it.":
        "شما حق دارید بدانید که چرا اینجا هستید، چه کسی این تصمیم را گرفته است، و چگونه می‌توانید علیه آن اعتراض کنید.",
    "You may speak with a lawyer, in private.":
        "شما می‌توانید با وکیل مدافع به‌طور خصوصی صحبت کنید.",
    "You may have your family told that you are here, and your consulate only if you want it.":
        "شما می‌توانید بخواهید که به خانوادهٔ شما خبر داده شود که اینجا هستید؛ به قونسلگری کشورتان تنها در صورتی "
        "خبر داده می‌شود که خودتان بخواهید.",
    "You see a doctor or a nurse within 24 hours, and whenever you ask for it. They alone learn what is found.":
        "شما در ظرف ۲۴ ساعت، و هر زمان که بخواهید، توسط داکتر یا نرس معاینه می‌شوید. تنها آن‌ها از نتیجه آگاه می‌شوند.",
    "Nobody may beat, threaten or humiliate you. You may complain, also to people from outside, and in secret.":
        "هیچ‌کس حق ندارد شما را بزند، تهدید کند یا تحقیر کند. شما می‌توانید شکایت کنید، به اشخاص بیرون از این مرکز "
        "نیز، و به‌گونهٔ محرمانه.",
    "What you hand in is written down, and you get it again when you leave.":
        "هرچه تحویل می‌دهید نوشته می‌شود، و هنگام رفتن دوباره آن را دریافت می‌کنید.",
    "You may practise your religion, and tell us what you may not eat.":
        "شما می‌توانید مراسم دین خود را به‌جا آورید، و به ما بگویید چه چیزهایی را نباید بخورید.",
    "Children are treated as children, and live with their family unless that would harm them.":
        "با اطفال مانند طفل رفتار می‌شود، و آن‌ها با خانوادهٔ خود زندگی می‌کنند، مگر این‌که این کار به آن‌ها آسیب برساند.",
    "The rules of the house were explained to you. Ask if anything is not clear, in a language that you understand.":
        "مقررات این مرکز برای شما توضیح داده شد. اگر چیزی روشن نیست، به زبانی که می‌فهمید بپرسید.",
    "This was explained to me in a language that I understand, and I was given it in writing. I may refuse to sign; "
    "nothing follows from that.":
        "این مطالب به زبانی که می‌فهمم برایم توضیح داده شد و به‌صورت نوشته به من داده شد. می‌توانم از امضا کردن "
        "خودداری کنم؛ این کار هیچ پیامدی ندارد.",
    "In which language": "به کدام زبان",
    "Interpreter": "ترجمان",
    "Explained by": "توضیح‌دهنده",
    "The person, or why not signed": "شخص، یا دلیل امضا نکردن",
    "{who}: date and signature": "{who}: تاریخ و امضا",
}  # fmt: skip
_ARABIC: Mapping[str, str] = {
    "Leaflet on rights": "نشرة الحقوق",
    "Your rights": "حقوقك",
    "You may know why you are here, who decided it, and how you can appeal against it.":
        "من حقك أن تعرف سبب وجودك هنا، ومن اتخذ القرار، وكيف يمكنك الطعن فيه.",
    "You may speak with a lawyer, in private.":
        "يحق لك أن تتحدث مع محامٍ على انفراد.",
    "You may have your family told that you are here, and your consulate only if you want it.":
        "يحق لك أن تطلب إبلاغ عائلتك بأنك هنا، ولا تُبلَّغ قنصليتك إلا إذا أردت ذلك.",
    "You see a doctor or a nurse within 24 hours, and whenever you ask for it. They alone learn what is found.":
        "يفحصك طبيب أو ممرض خلال 24 ساعة، وكلما طلبت ذلك. وهم وحدهم من يطّلع على نتيجة الفحص.",
    "Nobody may beat, threaten or humiliate you. You may complain, also to people from outside, and in secret.":
        "لا يجوز لأحد أن يضربك أو يهددك أو يهينك. ويحق لك أن تشتكي، لجهات من خارج المركز أيضًا، وبصورة سرية.",
    "What you hand in is written down, and you get it again when you leave.":
        "يُدوَّن كل ما تسلّمه، وتستعيده عند مغادرتك.",
    "You may practise your religion, and tell us what you may not eat.":
        "يحق لك أن تمارس شعائر دينك، وأن تخبرنا بما لا يجوز لك أكله.",
    "Children are treated as children, and live with their family unless that would harm them.":
        "يُعامَل الأطفال معاملة الأطفال، ويعيشون مع عائلتهم ما لم يكن في ذلك ضرر عليهم.",
    "The rules of the house were explained to you. Ask if anything is not clear, in a language that you understand.":
        "لقد شُرحت لك قواعد المركز. اسأل بلغة تفهمها إذا كان هناك شيء غير واضح.",
    "This was explained to me in a language that I understand, and I was given it in writing. I may refuse to sign; "
    "nothing follows from that.":
        "شُرح لي هذا بلغة أفهمها، وسُلِّم إليّ مكتوبًا. يحق لي أن أرفض التوقيع، ولا يترتب على ذلك شيء.",
    "In which language": "بأي لغة",
    "Interpreter": "المترجم",
    "Explained by": "شرحها",
    "The person, or why not signed": "الشخص المعني، أو سبب عدم التوقيع",
    "{who}: date and signature": "{who}: التاريخ والتوقيع",
}  # fmt: skip
_PASHTO: Mapping[str, str] = {
    "Leaflet on rights": "د حقونو پاڼه",
    "Your rights": "ستاسو حقونه",
    "You may know why you are here, who decided it, and how you can appeal against it.":
        "تاسو حق لرئ پوه شئ چې ولې دلته یاست، دا پرېکړه چا کړې ده، او څنګه کولای شئ پر هغې اعتراض وکړئ.",
    "You may speak with a lawyer, in private.":
        "تاسو کولای شئ له مدافع وکیل سره په خصوصي توګه خبرې وکړئ.",
    "You may have your family told that you are here, and your consulate only if you want it.":
        "تاسو کولای شئ وغواړئ چې ستاسو کورنۍ ته خبر ورکړل شي چې تاسو دلته یاست؛ ستاسو د هېواد قونسلګرۍ ته یوازې "
        "هغه وخت خبر ورکول کېږي چې تاسو یې پخپله وغواړئ.",
    "You see a doctor or a nurse within 24 hours, and whenever you ask for it. They alone learn what is found.":
        "ډاکټر یا نرس تاسو په ۲۴ ساعتونو کې، او هر وخت چې تاسو یې وغواړئ، معاینه کوي. یوازې هغوی له پایلې خبرېږي.",
    "Nobody may beat, threaten or humiliate you. You may complain, also to people from outside, and in secret.":
        "هېڅوک حق نه لري چې تاسو ووهي، وګواښي یا سپک کړي. تاسو کولای شئ شکایت وکړئ، له دې مرکز څخه بهر کسانو ته هم، "
        "او په پټه توګه.",
    "What you hand in is written down, and you get it again when you leave.":
        "هر څه چې تاسو سپارئ لیکل کېږي، او د تلو پر وخت بېرته درکول کېږي.",
    "You may practise your religion, and tell us what you may not eat.":
        "تاسو کولای شئ خپل دیني مراسم ترسره کړئ، او موږ ته ووایاست چې کوم شیان باید ونه خورئ.",
    "Children are treated as children, and live with their family unless that would harm them.":
        "له ماشومانو سره د ماشومانو په توګه چلند کېږي، او هغوی له خپلې کورنۍ سره اوسېږي، مګر دا چې دا کار هغوی ته زیان "
        "ورسوي.",
    "The rules of the house were explained to you. Ask if anything is not clear, in a language that you understand.":
        "د دې مرکز مقررات تاسو ته تشریح شول. که څه شی روښانه نه وي، په هغه ژبه وپوښتئ چې تاسو پرې پوهېږئ.",
    "This was explained to me in a language that I understand, and I was given it in writing. I may refuse to sign; "
    "nothing follows from that.":
        "دا معلومات ما ته په هغه ژبه تشریح شول چې زه پرې پوهېږم، او په لیکلې بڼه راکړل شول. زه کولای شم له لاسلیک کولو "
        "ډډه وکړم؛ دا کار هېڅ پایله نه لري.",
    "In which language": "په کومه ژبه",
    "Interpreter": "ژباړن",
    "Explained by": "تشریح کوونکی",
    "The person, or why not signed": "شخص، یا د نه لاسلیک کولو دلیل",
    "{who}: date and signature": "{who}: نېټه او لاسلیک",
}  # fmt: skip
TEXTS: Mapping[str, Mapping[str, str]] = MappingProxyType({"prs": _DARI, "fa": _DARI, "ps": _PASHTO, "ar": _ARABIC})
"""The leaflet by language (ISO 639). Whoever reads Persian reads the text in Dari, which is written alike."""


def language_of(spoken: Iterable[str]) -> str | None:
    """The first language of a person in which there is a leaflet; None where there is in none.

    Args:
        spoken: The languages of the person (ISO 639), the best first.
    """
    return next((code for code in spoken if code in LANGUAGES or code in TEXTS), None)
