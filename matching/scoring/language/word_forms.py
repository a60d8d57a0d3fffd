"""Whether a word is a form of a listed one: stems alone make one of plating and plates, of граф and графит.

Two questions. `is_form_of`: is it an inflection, so that a reader would call it the same word (what is told)?
`names`: or made of it without another meaning, such as "optimised" of "optimisation" (what is counted)? Both are
asked of words that have one stem already, and neither of Korean ones, which have no forms.
"""

import re
from functools import lru_cache

from matching.scoring.language.text import without_case

# Forms of Russian nouns by the letter that the listed one ends in, behind what all forms share, and of adjectives.
_MANY = "ам ям ами ями ах ях"
RUSSIAN_NOUN = {
    letters: frozenset([*endings.split(), *_MANY.split(), *([""] if letters not in ("ь", "ыи") else [])])
    for letters, endings in {
        "бвгджзклмнпрстфхцчшщ": "а у ом ем е ы и ов ев ей",
        "ь": "ь и ью ей я ю ем е",
        "й": "й я ю ем е и ев ей",
        "а": "а ы и е у ою",
        "я": "я и е ю ей ею ь й",
        "о": "о а у ом е и",
        "е": "е я ю ем и й ь ев ей а у",
        "ыи": "ы и ов ев ей",
        "уэю": "",
    }.items()
}
RUSSIAN_ADJECTIVE = re.compile(
    r"(?:ый|ий|ой|ая|яя|ое|ее|ые|ие|ого|его|ому|ему|ым|им|ом|ем|ую|юю|ых|их|ыми|ими|ей)(?:ся)?$"
)
# "толщиной" of "толщина"; of shorter ones it is more often an adjective: "гибкой" is of "гибкий", not of "гибка".
INSTRUMENTAL = re.compile(r"[а-я]{5,}[ая]$")
# Listed in the plural of many things, because their stem is another one then: "экранов".
OF_MANY = re.compile(r"(?<=[а-я]{4})(?:ов|ев|ей)$")
STEMS_CHANGE = re.compile(r"(?:ья|ьев|ьями|ьях|ьям)$")
SHORTEST_QUALITY = 5
QUALITY = re.compile(r"(?<=[а-я]{5})ост(?:ь|и|ью|ей|ям|ями|ях)$")
PASSIVE = re.compile(
    r"(?<=[а-я]{3}[аяе])нн?(?:ый|ая|ое|ые|ого|ой|ому|ым|ом|ую|ых|ыми|а|о|ы|ие|ия|ию|ием|ии|ий|иям|иями|иях)?$"
)
# One stem and two words: clouds and cloudiness, what is remote and what is removed, given and a task.
OTHER_WORDS = frozenset(
    """
    облачн проводим приводим выводим идентичн пассивн личн общн удале определе заключе назначе зада образова основа
    приложе выраже представле напряже распределе расшире оборудова положе изда влия населе
    """.split()
)

MANY = ((re.compile("ies$"), "y"), (re.compile("(?<=[sxz])es$|(?<=[cs]h)es$"), ""), (re.compile("(?<=[^sui])s$"), ""))
SAME_IN_ENGLISH = (
    (re.compile("(?<=[a-z]{2})ably$|(?<=[a-z]{2})ability$|(?<=[a-z]{2})ableness$"), "able"),
    (re.compile("(?<=[a-z]{2})ibly$|(?<=[a-z]{2})ibility$"), "ible"),
    (re.compile("(?<=[a-z]{2})(?:ively|iveness|(?<!relat)(?<!posit)ivity)$"), "ive"),
    (re.compile("(?<=[a-z]{2})(?:ical|ically|ics)$"), "ic"),
    (re.compile("(?<=[a-z]{2}ion)al(?:ly)?$|(?<=[a-z]{3}ur)al(?:ly)?$"), ""),
)
SHORTEST_DEED = 3
SHORTEST_NOUN = 6
IS_A_VERB = re.compile("(?:(?<=...)at|iz|is|ify)$")
# Things, though a verb is written like them: plates are no plating, projects no projection. Without their last e.
THINGS = frozenset(
    """
    account age angl balanc bed block bloom board bolt book box bread build card chip cloth club compound contract
    count date door earth engineer fabric farm fil film fish floor form format fram fus green ground hous hull ic
    imag iron label land lev light load machin market mat mean meet mill min miss mod mold mould net object oil
    pack packag pad pag pap park part pil pill pip plan plant plat point posit powder power pric process product
    profil project pulp purpos rail rat relat ring roll sampl sand scal sect serv servic set shap shar shell ship
    short sid sit siz smok stack stag stat stem stock stor string subject surfac tail tim tool track train tub typ
    us wag war wast wav weather web wheel wind wir word work yard
    """.split()
)


