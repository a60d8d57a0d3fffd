"""Does a name lead somewhere? It stands in mails to people who never asked for one.

Read as a reader or a mail program may read it: whatever dots, slashes and letters it is written with.
"""

import re
import unicodedata
from functools import lru_cache

from publicsuffixlist import PublicSuffixList

DOTS = dict.fromkeys(map(ord, "˙。｡․ꓸ۔܁܂։꘎٠۰𐩐𝅭"), ".")
# Korean names join words with them ("5G·AI"), so only what is plainly a domain is read from them.
MIDDLE_DOTS = dict.fromkeys(map(ord, "·‧∙⋅•・·ᐧ᛫⸱⸳ꞏ"), ".")
SLASHES = dict.fromkeys(map(ord, "⁄∕╱⧸＼\\"), "/")
COLONS = dict.fromkeys(map(ord, "∶ː꞉"), ":")
# Cyrillic and Greek letters that look like Latin ones, in small letters.
LOOK_ALIKES = str.maketrans("авекмнорстухіјѕԁһӏԛԝґοαερτυνικ", "abekmhopctyxijsdhlqwgoapptuvik")

SCHEME = re.compile(
    r"\bh[tx]{2}ps?\b|\b[a-z][a-z0-9+-]{1,15}\s*:\s*//|//\w|\b(mailto|tel|javascript|vbscript|tg)\s*:|\b("
    r"sms|smsto|mms|skype|callto|sips?|xmpp|whatsapp|viber|facetime|facetime-audio|kakaotalk|kakaolink|weixin|wechat|"
    r"zoommtg|msteams|facebook|fb|instagram)\s*:\s*[^\s«\"(]"
    # Words that stand before a colon in names, too.
    r"|\b(line|imo|market|intent|geo|data|file|blob):[^\s«\"(]"
)
WEB = re.compile(r"\bwww\w*")
# Where somebody is to be found in a messenger.
MESSENGER = re.compile(
    r"(telegram|телеграм\w*|텔레그램|kakao(?:talk)?|카카오톡|카톡|whatsapp|ватсап\w*|viber|вайбер\w*|wechat|위챗|"
    r"insta\w*|인스타\w*)"
    r"\s*((?:id|ид|아이디)\s*[:=]?|[:=])\s*[a-z0-9_]{3,}"
)
# A messenger and a handle, where no name has one: "카톡 winprize", "в телеграм prizbank", "winprize 카톡".
HANDLE = r"(?!(?:inc|co|corp|ltd|llc|group|lab|labs|systems?|korea|rus|russia|company|enterprise|business|team)\b)[a-z]"
MESSENGERS = (
    r"(?:카카오톡|카톡|오픈채팅|오픈톡|텔레그램|텔레|위챗|왓츠앱|인스타(?:그램)?|телеграмм?\w{0,2}|телег[ауеи]|тг|ватсап\w{0,2}|вотсап\w{0,2}|"
    r"вайбер\w{0,2}|инстаграмм?\w{0,2})"
)
AT_MESSENGER = re.compile(
    rf"(?<!\w){MESSENGERS}(?:방|으로|로|에서|에|추가|친추|채널)?[\s\W]{{1,3}}{HANDLE}[a-z0-9_]{{3,}}"
    rf"|(?<!\w)[a-z][a-z0-9_]{{3,}}\s+(?:카톡|텔레그램|в\s+{MESSENGERS})(?!\w)"
    # … and a number to write to: "в ватсап 9001234567"; and by the word for a handle: "라인 아이디 prize77".
    rf"|(?<!\w){MESSENGERS}(?:으로|로|에)?[\s\W]{{1,3}}\d(?:[\s()-]*\d){{6,}}"
    rf"|(?<!\w)라인\s*(?:아이디|id\b)\W{{0,3}}{HANDLE}[a-z0-9_]{{3,}}"
    r"|(?<!\w)line\s+id\b\W{0,3}(?=[a-z_]*[0-9_])[a-z0-9_]{4,}(?!\w)"
    r"|(?<!\w)(?:telegram|kakaotalk|whatsapp|viber|wechat|insta(?:gram)?)\s+(?=[a-z_]*[0-9_])[a-z0-9_]{4,}(?!\w)"
)
# In small letters, which no company of this name is written in: "TG Biotech" is one.
TYPED_SMALL = re.compile(r"(?<!\w)tg\s+[a-z][a-z0-9_]{3,}(?!\w)")
# Hosts that are only ever parts of addresses, whatever stands for the dot: "goo. gl/abc", "me2 do/abc".
SHORTENED = re.compile(
    r"(?<!\w)(?:(?:goo|han)[\s.,;_-]+gl|me2[\s.,;_-]+(?:do|kr)|(?:bit|cutt|ow|t)[\s.,;_-]+ly|(?:is|v)[\s.,;_-]+gd|"
    r"(?:t|naver|wa)[\s.,;_-]+me|kko[\s.,;_-]+to|vo[\s.,;_-]+la|vk[\s.,;_-]+(?:cc|com)|clck[\s.,;_-]+ru|"
    r"(?:url|buly|c11)[\s.,;_-]+kr|tinyurl[\s.,;_-]+com|open[\s.,;_-]+kakao)\s*/"
)
# An end of two letters, or one that words rarely are, after a dot with a blank and before a path: "win. gd/abc".
DOT_END_PATH = re.compile(
    r"[\w-]{2,}\s*[.,;]\s*(?:(?!(?:in|is|it|as|at|to|do|no|so|my|be|by|am|us)/)([a-z]{2})|info|link|site|online|app|page|xyz|top|shop|store|click|live|club)/\w"
)
# "e v i l . c o m"
SPACED_OUT = re.compile(r"(?<!\S)(?:\S\s){4,}\S(?!\S)")
SPELT_OUT = re.compile(r"[\[({<]\s*(at|dot|точка|собака|골뱅이|점)\s*[\])}>]")
NUMBERS = re.compile(r"\b\d{1,3}(\.\d{1,3}){3}\b")
# What only an address has after a word with a dot in it.
PATH = re.compile(r"[^\W_][\w-]*\.[^\W\d_][\w-]+\s*(/|:\d|\?\w+=|#\w)")
HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")
# "evil[.]com" and "evil(.)com" are read as addresses; so is what is spelt out with an end that only they have.
BRACKETED_DOT = re.compile(r"\s*[\[({<]\s*\.\s*[\])}>]\s*")
DOT_IN_WORDS = re.compile(
    r"\w\s+(dot|точка|점|닷)\s+(com|net|org|info|ru|su|kr|io|me|ком|ру|рф|нет|орг|컴|넷|한국)\b"
    # "nid점naver점com"
    r"|[a-z0-9](?:점|쩜|닷|точка)(?:com|net|org|info|ru|su|kr|io|me|ком|ру|рф)\b"
)
# Whatever stands before it, in whichever letters: circled, squared, of a script nobody reads here.
PLAIN_END = re.compile(r"[^\s.]{2,}\.(com|net|org|info|ru|su|kr|рф|ком)\b")
BLANK_BEFORE_DOT = re.compile(r"\s+\.\s*")
# "t. me/abc", "evil. com", "evil,com", "evil com/abc": what a reader mends without noticing.
NEARLY = re.compile(
    r"[\w-]{2,}\s*[.,;:/]+\s*(com|net|org)(?![\w.-])|[\w-]{2,}[.,]\s*(co|or|go)[.,]\s*(kr|jp|uk)\b"
    r"|[\w-]{2,}([,;]|\.\s+)(ru|su|рф|ком)(?![\w.-])|\bt[_.,\s]*me\s*/"
    r"|\w[.,;]\s*(me|com|net|org|ru|su|kr|io|ly|gg|cc|рф)\s*/\s*\w|[\w-]{2,}\s+(com|net|org|ru|su|me|kr|рф)/\w"
)
# Ends that no initials and no words joined by a middle dot have: J.Kim and M.Li are people.
PLAIN_ENDS = {"com", "net", "org", "info", "me", "co", "io", "ru", "su", "kr", "by", "kz", "uz", "cc", "tv", "ly", "gg"}
RESERVED = {"example", "invalid", "localhost", "local", "internal", "onion", "test"}
# Abbreviations that end in what is also a domain's end.
LEGAL = re.compile(r"\bг\.москва\b|\b(co|pty|pte|pvt|s\.a|s\.p\.a|n\.v|b\.v|o\.o)\.(ltd|inc|llc|kg|co)\b")


