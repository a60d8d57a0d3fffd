"""Names of organisations: who is meant, apart from the legal form and the marks around the name."""

import re

from kr_ru_platform.words.reading.folding import fold

# One word for each legal form, and how it is written, folded. It only says how somebody is registered; НПО, НПП,
# НИИ, 연구원 and 대학교 say what somebody is and are part of the name.
_SCIENCE = "федеральное государственное {} учреждение науки"
_SCHOOL = "федеральное государственное {} образовательное учреждение высшего {}образования"
LEGAL_FORMS = {
    "주식회사": ("(주)", "(株)", "주식회사", "株式會社", "株式会社"),
    "유한회사": ("(유)", "(有)", "유한회사", "有限會社", "有限会社"),
    "유한책임회사": ("(유한책임)", "유한책임회사"),
    "합자회사": ("(합)", "(합자)", "합자회사"),
    "합명회사": ("(합명)", "합명회사"),
    "재단법인": ("(재)", "(財)", "재단법인"),
    "사단법인": ("(사)", "(社)", "사단법인"),
    "학교법인": ("(학)", "학교법인"),
    "의료법인": ("(의)", "의료법인"),
    "사회복지법인": ("(복)", "사회복지법인"),
    "특수법인": ("(특)", "특수법인"),
    "농업회사법인": ("(농)", "농업회사법인"),
    "ооо": ("ооо", "ooo", "общество с ограниченной ответственностью"),
    "пао": ("пао", "pao", "публичное акционерное общество"),
    "зао": ("зао", "zao", "закрытое акционерное общество"),
    "оао": ("оао", "oao", "открытое акционерное общество"),
    "нао": ("нао", "nao", "непубличное акционерное общество"),
    "ао": ("ао", "ao", "акционерное общество"),
    "ип": ("ип", "индивидуальный предприниматель"),
    "ано": ("ано", "автономная некоммерческая организация"),
    "тоо": ("тоо",),
    "фгбун": ("фгбун", _SCIENCE.format("бюджетное")),
    "фгбну": ("фгбну", "федеральное государственное бюджетное научное учреждение"),
    "фгаун": ("фгаун", _SCIENCE.format("автономное")),
    "фгбоу": ("фгбоу во", "фгбоу впо", "фгбоу", *(_SCHOOL.format("бюджетное", p) for p in ("", "профессионального "))),
    "фгаоу": ("фгаоу во", "фгаоу впо", "фгаоу", *(_SCHOOL.format("автономное", p) for p in ("", "профессионального "))),
    "фгбу": ("фгбу", "федеральное государственное бюджетное учреждение"),
    "фгау": ("фгау", "федеральное государственное автономное учреждение"),
    "фгуп": ("фгуп", "fsue", "fgup", "федеральное государственное унитарное предприятие"),
    "гуп": ("гуп", "государственное унитарное предприятие"),
    "муп": ("муп", "муниципальное унитарное предприятие"),
    "фку": ("фку", "федеральное казенное учреждение"),
    "гбу": ("гбу", "государственное бюджетное учреждение"),
    "co ltd": ("co ltd", "company limited"),
    "co": ("co",),
    "llc": ("llc", "l l c", "limited liability company"),
    "inc": ("inc", "incorporated"),
    "corp": ("corp", "corporation"),
    "ltd": ("ltd", "limited"),
    "gmbh": ("gmbh", "mbh"),
    "srl": ("srl", "s r l"),
    "spa": ("spa", "s p a"),
    "pjsc": ("pjsc", "public joint stock company"),
    "cjsc": ("cjsc", "closed joint stock company"),
    "ojsc": ("ojsc", "open joint stock company"),
    "jsc": ("jsc", "joint stock company"),
    **{form: (form,) for form in "llp plc ag kg ug sarl sas bv nv oy oyj ab aps pte pty pvt sro doo kk".split()},
    "sa": ("sa",),
}
# Elsewhere than at the end these are words or initials.
_ONLY_BEHIND = frozenset("co ag kg ug sa sas bv nv oy ab kk".split())
_BRACKETS = {token[1:-1]: form for form, ways in LEGAL_FORMS.items() for token in ways if token[0] == "("}
_ONE = "|".join(sorted(_BRACKETS, key=len, reverse=True))
# Also with the half of the brackets that a hurried hand leaves.
_BRACKETED = re.compile(rf"[(\[{{〔] ?({_ONE}) ?[)\]}}〕]|^ ?({_ONE}) ?[)\]〕](?=.)|(?<=.)[(\[〔] ?({_ONE}) ?$")
_WAYS = {way: form for form, ways in LEGAL_FORMS.items() for way in ways if way[0] != "("}
_WRITTEN_IN_BRACKETS = frozenset(way for ways in LEGAL_FORMS.values() for way in ways if way[0] == "(")
# Written without a blank before or behind: in Hangul and in Chinese characters.
_GLUED = {way for way in _WAYS if "가" <= way[0] <= "힣" or "一" <= way[0] <= "鿿"}
_KOREAN = "|".join(sorted(_GLUED, key=len, reverse=True))
_OTHERS = sorted(_WAYS.keys() - _GLUED, key=len, reverse=True)
_BEGINNING = re.compile(
    rf"({_KOREAN})(?=[\w ]) ?|({'|'.join(way for way in _OTHERS if _WAYS[way] not in _ONLY_BEHIND)}) "
)
_END = re.compile(rf"(?<=\w) ?({_KOREAN})$| ({'|'.join(_OTHERS)})$")
LONGEST_FORM = 120
# "S.A." and "B.V." are one word each; the initials of "Ким А. О." are two.
_INITIALS = "ооо пао зао оао нао тоо ooo spa srl llc gmbh pjsc ojsc cjsc jsc sa bv nv".split()
_DOTTED = re.compile(r"(?<!\w)(" + "|".join(r"\. ?".join(form) for form in _INITIALS) + r")\b\.?")
_MARKS = re.compile(r"[^\w&+]+|_+")
_AND = re.compile(r" ?& ?")
# Inside a word; one of a pair around a word is a quotation mark.
_APOSTROPHES = re.compile(r"(?<=\w)'(?=\w)(?![^']*'(?!\w))")
_BETWEEN_SYLLABLES = re.compile(r"(?<=[가-힣]) (?=[가-힣])")


