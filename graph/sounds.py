"""How names sound in Latin letters, whatever script or system of transliteration they were written in.

likeness("shoygu", "shoigu"), likeness("qadhafi", "gaddafi") are high, likeness("hassan", "hussein") is not.
Arabic and Hebrew write few vowels: there the consonants decide. Chinese is read in pinyin (Wade-Giles is
turned into it), Hangul and its many romanisations into one plain form.
Rules after the common romanisations (BGN/PCGN, ISO 9, Wade-Giles, Revised Romanization, McCune-Reischauer).
"""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.distance import Levenshtein

FAR = 2  # consonants in which spellings of one name may differ

CONSONANTS = (
    ("shch", "S"), ("tsch", "C"), ("sch", "S"), ("tch", "C"), ("cz", "C"), ("sh", "S"), ("sz", "S"),
    ("dzh", "J"), ("zh", "J"), ("dj", "J"), ("ch", "C"), ("kh", "k"), ("gh", "g"), ("ph", "f"), ("th", "t"),
    ("dh", "d"), ("bh", "b"), ("ck", "k"), ("ts", "z"), ("tz", "z"), ("x", "ks"), ("q", "k"),
    ("w", "v"), ("c", "k"), ("j", "J"),
)  # fmt: skip
VOWELS = (
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ie", "i"), ("ei", "e"), ("ai", "e"), ("ay", "e"), ("ae", "e"),
    ("yu", "u"), ("iu", "u"), ("ya", "a"), ("ia", "a"), ("yo", "o"), ("io", "o"), ("ye", "e"), ("iy", "i"),
    ("yi", "i"), ("ij", "i"), ("y", "i"), ("au", "o"),
)  # fmt: skip
NEAR = {
    "ae": 0.25, "ei": 0.25, "ou": 0.2, "ai": 0.6, "ao": 0.5, "eo": 0.6, "au": 0.7, "iu": 0.8,
    "eu": 0.6, "io": 0.8,
    "gk": 0.25, "sz": 0.25, "Jg": 0.3, "Ck": 0.5, "fv": 0.25, "dt": 0.4, "CS": 0.4, "Sk": 0.8,
    "Ss": 0.4, "JC": 0.4,
    "Ji": 0.3, "bv": 0.6, "bp": 0.5, "dz": 0.5, "Jz": 0.5, "hk": 0.4, "gh": 0.4, "mn": 0.7, "vu": 0.3,
    "Cz": 0.4, "hC": 0.3,
}  # fmt: skip
COSTS = {pair: cost for both, cost in NEAR.items() for pair in (both, both[::-1])}
ARABIC = dict(zip("بتثجحخدذرزسشصضطظغفقكلمنهپچگژکڤ", "bttJhkddrzsSsdtzgfkklmnhbCgJkv", strict=True)) | dict(
    zip("בגדהזחטכךלמםנןסעפףצץקרשת", "bgdhzhtkklmmnns-ffzzkrSt", strict=True)
)
SEMITIC = re.compile(r"[\u0590-\u05ff\u0600-\u06ff]")
SCRIPT_WITH_WAW = re.compile(r"[\u0600-\u06ff]")
HAN = re.compile(r"[\u3400-\u9fff]")
HANGUL = re.compile(r"[\uac00-\ud7af]")
KOREAN = (
    ("park", "bag"), ("lee", "i"), ("rhee", "i"), ("yi", "i"), ("choe", "choi"), ("oo", "u"),
    ("ee", "i"), ("eo", "u"),
    ("eu", "u"), ("ou", "u"), ("ae", "e"), ("oe", "e"), ("oi", "e"), ("ch", "j"), ("k", "g"),
    ("t", "d"), ("p", "b"),
    ("r", "l"), ("o", "u"), ("wu", "u"), ("sh", "s"),
)  # fmt: skip
WADE = (
    (r"^j", "r"), (r"^hs", "x"), (r"^ch'", "q"), (r"^ch(?=[iü])", "j"), (r"^ch", "zh"),
    (r"^(?:ts|tz)(?=[eua])", "z"),
    (r"^k(?!')", "g"), (r"^p(?!')", "b"), (r"^t(?!['sz])", "d"), (r"^([kptc])'", r"\1"),
    (r"ung$", "ong"), (r"ien$", "ian"), (r"ieh$", "ie"), (r"ueh$", "ue"), (r"^([gkh])o$", r"\1e"),
    (r"^([zc]h|sh|r)ih$", r"\1i"),
)  # fmt: skip


@lru_cache(maxsize=200_000)
def sound(word: str) -> str:
    """A word's sound: consonants by class, vowels simplified, nothing doubled."""
    text = re.sub(r"[^a-z]", "", anyascii(word).lower())
    text = re.sub(r"(?<=[aeiouy])(?:ff|w)$", "v", text)
    for pattern, by in CONSONANTS:
        text = text.replace(pattern, by)
    text = re.sub(r"(?<=[aeou])y(?=[aeou])", "i", text)
    for pattern, by in VOWELS:
        text = text.replace(pattern, by)
    text = re.sub(r"(.)\1+", r"\1", text)
    return text[:1] + re.sub(r"h(?![aeiou])|(?<=[bdfgklmnprstvzCJS])h", "", text[1:])


