"""A questionnaire with every kind of question in every look, in English and in Arabic."""

from consultations.questionnaires.structure import Choice, Question, Questionnaire, Section


def both(en: str, ar: str) -> dict[str, str]:
    """Words in the two languages."""
    return {"en": en, "ar": ar}


ARTICLE = "art_1"
OTHER = Choice("other", both("Another way", "بطريقة أخرى"), specify=True)
NONE = Choice("none", both("None of these", "لا شيء مما سبق"), exclusive=True)

SOURCES = (
    Choice("radio", both("Radio", "الإذاعة")),
    Choice("meeting", both("A village meeting", "اجتماع القرية")),
    Choice("phone", both("Text messages", "الرسائل النصية")),
    OTHER,
)
AGREEMENT = (
    Choice("1", both("Strongly disagree", "أعارض بشدة")),
    Choice("2", both("Disagree", "أعارض")),
    Choice("3", both("Neither", "محايد")),
    Choice("4", both("Agree", "أوافق")),
    Choice("5", both("Strongly agree", "أوافق بشدة")),
)
SEVEN = tuple(
    Choice(str(point), both(en, ar))
    for point, en, ar in (
        (1, "Not at all", "على الإطلاق لا"),
        *((point, str(point), str(point)) for point in range(2, 7)),
        (7, "Completely", "تمامًا"),
    )
)
TEN = tuple(
    Choice(
        str(point),
        both(
            {0: "No trust", 10: "Full trust"}.get(point, str(point)),
            {0: "لا ثقة", 10: "ثقة كاملة"}.get(point, str(point)),
        ),
    )
    for point in range(11)
)
VOTE = (
    Choice("agree", both("Agree", "أوافق")),
    Choice("disagree", both("Disagree", "لا أوافق")),
    Choice("pass", both("Pass", "أتجاوز")),
)
COUNTRIES = (
    *(
        Choice(code, both(en, ar))
        for code, en, ar in (
            ("DZ", "Algeria", "الجزائر"),
            ("BH", "Bahrain", "البحرين"),
            ("TD", "Chad", "تشاد"),
            ("DJ", "Djibouti", "جيبوتي"),
            ("EG", "Egypt", "مصر"),
            ("IQ", "Iraq", "العراق"),
            ("JO", "Jordan", "الأردن"),
            ("KE", "Kenya", "كينيا"),
            ("LB", "Lebanon", "لبنان"),
            ("ML", "Mali", "مالي"),
            ("NE", "Niger", "النيجر"),
            ("PE", "Peru", "بيرو"),
            ("SN", "Senegal", "السنغال"),
        )
    ),
    Choice("other", both("Another country", "بلد آخر"), specify=True),
)
NEEDS = (
    Choice("water", both("Clean water", "مياه نظيفة")),
    Choice("school", both("A school nearby", "مدرسة قريبة")),
    Choice("road", both("A road that is open all year", "طريق مفتوح طوال العام")),
    Choice("clinic", both("A clinic", "عيادة")),
)