def fold_name(name: str) -> str:
    """An organisation's name to compare: ㈜한빛 테크 = 한빛테크 주식회사, ООО «Вымпел» = "Вымпел", ООО.

    A name that is nothing but a legal form stays. Syllables stand together: Koreans space names as they like.
    """
    return name_and_forms(name)[0] or fold(name)


def name_and_forms(name: str) -> tuple[str, frozenset[str]]:
    """A folded name without its legal forms, and those; no name where there are but marks."""
    forms: set[str] = set()

    def note(found: re.Match[str]) -> str:
        forms.add(_BRACKETS[found.group(1) or found.group(2) or found.group(3)])
        return " "

    text = fold(name)
    bare = _DOTTED.sub(lambda form: re.sub(r"[. ]", "", form.group()) + " ", _BRACKETED.sub(note, text))
    # Figures that a mark kept apart are read together.
    bare = _plain(fold(_plain(bare)))
    while found := _without_a_form(bare):
        bare = found[0]
        forms.add(found[1])
    return (bare, frozenset(forms)) if bare else (_plain(text), frozenset())


def around_name(name: str) -> tuple[str, str, str]:
    """The name as it is written, with the legal forms before and behind it: ("㈜", "한빛", " Co., Ltd.")."""
    start, end = 0, len(name)
    while step := _form_before(name[start:end]):
        start += step
    while step := _form_behind(name[start:end]):
        end -= step
    return name[:start], name[start:end], name[end:]


def _form_before(text: str) -> int:
    """How many letters of a legal form the text begins with; the name itself is never taken for one."""
    for place in range(min(len(text) - 1, LONGEST_FORM), 0, -1):
        form = _form(text[:place])
        is_apart = form in _GLUED or form in _WRITTEN_IN_BRACKETS or not text[place].isalnum()
        if form and is_apart and _WAYS.get(form) not in _ONLY_BEHIND and re.search(r"\w", text[place:]):
            return place + len(text[place:]) - len(text[place:].lstrip())
    return 0


def _form_behind(text: str) -> int:
    for place in range(max(1, len(text) - LONGEST_FORM), len(text)):
        form = _form(text[place:])
        is_apart = form in _GLUED or form in _WRITTEN_IN_BRACKETS or not text[place - 1].isalnum()
        if form and is_apart and re.search(r"\w", text[:place]):
            return len(text) - len(text[:place].rstrip(" ,"))
    return 0


def _form(text: str) -> str:
    """The folded way of writing a legal form that this is, or nothing."""
    folded = fold(text).strip(" ,.")
    if folded in _WRITTEN_IN_BRACKETS:
        return folded
    bare = _plain(folded)
    return bare if bare in _WAYS and folded[:1] == bare[:1] else ""


def _without_a_form(text: str) -> tuple[str, str] | None:
    if (begun := _BEGINNING.match(text)) and (rest := text[begun.end() :].strip()):
        return rest, _WAYS[begun.group(1) or begun.group(2)]
    tail = text[-LONGEST_FORM:]
    if (ended := _END.search(tail)) and (rest := text[: len(text) - len(tail) + ended.start()].strip()):
        return rest, _WAYS[ended.group(1) or ended.group(2)]
    return None


def _plain(text: str) -> str:
    text = _AND.sub(" & ", _MARKS.sub(" ", _APOSTROPHES.sub("", text)))
    return _BETWEEN_SYLLABLES.sub("", " ".join(text.split()))