@lru_cache(maxsize=100_000)
def names(word: str, of: str) -> bool:
    """Whether it is a form of the listed word, or made of it without another meaning."""
    if is_form_of(word, of):
        return True
    word, of = without_case(word), without_case(of)
    if _is_russian(of):
        return bool(_russian_readings(word) & _russian_readings(of))
    return bool(_english_readings(word) & _english_readings(of))


@lru_cache(maxsize=100_000)
def is_form_of(word: str, of: str) -> bool:
    """Whether it is an inflection of the word: "провода" of "провод", but not "проводится"."""
    word, of = without_case(word), without_case(of)
    if word == of:
        return True
    if not _is_russian(of):
        return any(reading[:2] in ("n ", "d ") for reading in _english_readings(word) & _english_readings(of))
    return _is_noun_of(word, of) or _is_adjective_of(word, of)


def _is_russian(word: str) -> bool:
    return "а" <= word[0] <= "я"


def _is_noun_of(word: str, of: str) -> bool:
    base = OF_MANY.sub("", re.sub(r"[аеиоуыэюяйь]$", "", of))
    if INSTRUMENTAL.fullmatch(of) and word == of[:-1] + ("ой" if of[-1] == "а" else "ей"):
        return True
    if word.startswith(base) and STEMS_CHANGE.fullmatch(word[len(base) :]) and len(base) > 2:
        return True
    endings = next((of_kind for letters, of_kind in RUSSIAN_NOUN.items() if of[-1] in letters), frozenset())
    return word.startswith(base) and word[len(base) :] in endings


def _is_adjective_of(word: str, of: str) -> bool:
    ending = RUSSIAN_ADJECTIVE.search(of)
    base = of[: ending.start()] if ending else ""
    return len(base) > 2 and word.startswith(base) and bool(RUSSIAN_ADJECTIVE.fullmatch(word[len(base) :]))


def _russian_readings(word: str) -> frozenset[str]:
    """A quality by what has it, a deed by what it was done to: "прочность" by "прочный", "упрочнение"."""
    found = {QUALITY.sub("", word)} if QUALITY.search(word) else set()
    if (ending := RUSSIAN_ADJECTIVE.search(word)) and ending.start() >= SHORTEST_QUALITY:
        found.add(word[: ending.start()])
    if PASSIVE.search(word):
        found.add(PASSIVE.sub("", word))
    # Short forms and adverbs: "надежно", "уязвимы".
    found.add(re.sub(r"(?<=[а-я]{5})[аоы]$", "", word))
    return frozenset(found - OTHER_WORDS)


@lru_cache(maxsize=50_000)
def _english_readings(word: str) -> frozenset[str]:
    """Each as a kind and a base: n for the word itself, d for a deed, di and dm for what its -ion and -ment are of."""
    word = _rewritten(_rewritten(word, MANY), SAME_IN_ENGLISH)
    base = word.removesuffix("e")
    if len(deed := re.sub(r"(?:ing|ed)$", "", word)) >= SHORTEST_DEED and deed != word:
        deed = re.sub(r"([bdgmnprt])\1$", r"\1", re.sub("i$", "y", deed))
        return frozenset({f"n {word}", f"d {deed}", f"di {deed}", f"dm {deed}"})
    if word.endswith("ion") and len(word) > SHORTEST_NOUN:
        deed = re.sub("(?:(?<=[iy][sz])at)?ion$", "", word)
        return frozenset({f"n {base}", f"di {deed}"})
    if word.endswith("ment") and len(word) > SHORTEST_NOUN:
        deed = word.removesuffix("ment").removesuffix("e")
        return frozenset({f"n {base}", f"dm {deed}"})
    if base in THINGS and not IS_A_VERB.search(base):
        return frozenset({f"n {base}"})
    return frozenset({f"n {base}", f"d {base}", f"di {base}", f"dm {base}"})


def _rewritten(word: str, rules: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    """By the first rule that fits."""
    for pattern, instead in rules:
        if (other := pattern.sub(instead, word)) != word:
            return other
    return word
