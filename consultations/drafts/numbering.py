"""How provisions are numbered, in many languages: reading a heading, and writing a number."""

import re

from consultations.drafts.structure import ANNEX, ARTICLE, PARAGRAPH, PREAMBLE, SECTION

ARTICLE_WORDS = {
    "am": "አንቀጽ", "ar": "المادة", "az": "Maddə", "bn": "অনুচ্ছেদ", "bs": "Član", "de": "Artikel",
    "en": "Article", "es": "Artículo", "fa": "ماده", "fr": "Article", "he": "סעיף",
    "hi": "अनुच्छेद", "hr": "Članak", "hy": "Հոդված", "it": "Articolo", "ka": "მუხლი",
    "mk": "Член", "nl": "Artikel", "pl": "Artykuł", "ps": "ماده", "pt": "Artigo",
    "ro": "Articolul", "ru": "Статья", "so": "Qodobka", "sq": "Neni", "sr": "Члан",
    "sw": "Kifungu", "tr": "Madde", "uk": "Стаття", "ur": "آرٹیکل",
}  # fmt: skip
PREAMBLE_WORDS = {
    "am": "መግቢያ", "ar": "الديباجة", "bn": "প্রস্তাবনা", "bs": "Preambula", "de": "Präambel",
    "en": "Preamble", "es": "Preámbulo", "fa": "دیباچه", "fr": "Préambule", "ha": "Gabatarwa",
    "hi": "प्रस्तावना", "it": "Preambolo", "ka": "პრეამბულა", "pl": "Preambuła",
    "pt": "Preâmbulo", "ro": "Preambul", "ru": "Преамбула", "sq": "Preambula", "sw": "Dibaji",
    "tr": "Başlangıç", "ur": "تمہید", "zh": "序言",
}  # fmt: skip
ANNEX_WORDS = {
    "am": "አባሪ", "ar": "المرفق", "bn": "পরিশিষ্ট", "bs": "Prilog", "de": "Anhang",
    "en": "Annex", "es": "Anexo", "fa": "پیوست", "fr": "Annexe", "hi": "अनुलग्नक",
    "it": "Allegato", "ka": "დანართი", "pl": "Załącznik", "pt": "Anexo", "ro": "Anexa",
    "ru": "Приложение", "sq": "Shtojca", "sr": "Прилог", "sw": "Kiambatisho", "tr": "Ek",
    "uk": "Додаток", "ur": "ضمیمہ", "zh": "附件",
}  # fmt: skip
SECTION_WORDS = {
    "ar": "الفصل", "de": "Kapitel", "en": "Chapter", "es": "Capítulo", "fa": "فصل",
    "fr": "Chapitre", "hi": "अध्याय", "it": "Capo", "pt": "Capítulo", "ru": "Глава",
    "sw": "Sura", "tr": "Bölüm", "uk": "Глава", "ur": "باب",
}  # fmt: skip
OTHER_WORDS = {
    PREAMBLE: ("ديباجة", "دیباچہ", "преамбула", "utangulizi", "önsöz"),
    ANNEX: ("appendix", "ملحق", "الملحق", "مرفق", "ضمیمه", "додаток"),
    SECTION: ("part", "section", "title", "partie", "titre", "parte", "título", "الباب",
              "القسم", "часть", "раздел", "teil", "abschnitt"),
    ARTICLE: ("art.", "مادة", "članak", "ibara", "clause", "دفعہ"),
}  # fmt: skip
LOCAL_WORDS = {
    ARTICLE: ARTICLE_WORDS,
    PREAMBLE: PREAMBLE_WORDS,
    ANNEX: ANNEX_WORDS,
    SECTION: SECTION_WORDS,
}
_KIND_OF_WORD = {
    word.casefold(): kind
    for kind in (SECTION, ANNEX, PREAMBLE, ARTICLE)
    for word in (*LOCAL_WORDS[kind].values(), *OTHER_WORDS[kind])
}
_KIND_OF_PREFIX = {
    "preamble": PREAMBLE, "pp": PREAMBLE, "rec": PREAMBLE, "recs": PREAMBLE, "cit": PREAMBLE,
    "art": ARTICLE, "para": PARAGRAPH, "subpara": PARAGRAPH, "al": PARAGRAPH, "cl": PARAGRAPH,
    "att": ANNEX, "annex": ANNEX, "chp": SECTION, "sec": SECTION, "part": SECTION,
    "title": SECTION,
}  # fmt: skip

_NUMERAL = r"(?:\d+|[IVXLC]+\b|[A-Z]\b)(?:\s?(?:bis|ter|quater|quinquies|sexies|مكررا?ً?)\b)?"
_END = r"(?:\s*[.:：。)]\s*|\s+[-–—]\s+|$)"
_WORD = r"[^\W\d]\S*"
_NUMBERED = re.compile(
    rf"(?P<number>{_WORD}\s+(?:{_WORD}\s+)?{_NUMERAL}|{_NUMERAL}(?=[.:)])){_END}(?P<heading>.*)"
)
_NUMBERED_AFTER_KIND = re.compile(rf"(?P<number>\S+\s+{_NUMERAL})(?:{_END}|\s+)(?P<heading>.*)")
_NUMBERED_BEFORE = re.compile(r"(?P<number>第\s*\S+?\s*[条條章])[\s:：.。]*(?P<heading>.*)")
_NAMED = re.compile(rf"(?P<number>\S+?(?:\s\S+?){{0,2}}){_END}(?P<heading>.*)")


def split_heading(text: str) -> tuple[str, str, str]:
    """The kind, the printed number and the rest of a heading, each empty where it does not say.

    "Article 3. Notification" gives ("article", "Article 3", "Notification"); in a language whose
    words are not known the number is found by its numeral, and the kind stays open.
    """
    kind = _kind_of_words(text)
    if kind == SECTION:
        patterns = [_NUMBERED_BEFORE, _NUMBERED_AFTER_KIND]
    elif kind:
        patterns = [_NUMBERED_BEFORE, _NUMBERED_AFTER_KIND, _NAMED]
    else:
        patterns = [_NUMBERED]
    for pattern in patterns:
        if found := pattern.fullmatch(text):
            return kind, found["number"].strip(), found["heading"].strip()
    return ("", "", text) if kind != PREAMBLE else (kind, "", text)


def _kind_of_words(text: str) -> str:
    """The kind that the first word of a heading names, in any language we know; else empty."""
    if _NUMBERED_BEFORE.match(text):
        return SECTION if "章" in text.split(maxsplit=1)[0] else ARTICLE
    first = text.split(maxsplit=1)[0].casefold() if text.strip() else ""
    return _KIND_OF_WORD.get(first) or _KIND_OF_WORD.get(first.rstrip(".:：。)"), "")


def kind_of_eid(eid: str) -> str:
    """The kind that an Akoma Ntoso id tells by the prefix of its last part; else empty."""
    last = eid.rsplit("__", 1)[-1]
    return _KIND_OF_PREFIX.get(last.split("_", 1)[0].casefold(), "")


def write_number(kind: str, eid: str, language: str) -> str:
    """The number of a provision whose heading prints none: "Article 3", "المادة 3"."""
    ordinal = eid.rsplit("__", 1)[-1].partition("_")[2].replace("_", " ")
    if kind == PARAGRAPH:
        return f"({ordinal or eid})"
    word = _word(LOCAL_WORDS[kind], language)
    if kind == PREAMBLE and eid == "preamble":
        return word
    return f"{word} {ordinal}".strip()


def _word(words: dict[str, str], language: str) -> str:
    return words.get(language.split("-")[0], words["en"])