@lru_cache(maxsize=200_000)
def bones(word: str) -> str:
    """The consonants alone, as Arabic and Hebrew write them; `-` never matches by itself."""
    if SEMITIC.search(word):
        text = re.sub(r"^(?:ال|ה(?=...))(?=..)", "", word)
        found = "".join(ARABIC.get(c, "") for c in text).replace("-", "")
        first = ARABIC.get(text[:1], "")
    else:
        text = re.sub(r"^(abd)[aeou]l$", r"\1", word.lower()).replace("w", "")
        found = re.sub(r"[aeiou]", "", sound(text)).replace("v", "b")
        first = sound(text)[:1]
    found = found[:1] * (first == "h") + found[first == "h" :].replace("h", "")
    return re.sub(r"(.)\1+", r"\1", found)


def is_semitic(word: str) -> bool:
    """Whether it is written in Arabic or Hebrew letters."""
    return not word.isascii() and bool(SEMITIC.search(word))


def distance(left: str, right: str) -> float:
    """Weighted edit distance of two sounds; vowels weigh less than consonants, ends more than the middle."""
    row = [0.0]
    for c in right:
        row.append(row[-1] + slip(c))
    for i, a in enumerate(left):
        last, row = row, [row[0] + slip(a)]
        for j, b in enumerate(right):
            swap = 0.0 if a == b else COSTS.get(a + b, 1.0)
            if swap and a in "aeiou" and i == len(left) - 1 and j == len(right) - 1:
                swap = min(1.0, swap * 2)
            if swap == 1.0 and not {a, b} & set("aeiou"):
                swap = 2.0 if i == j == 0 else 1.3
            row.append(min(last[j] + swap, last[j + 1] + slip(a), row[j] + slip(b)))
    return row[-1]


def slip(letter: str) -> float:
    """What a letter too many costs."""
    return 0.5 if letter in "aeiou" else 0.3 if letter == "h" else 0.9


@lru_cache(maxsize=500_000)
def likeness(left: str, right: str) -> float:
    """0 to 1: how surely two words are spellings of one name."""
    if left == right:
        return 1.0
    semitic = is_semitic(left), is_semitic(right)
    if semitic[0] != semitic[1]:
        return semitic_likeness(left, right)
    if all(semitic):
        return 0.0
    one, two = sound(left), sound(right)
    if not one or not two:
        return 0.0
    longest = max(len(one), len(two))
    if longest > min(len(one), len(two)) + 3 or Levenshtein.distance(bones(left), bones(right)) > FAR:
        return 0.0
    if min(len(one), len(two)) < 3:
        return 0.9 if one == two and longest > 1 else 0.0
    return min(0.99, max(0.0, 1.0 - distance(one, two) / (longest + 1.0)))


def semitic_likeness(left: str, right: str) -> float:
    """The same across a script without vowels and Latin: the consonants in order, with few exceptions."""
    written, latin = (left, right) if SEMITIC.search(left) else (right, left)
    latin = latin.lower()
    if ("و" in written[1:] and not re.search("[uow]", latin)) or (
        SCRIPT_WITH_WAW.search(written) and "و" not in written and re.search("ou|oo", latin)
    ):
        return 0.0
    one, two = bones(left), bones(right)
    if not one and not two:
        return 0.9 if max(len(left), len(right)) < 6 else 0.0
    if len(one) != len(two):
        return 0.0
    gap = sum(0.0 if a == b else COSTS.get(a + b, 1.0) for a, b in zip(one, two, strict=True))
    if len(one) < 3:
        return 0.9 if not gap else 0.0
    return 0.95 if gap <= 0.3 else 0.9 if gap <= 0.5 else 0.0


def korean(name: str) -> str:
    """A Korean name in one plain form, from Hangul or any romanisation."""
    text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", anyascii(name)).lower()
    words = re.split(r"[^a-z]+", text)
    out = []
    for word in words:
        for pattern, by in KOREAN:
            word = word.replace(pattern, by)
        out.append(re.sub(r"(.)\1+", r"\1", word))
    return "".join(out)


def pinyin(name: str) -> str:
    """A Chinese name in pinyin without blanks, from characters, pinyin or Wade-Giles."""
    if HAN.search(name):
        return re.sub(r"[^a-z]", "", anyascii(name).lower())
    words = re.split(r"[\s\-]+", anyascii(name.replace("ü", "v")).replace("’", "'").lower())
    return "".join(re.sub(r"[^a-z]", "", word) for word in words)


def wade_giles(name: str) -> str:
    """A name in Wade-Giles turned into pinyin, syllable by syllable."""
    out = []
    for word in re.split(r"[\s\-]+", name.replace("’", "'").lower()):
        for pattern, by in WADE:
            word = re.sub(pattern, by, word)
        out.append(re.sub(r"[^a-z]", "", word))
    return "".join(out)