CHOOSING = (
    Question("source", "single", both("How do you hear of exercises?", "كيف تعلم بالتمارين؟"),
             choices=SOURCES, section="choosing", required=True,
             required_message=both("Please say how.", "يرجى ذكر الطريقة.")),
    Question("menu", "single", both("Which way would you prefer?", "أي طريقة تفضل؟"),
             choices=SOURCES, section="choosing", appearance="dropdown"),
    Question("country", "single", both("Country", "البلد"), choices=COUNTRIES,
             section="choosing"),
    Question("birthplace", "single", both("Country of birth", "بلد الميلاد"),
             choices=COUNTRIES, section="choosing", appearance="search"),
    Question("sources", "multiple", both("Which have you used?", "أيها استخدمت؟"),
             hint=both("In the last year.", "خلال العام الماضي."),
             choices=(*SOURCES, Choice("paper", both("A newspaper", "صحيفة"), specify=True), NONE),
             minimum=1, maximum=3, section="choosing"),
    Question("needs", "ranking", both("What matters most here?", "ما الأهم هنا؟"),
             choices=NEEDS, maximum=3, section="choosing"),
)  # fmt: skip
SCALES = (
    Question("five", "scale", both("The notice came in time.", "وصل الإخطار في الوقت المناسب."),
             choices=AGREEMENT, section="scales"),
    Question("seven", "scale", both("Did you understand it?", "هل فهمته؟"), choices=SEVEN,
             section="scales"),
    Question("ten", "scale", both("How much do you trust it?", "ما مدى ثقتك به؟"),
             choices=TEN, section="scales"),
    Question("statement", "vote", both("A notice must reach herders by radio.",
                                       "يجب أن يصل الإخطار إلى الرعاة عبر الإذاعة."),
             choices=VOTE, section="scales"),
    Question("beside", "single", both("Do you support this article?", "هل تؤيد هذه المادة؟"),
             choices=AGREEMENT, provision=ARTICLE, appearance="provision", section="scales"),
)  # fmt: skip
MATRIX = (
    Question("clear", "scale", both("The text is clear.", "النص واضح."), choices=AGREEMENT,
             choice_list="agreement", section="matrix"),
    Question("fair", "scale", both("It is fair to people like me.", "إنه منصف لأمثالي."),
             hint=both("Think of your village.", "فكر في قريتك."), choices=AGREEMENT,
             choice_list="agreement", section="matrix"),
    Question("useful", "scale", both("It would help in a real emergency, by night as by day.",
                                     "سيفيد في حالة طوارئ حقيقية، ليلًا ونهارًا."),
             choices=AGREEMENT, choice_list="agreement", section="matrix"),
)  # fmt: skip
WRITING = (
    Question("intro", "note", both("The next questions are about you.\n\nAll can be left out.",
                                   "الأسئلة التالية عنك.\n\nيمكن ترك أي منها."), section="writing"),
    Question("nickname", "text", both("What may we call you?", "بم نناديك؟"), section="writing"),
    Question("email", "text", both("E-mail address", "البريد الإلكتروني"), appearance="email",
             section="writing"),
    Question("story", "long_text", both("What happened the last time?", "ماذا حدث آخر مرة؟"),
             hint=both("Leave out names.", "لا تذكر أسماء."), maximum=500, section="writing"),
    Question("remarks", "long_text", both("Anything else?", "هل من شيء آخر؟"), section="writing"),
    Question("age", "integer", both("Age", "العمر"), unit=both("years", "سنة"), minimum=0,
             maximum=120, section="writing"),
    Question("distance", "decimal", both("How far is the range?", "كم يبعد الميدان؟"),
             hint=both("As the crow flies.", "بخط مستقيم."), unit=both("km", "كم"), minimum=0,
             section="writing"),
)  # fmt: skip
DATES = (
    Question("day", "date", both("Day of the exercise", "يوم التمرين"), section="dates"),
    Question("month", "date", both("Month in which you moved", "شهر انتقالك"), appearance="month",
             section="dates"),
    Question("year", "date", both("Year of birth", "سنة الميلاد"), appearance="year",
             minimum=1900, maximum=2030, section="dates"),
    Question("hour", "time", both("When did it begin?", "متى بدأ؟"), section="dates"),
    Question("moment", "datetime", both("When did you hear of it?", "متى سمعت به؟"),
             section="dates"),
    Question("agreed", "consent", both("I agree that my words are shown without my name.",
                                       "أوافق على عرض كلماتي دون اسمي."),
             required=True, section="dates"),
)  # fmt: skip
APART = (
    Question("paper", "file", both("A document", "مستند")),
    Question("index", "calculated", both("Index", "مؤشر"), calculation="${age} div 10"),
    Question("version", "hidden", {}, default="'2'"),
)
SECTIONS = (
    Section("choosing", both("Choosing", "الاختيار")),
    Section("scales", both("Scales", "المقاييس")),
    Section("matrix", both("How much do you agree?", "إلى أي مدى توافق؟"), layout="matrix"),
    Section("writing", both("Writing", "الكتابة")),
    Section("dates", both("Dates", "التواريخ")),
)

EVERY_KIND = Questionnaire(
    title=both("Every kind of question", "كل أنواع الأسئلة"),
    languages=("en", "ar"),
    default_language="en",
    questions=(*CHOOSING, *SCALES, *MATRIX, *WRITING, *DATES, *APART),
    sections=SECTIONS,
)

ANSWERS = {
    "source": ["other"],
    "source_other": ["By the imam"],
    "menu": ["radio"],
    "country": ["PE"],
    "birthplace": ["بيرو"],
    "sources": ["paper", "radio"],
    "sources_other_paper": ["The weekly"],
    "needs": ["clinic", "", "water"],
    "five": ["4"],
    "seven": ["7"],
    "ten": ["0"],
    "statement": ["agree"],
    "beside": ["2"],
    "clear": ["5"],
    "fair": ["-7"],
    "nickname": ["Amal"],
    "email": ["amal@example.org"],
    "story": ["Nobody told us."],
    "age": ["٣٤"],
    "distance": ["2.5"],
    "day": ["2026-11-24"],
    "month": ["2026-11"],
    "year": ["١٩٩٢"],
    "hour": ["14:30"],
    "moment": ["2026-11-24T14:30"],
    "agreed": ["yes"],
}
"""What a browser posts, and below what becomes of it."""

STORED = {
    "source": "other",
    "source_other": "By the imam",
    "menu": "radio",
    "country": "PE",
    "birthplace": "PE",
    "sources": ["radio", "paper"],
    "sources_other_paper": "The weekly",
    "needs": ["clinic", "water"],
    "five": "4",
    "seven": "7",
    "ten": "0",
    "statement": "agree",
    "beside": "2",
    "clear": "5",
    "fair": "-7",
    "useful": "-6",
    "nickname": "Amal",
    "email": "amal@example.org",
    "story": "Nobody told us.",
    "age": 34,
    "distance": 2.5,
    "day": "2026-11-24",
    "month": "2026-11",
    "year": "1992",
    "hour": "14:30",
    "moment": "2026-11-24T14:30",
    "agreed": "yes",
}