SIGNS = (SCHEME, WEB, SPELT_OUT, DOT_IN_WORDS, NUMBERS, PATH, PLAIN_END, NEARLY, MESSENGER, AT_MESSENGER, SHORTENED)


def has_link(text: str) -> bool:
    """A web or an e-mail address, also one that is only written to be read as one."""
    plain = _plain(text)
    if "@" in plain or TYPED_SMALL.search(text) or any(sign.search(plain) for sign in SIGNS):
        return True
    latin = plain.translate(LOOK_ALIKES)
    if any(sign.search(latin) for sign in (SCHEME, WEB, NEARLY, SHORTENED)):
        return True
    if any(found[1] is None or is_public_end(found[1]) for found in DOT_END_PATH.finditer(latin)):
        return True
    forms = {plain, latin, _without_accents(plain), _without_accents(latin)}
    joined = {form.translate(MIDDLE_DOTS) for form in forms} - forms
    return any(_has_host(form) for form in forms) or any(_has_host(_joined(form), PLAIN_ENDS) for form in joined)


def _plain(text: str) -> str:
    """Small letters, one kind of dots and slashes, nothing that nobody sees."""
    wide = unicodedata.normalize("NFKC", text.translate(DOTS | SLASHES | COLONS)).translate(DOTS | SLASHES | COLONS)
    seen = "".join(sign for sign in wide.casefold() if unicodedata.category(sign) not in {"Cf", "Cc"})
    return _joined(SPACED_OUT.sub(lambda found: "".join(found[0].split()), seen))


def _joined(text: str) -> str:
    return BLANK_BEFORE_DOT.sub(".", BRACKETED_DOT.sub(".", text))


def _without_accents(text: str) -> str:
    signs = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", "".join(sign for sign in signs if unicodedata.category(sign) != "Mn"))


def _has_host(text: str, ends: set[str] | None = None) -> bool:
    return any(_is_host(host, ends) for host in HOST.findall(LEGAL.sub("", text)))


def _is_host(host: str, ends: set[str] | None) -> bool:
    *labels, end = host.split(".")
    if all(len(label) == 1 for label in labels):
        ends = PLAIN_ENDS
    if end in RESERVED or ends is not None:
        return end in RESERVED | (ends or set())
    return is_public_end(end)


def is_public_end(end: str) -> bool:
    """One that names are given away under, such as com or рф."""
    return len(end) > 1 and _suffixes().publicsuffix(f"name.{end}") is not None


def is_public_suffix(domain: str) -> bool:
    """Anybody may have a name below it: kr, co.kr, github.io."""
    return _suffixes().publicsuffix(domain.lower()) == domain.lower()


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False)
