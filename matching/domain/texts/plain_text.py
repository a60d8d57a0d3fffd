"""What people and files bring in becomes clean plain text; the portal stores no markup."""

import html
import re

from bs4 import BeautifulSoup

from kr_ru_platform.words.lines import shorten
from kr_ru_platform.words.reading.folding import clean

TAGS = (
    "a|abbr|article|b|big|blockquote|body|br|button|center|code|dd|div|dl|dt|em|font|footer|form|h[1-6]|"
    "head|header|hr|html|i|iframe|img|input|label|li|link|main|meta|nav|object|ol|option|p|pre|s|script|"
    "section|select|small|span|strike|strong|style|sub|sup|svg|table|tbody|td|textarea|tfoot|th|thead|"
    "title|tr|tt|u|ul|video"
)
# Only known tags: "p < 0.05 and q > 3" is a text about numbers, not markup.
MARKUP = re.compile(rf"<!--|<!doctype|</?(?:{TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE | re.ASCII)
BLOCKS = ("p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table")
# Python refuses to read a number of thousands of digits; no character has more than seven.
NO_CHARACTER = re.compile(r"&#[0-9]{8,};?")
UNSTORABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
SENTENCE_END = re.compile(r"(?<=[.!?。])\s+|\n+")


def storable(text: str) -> str:
    """Without the characters that the database refuses: NUL and halves of pairs."""
    return UNSTORABLE.sub("", text)


def has_markup(text: str) -> bool:
    return MARKUP.search(text) is not None


def to_plain_text(text: str) -> str:
    """Readable text without tags, entities and characters that the database refuses."""
    if "&#" in text:
        text = NO_CHARACTER.sub(" ", text)
    if "<" in text and has_markup(text):
        text = _without_tags(text)
    elif "&" in text and ENTITY.search(text):
        text = html.unescape(text)
    # Most texts of a large file need none of this, and the test is quick.
    if not text.isprintable() or "  " in text:
        text = storable(text.replace("\r\n", "\n").replace("\r", "\n"))
        text = re.sub(r"[ \t\u00a0]+", " ", text)
        text = re.sub(r" ?\n ?", "\n", re.sub(r"(?: ?\n ?){3,}", "\n\n", text))
    return clean(text).strip()


def _without_tags(text: str) -> str:
    soup = BeautifulSoup(text, "html.parser")
    for hidden in soup(["script", "style"]):
        hidden.decompose()
    for line in soup(("br", "li", "tr")):
        line.insert_before("\n")
    for block in soup(BLOCKS):
        block.insert_before("\n")
        block.insert_after("\n")
    return soup.get_text()


def first_sentences(text: str, limit: int) -> str:
    """Whole sentences from the beginning up to `limit` characters; a longer first one is cut at a word."""
    end = 0
    for gap in SENTENCE_END.finditer(text):
        if gap.start() > limit:
            break
        end = gap.start()
    if len(text) <= limit:
        return text
    return text[:end].strip() if end else shorten(text, limit)
