"""Names of organisations and people: who is meant, without the legal form and the marks around it."""

import re

from kr_ru_platform.words.folding import fold

# What only says how somebody is registered. НПО, НПП, НИИ, 연구원 and 대학교 say what it is: part of the name.
_KOREAN = (
    "주식회사 유한책임회사 유한회사 합자회사 합명회사 재단법인 사단법인 학교법인 의료법인 사회복지법인 특수법인 "
    "농업회사법인 어업회사법인 영농조합법인"
).split()
_RUSSIAN = """
    ооо оао зао пао ао нао одо тоо ип нко ано чоу ноу гуп муп фгуп фкп фгу фгбу фгбун фгбну фгбоу фгаоу фгау фгану
    фгку фку гбу гбун гбоу гау гаоу гну гку мбу мау фгоу гоу кфх
""".split()
_RUSSIAN_PHRASES = [
    r"(?:(?:не)?публичное |открытое |закрытое )?акционерное общество",
    "общество с ограниченной ответственностью",
    r"(?:федеральное )?государственное (?:бюджетное |автономное |унитарное |казенное )?(?:научное )?"
    r"(?:образовательное )?(?:учреждение|предприятие)(?: науки| (?:высшего )?(?:профессионального )?образования)?",
    "автономная некоммерческая организация",
    "индивидуальный предприниматель",
]
_LATIN_BEFORE = "jsc ojsc pjsc cjsc llc ooo oao zao pao ao fsue fgup fsbei fsaei".split()
_LATIN_BEHIND = """
    ltd limited inc incorporated co corp corporation llc llp lp plc gmbh mbh ag kg kgaa ug sa sas sarl srl spa bv nv oy
    oyj ab asa aps kk pte pty pvt jsc ojsc pjsc cjsc ooo oao zao pao ao sro doo
""".split()
_LATIN_PHRASES = ["(?:open |closed |public )?joint stock company", "limited liability company"]


def _any(*forms: str) -> str:
    return "|".join(sorted(forms, key=len, reverse=True))


_SHORT = "주유재사합학의복株有財社"
_BRACKETED = re.compile(rf"[(\[{{〔] ?[{_SHORT}] ?[)\]}}〕]|^ ?[{_SHORT}] ?[)\]〕](?=.)|(?<=.)[(\[〔] ?[{_SHORT}] ?$")
# "S.p.A." and "L.L.C." are one word each; the initials of "Ким А. О." are two.
_DOTTED = re.compile(
    r"(?<!\w)(s\. ?p\. ?a|s\. ?r\. ?l|l\. ?l\. ?c|o\. ?o\. ?o|о\. ?о\. ?о|s\. ?a|b\. ?v|n\. ?v|s\. ?r\. ?o)\b\.?"
)
_MARKS = re.compile(r"[\W_]+")
_APOSTROPHES = re.compile(r"(?<=\w)'(?=\w)")
_BETWEEN_SYLLABLES = re.compile(r"(?<=[가-힣]) (?=[가-힣])")
_BEGINNING = re.compile(
    rf"(?:(?:{_any(*_KOREAN)})(?=[ 가-힣a-z0-9а-я])"
    rf"|(?:{_any(*_RUSSIAN_PHRASES)}|{_any(*_LATIN_PHRASES)}|{_any(*_LATIN_BEFORE)})(?= )"
    rf"|(?:{_any(*_RUSSIAN)})(?: во| впо| науки)?(?= )) ?"
)
_END = re.compile(
    rf"(?: |(?<=[가-힣a-z0-9а-я]))(?:{_any(*_KOREAN)})$"
    rf"| (?:{_any(*_RUSSIAN_PHRASES)}|{_any(*_LATIN_PHRASES)}|{_any(*_RUSSIAN, *_LATIN_BEHIND)})$"
)
LONGEST_FORM = 120


def fold_name(name: str) -> str:
    """An organisation's name to compare: ㈜한빛 테크 = 한빛테크 주식회사, ООО «Вымпел» = "Вымпел", ООО.

    A name that is nothing but a legal form stays. Syllables stand together: Koreans space names as they like.
    """
    text = fold(name)
    undotted = _DOTTED.sub(lambda form: re.sub(r"[. ]", "", form.group()) + " ", _BRACKETED.sub(" ", text))
    # Figures that a mark kept apart.
    bare = _plain(fold(_plain(undotted)))
    while (begun := _BEGINNING.match(bare)) and bare[begun.end() :].strip():
        bare = bare[begun.end() :].strip()
    while (ended := _END.search(bare[-LONGEST_FORM:])) and bare[: ended.start() - len(ended.string)].strip():
        bare = bare[: ended.start() - len(ended.string)].strip()
    return bare or _plain(text) or text


def fold_person(name: str) -> str:
    """A person's name to compare: initials stay, marks and the blanks between syllables do not."""
    text = fold(name)
    return _plain(fold(_plain(text))) or text


def _plain(text: str) -> str:
    return _BETWEEN_SYLLABLES.sub("", _MARKS.sub(" ", _APOSTROPHES.sub("", text)).strip())
