"""Numbers by their value and apart from their unit, in a text whose case is folded already."""

import re
from itertools import product

from kr_ru_platform.words.reading.grades import LOOK_ALIKES

UNITS = """
    nm μm um mm cm dm km mm2 cm2 m2 km2 mm3 cm3 m3 mg kg μg kv mv kw mw gw kwh mwh hz khz mhz ghz thz kpa mpa gpa bar
    mbar ml μl kj mj kn ev kev mev gev rpm ppm ppb min sec db dbm mah wh kva kcal mol mmol
    нм мкм мм см дм км мм2 см2 м2 км2 мм3 см3 м3 мг кг мкг кв квт мвт гвт вт гц кгц мгц ггц па кпа мпа гпа бар мл мкл
    дж кдж мдж кн эв кэв мэв мин сек час тыс млн млрд руб шт
    ma μa nf μf pf ω kω mω gb tb ма мка ом ком мом мкф нф пф гб тб мб об
""".split()
# One letter is a unit behind a figure of some length: 220V, 500Вт; but 5G, 3D and the 4V of an alloy are names.
_ONE_LETTER = "[vwв]"
_LETTERS = "a-z\u00df-\u024f\u0370-\u04ff"
# Words behind a number, not the letters of a steel: 10метров, but 30хгса.
_WORD = "[а-я]{0,20}[оеиыэяйьъщзж][а-я]{0,20}"
# A Latin unit with letters of the other script in it, as grades have them: 5ТВ, 10сm.
_WRITTEN = {letter: [letter] for unit in UNITS for letter in unit}
for _other, _letter in LOOK_ALIKES.items():
    _WRITTEN[_letter] = [*_WRITTEN.get(_letter, [_letter]), chr(_other)]
_MIXED = {
    "".join(way): unit for unit in UNITS if unit.isascii() for way in product(*(_WRITTEN[letter] for letter in unit))
}
_UNIT_OF = {**_MIXED, **{unit: unit for unit in UNITS}}
_NAMES = "|".join(sorted(_UNIT_OF, key=len, reverse=True))
_UNIT = re.compile(
    rf"(?<![0-9{_LETTERS}.])(?<![{_LETTERS}]-)([0-9]+(?:\.[0-9]+)?)"
    rf"(?:-?({_NAMES}|(?<=[0-9][0-9]){_ONE_LETTER})|(?=[а-я]{{3}})({_WORD}))(?![0-9{_LETTERS}])"
)
_YEAR = re.compile(rf"(?<![0-9{_LETTERS}.])((?:19|20)[0-9]{{2}})г(?![0-9{_LETTERS}])")
_BY_APOSTROPHES = re.compile(r"(?<![\w.,'])[1-9][0-9]{0,2}(?:'[0-9]{3})+(?![0-9']|,[0-9])")
_BY_BLANKS = re.compile(r"(?<![\w.,+-])[1-9][0-9]{0,2}(?: [0-9]{3})+(?![0-9])")
_BY_COMMAS = re.compile(r"(?<![\w.,])[1-9][0-9]{0,2}(?:,[0-9]{3})+(?![0-9]|,[0-9])")
_BY_POINTS = re.compile(r"(?<![\w.,])[1-9][0-9]{0,2}(?:\.[0-9]{3}){2,}(?![0-9]|\.[0-9])")
_DECIMAL = re.compile(r"(?<![0-9.,])([0-9]+),([0-9]+)(?![0-9]|,[0-9])")
_TIMES = re.compile(r"(?<=[0-9])(?: ?[×*] ?| [xх] )(?=[0-9])")
_DIGIT = re.compile("[0-9]")
_NUMBER = re.compile(r"(?<![^\W_])no\.? ?(?=[0-9])")
# 3D as Russians may type it, and with the word behind it.
_DIMENSIONS = re.compile(rf"(?<![0-9{_LETTERS}.])([2-6])(?:д(?![0-9{_LETTERS}])|[dд](?=[а-я]{{4}}))(?=([а-я]?))")
_SIGN = re.compile(r"(?<=[0-9])\s(?=[%°])")
_CELSIUS = re.compile(r"°\s?[cс](?![^\W_])")


def fold_quantities(text: str) -> str:
    """0,5 → 0.5; 1 000 000 and 1,000,000 → 1000000; 10мм → 10 мм; 20 °С → 20°c; 10 × 20 → 10x20."""
    if not _DIGIT.search(text):
        return text
    text = _BY_APOSTROPHES.sub(_joined, _BY_BLANKS.sub(_joined, _NUMBER.sub("no ", text)))
    text = _BY_POINTS.sub(_joined, _BY_COMMAS.sub(_joined, text))
    text = _DIMENSIONS.sub(lambda found: f"{found[1]}d" + (" " if found[2] else ""), text)
    text = _TIMES.sub("x", _DECIMAL.sub(r"\1.\2", text))
    text = _YEAR.sub(r"\1 г", _UNIT.sub(_apart, text))
    return _CELSIUS.sub("°c", _SIGN.sub("", text))


def _apart(match: re.Match[str]) -> str:
    return f"{match[1]} {match[3] or _UNIT_OF.get(match[2], match[2])}"


def _joined(match: re.Match[str]) -> str:
    return re.sub(r"[ ,.']", "", match.group())
