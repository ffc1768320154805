"""Names compared as names: order, particles, titles, patronymics, generations, scripts and acronyms.

read(name, type) -> Form           what the name says, cached
compare(Form, Form) -> Match       score 0 to 1, the rule that gave it, and whether it settles anything
A Match with `clash` holds two actors apart whatever else speaks for them (Jr and Sr, two patronymics).
Words are compared by sound (graph.sounds), which found as many as OpenSanctions' rigour with its name lists did
on labelled pairs, without the 8 s and 400 MB these take to load; its territories are used (graph.places).
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from anyascii import anyascii
from extract.model import ActorType
from graph import sounds

DATA = Path(__file__).parent / "data"
ALIKE = 0.86
PATRONYMIC = re.compile(r"(?:ov|ev|yev)(?:ich|ych|na)$|(?:ov|ev)yc$|(?:il|k|m|n)ichna$|ivna$")
BARE = "bare"
WHOLE = {"us": "united states", "un": "united nations", "uk": "united kingdom", "eu": "european union"}
ASCII = {ord(c): None if c in "'`." else " " for c in map(chr, range(128)) if not c.isalnum()}


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name, as compared."""

    text: str


@dataclass(frozen=True, slots=True)
class Form:
    """A name taken apart; `titles` stood before it, `generation` behind it."""

    name: str
    type: ActorType
    words: tuple[Word, ...]
    titles: tuple[str, ...]
    generation: str
    script: str

    @property
    def bare(self) -> bool:
        """Whether it is one word, or an acronym: enough to hint at somebody, too little to tell who."""
        return len(self.words) < 2 and self.script == "letters"


@dataclass(frozen=True, slots=True)
class Match:
    """How alike two names are, and why."""

    score: float
    rule: str
    clash: bool = False


NOTHING = Match(0.0, "")


@lru_cache(maxsize=1)
def lists() -> dict[str, frozenset[str]]:
    """The word lists by name."""
    with (DATA / "words.toml").open("rb") as file:
        tables: dict[str, dict[str, str]] = tomllib.load(file)
    tables.pop("translations")
    tables.pop("nicknames")
    return {key: frozenset(comma(text)) for table in tables.values() for key, text in table.items()}


@lru_cache(maxsize=1)
def translations() -> dict[str, str]:
    """English by foreign word, for bodies' names."""
    with (DATA / "words.toml").open("rb") as file:
        table = tomllib.load(file)["translations"]
    return {word: plain(english) for english, text in table.items() for word in comma(text)}


def english(words: Iterable[str]) -> tuple[str, ...]:
    """The words put into English where the table knows them, small ones left out."""
    return tuple(sorted(translations().get(w, w) for w in words if w not in lists()["small"]))


@lru_cache(maxsize=1)
def nicknames() -> dict[str, str]:
    """The full first name of each short one."""
    with (DATA / "words.toml").open("rb") as file:
        table = tomllib.load(file)["nicknames"]
    return {short: plain(whole) for whole, text in table.items() for short in comma(text)}


def nickname(word: str) -> str:
    """The first name a word is short for; else the word."""
    return nicknames().get(word, word)


def comma(text: str) -> Iterator[str]:
    """The entries of a comma list."""
    return (plain(part) for part in text.split(",") if part.strip())


def plain(text: str) -> str:
    """Small letters without accents, apostrophes or hyphens; other scripts keep their letters."""
    if text.isascii():
        return " ".join(text.lower().translate(ASCII).split())
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    bare = re.sub(r"[’'`ʼʻʿʾ.]", "", bare.casefold().replace("ı", "i"))
    if bare and not bare.isascii() and not any(ord(c) > 0x24F for c in bare):
        bare = anyascii(bare).lower()
    return " ".join(re.sub(r"[^\w]|_", " ", bare).split())


@lru_cache(maxsize=100_000)
def read(name: str, type_: ActorType) -> Form:
    """Take a name apart."""
    script = "han" if sounds.HAN.search(name) else "hangul" if sounds.HANGUL.search(name) else "letters"
    words = plain(name).split()
    titles: list[str] = []
    generation = ""
    if type_ == "PERSON":
        while len(words) > 1 and words[0] in lists()["titles"] and not (words[0] == "ma" and len(words) > 2):
            titles.append(words.pop(0))
        if len(words) > 1 and words[-1] in lists()["generations"]:
            generation = words.pop()[:2]
    return Form(
        name=name,
        type=type_,
        words=tuple(map(Word, words)),
        titles=tuple(titles),
        generation=generation,
        script=script,
    )


def same_word(left: Word, right: Word) -> float:
    """0 to 1: whether two words are one name."""
    if left.text == right.text:
        return 1.0
    if nickname(left.text) == nickname(right.text):
        return 0.9
    score = sounds.likeness(left.text, right.text)
    bar = ALIKE if min(len(left.text), len(right.text)) > 4 else 0.9
    return score if score >= bar else 0.0


@lru_cache(maxsize=500_000)
def match_names(left: str, left_type: ActorType, right: str, right_type: ActorType) -> Match:
    """How alike two names are; remembered, for the same bare names are compared again and again."""
    return compare(read(left, left_type), read(right, right_type))


def compare(left: Form, right: Form) -> Match:
    """How alike two names of persons, or of bodies, are."""
    if plain(left.name) == plain(right.name):
        return Match(1.0, "same name")
    if (left.type == "PERSON") != (right.type == "PERSON"):
        return NOTHING
    return compare_persons(left, right) if left.type == "PERSON" else compare_bodies(left, right)


# Persons


def compare_persons(left: Form, right: Form) -> Match:
    """Two names of persons, each word found in the other or known to be left out at times."""
    if any(w.text in lists()["offices"] for form in (left, right) for w in form.words):
        return NOTHING
    if left.generation != right.generation and (len(left.words) > 1 or left.generation):
        return Match(0.0, "one generation is not the other", clash=True)
    if (east := compare_east_asian(left, right)) is not None:
        return east
    short, long = sorted((solid(left), solid(right)), key=lambda words: (len(words), [w.text for w in words]))
    if not short:
        return NOTHING
    if initials_clash(left, right):
        return Match(0.0, "other initials", clash=True)
    pairs, rest_short, rest_long = align(short, long)
    if patronymics_clash(left, right):
        return Match(0.0, "two patronymics", clash=True)
    rest_short, rest_long = (
        drop_patronymics(rest_short, left, right),
        drop_patronymics(rest_long, left, right),
    )
    if rest_short:
        torn = len(short) > 1 and bool(pairs) and bool(rest_long)
        return Match(0.0, "each has a name the other lacks", clash=torn)
    if not pairs:
        return NOTHING
    score = sum(s for _, _, s in pairs) / len(pairs)
    if len(short) == 1:
        return bare_match(short[0], long, score, pairs)
    if not rest_long:
        return Match(round(0.96 * score, 3), "same words" if score == 1 else "spellings of one name")
    chained = any(w.text in ("bin", "ibn") for form in (left, right) for w in form.words)
    return contained(long, rest_long, pairs, score, chained=chained)


def solid(form: Form) -> tuple[Word, ...]:
    """The words that count: particles go, unless nothing else is left."""
    kept = tuple(
        w
        for i, w in enumerate(form.words)
        if w.text not in lists()["particles"] or (i == 0 and w.text == "ben")
    )
    return kept if len(kept) > 1 or len(form.words) < 2 else form.words


def align(
    short: Sequence[Word], long: Sequence[Word]
) -> tuple[list[tuple[int, int, float]], list[Word], list[Word]]:
    """Pairs (index in short, in long, score), best first, then neighbours written as one; and what is left."""
    scored = sorted(
        ((s, i, j) for i, a in enumerate(short) for j, b in enumerate(long) if (s := pair_score(a, b))),
        key=lambda hit: (-hit[0], abs(hit[1] - hit[2]), hit[1], hit[2]),
    )
    used_short: set[int] = set()
    used_long: set[int] = set()
    pairs = []
    for s, i, j in scored:
        if i not in used_short and j not in used_long:
            used_short.add(i)
            used_long.add(j)
            pairs.append((i, j, s))
    pairs += join(short, long, used_short, used_long) + join(long, short, used_long, used_short, swap=True)
    return (
        pairs,
        [w for i, w in enumerate(short) if i not in used_short],
        [w for j, w in enumerate(long) if j not in used_long],
    )


def pair_score(left: Word, right: Word) -> float:
    """Likeness of two words; an initial stands for any name it begins."""
    one, two = left.text, right.text
    if 1 in (len(one), len(two)) and one[:1] == two[:1] and one[:1].isalpha():
        return 0.9 if one != two else 1.0
    return same_word(left, right)


def join(
    ones: Sequence[Word],
    others: Sequence[Word],
    used_ones: set[int],
    used_others: set[int],
    *,
    swap: bool = False,
) -> list[tuple[int, int, float]]:
    """Two neighbours on one side that are one word on the other: Nasr Allah, Nasrallah."""
    found = []
    for i in range(len(ones) - 1):
        if {i, i + 1} & used_ones:
            continue
        for j, other in enumerate(others):
            if j in used_others:
                continue
            joined = max(
                sounds.likeness(ones[i].text + middle + ones[i + 1].text, other.text) for middle in ("", "al")
            )
            if joined >= 0.9:
                used_ones |= {i, i + 1}
                used_others.add(j)
                found.append((j, i, joined) if swap else (i, j, joined))
                break
    return found


def initials_clash(left: Form, right: Form) -> bool:
    """Whether both have initials after the first name, and other ones: H. W. and W."""
    ours, theirs = ([w.text for w in form.words[1:] if len(w.text) == 1] for form in (left, right))
    return bool(ours) and bool(theirs) and ours != theirs


def patronymics(form: Form) -> list[Word]:
    """The Slavic patronymics of a name: between two names, or behind them where the family name leads."""
    words = form.words
    at = [i for i, w in enumerate(words) if 0 < i and is_patronymic(w)] if len(words) > 2 else []
    return [words[i] for i in at if i < len(words) - 1 or is_family(words[0])]


def is_family(word: Word) -> bool:
    """Whether it is a Slavic family name by its ending."""
    return bool(
        re.search(r"(?:[oe]v|[oe]va|in|ina|sk[iy]y?|ska|skaya|enko|chuk)$", anyascii(word.text).lower())
    )


def patronymics_clash(left: Form, right: Form) -> bool:
    """Whether each side has a patronymic, and they differ."""
    ours, theirs = patronymics(left), patronymics(right)
    return bool(ours and theirs) and not any(same_word(a, b) for a in ours for b in theirs)


def is_patronymic(word: Word) -> bool:
    """Whether it is made from the father's name, the Slavic way."""
    return bool(PATRONYMIC.search(anyascii(word.text).lower()))


def drop_patronymics(words: Sequence[Word], *forms: Form) -> list[Word]:
    """The words that are neither patronymic nor initial."""
    known = {w.text for form in forms for w in patronymics(form)}
    return [w for w in words if w.text not in known and len(w.text) > 1]


def bare_match(
    word: Word, long: Sequence[Word], score: float, pairs: Sequence[tuple[int, int, float]]
) -> Match:
    """One word against a whole name: the family name, or the one name a person goes by."""
    place = pairs[0][1]
    if 1 in (len(word.text), len(long[place].text)) or sum(w.text == long[place].text for w in long) != 1:
        return NOTHING
    if len(long) == 1:
        return Match(round(0.96 * score, 3), "same words" if score == 1 else "spellings of one name")
    last = place == len(long) - 1
    return Match(round((0.8 if last else 0.7) * score, 3), BARE)


def contained(
    long: Sequence[Word],
    rest: Sequence[Word],
    pairs: Sequence[tuple[int, int, float]],
    score: float,
    *,
    chained: bool,
) -> Match:
    """The longer name has words more: a middle name, a second family name, a first name never used."""
    at = {j for _, j, _ in pairs}
    extra = [w.text for w in rest]
    first, last = 0 in at, len(long) - 1 in at
    if first and last:
        return Match(round(0.93 * score, 3), "a middle name more")
    if all(long[j].text in lists()["common"] for j in at):
        return Match(0.7, "a name more, to names that many bear")
    if (first and len(extra) == 1) or (
        last and not chained and (extra[0] in lists()["dropped"] or (len(at), len(extra)) == (2, 2))
    ):
        return Match(round(0.9 * score, 3), "a name more")
    return Match(0.7, "a first name more") if last else NOTHING


def compare_east_asian(left: Form, right: Form) -> Match | None:
    """Chinese and Korean names, where one syllable more or less is another person; None when neither."""
    if left.script == right.script == "letters":
        return compare_wade_giles(left, right)
    if "han" in (left.script, right.script):
        return equal_turned(left, right, sounds.pinyin, "Chinese characters and pinyin")
    if "hangul" in (left.script, right.script):
        return equal_turned(left, right, sounds.korean, "Hangul and its romanisation")
    return None


def equal_turned(left: Form, right: Form, read_as: Any, rule: str) -> Match:
    """Whether both read the same, the family name first or last."""
    ours, theirs = turned(left, read_as), turned(right, read_as)
    return Match(0.95, rule) if ours & theirs else NOTHING


def pinyin_forms(form: Form) -> list[str]:
    """The readings of a Chinese name, from characters, pinyin or Wade-Giles."""
    return sorted(turned(form, sounds.pinyin) | {sounds.wade_giles(form.name)})


def turned(form: Form, read_as: Any) -> set[str]:
    """The readings of a name: as written, and with its last word first."""
    if form.script != "letters":
        return {read_as(form.name)}
    words = re.split(r"\s+", form.name.strip())
    words = words[len(form.titles) :] or words
    return {read_as(" ".join(words)), read_as(" ".join(words[-1:] + words[:-1]))}


def compare_wade_giles(left: Form, right: Form) -> Match | None:
    """A name of hyphenated syllables may be Wade-Giles for the other's pinyin."""
    for one, two in ((left, right), (right, left)):
        if re.fullmatch(r"\w+ [\w'’]+-[\w'’]+", one.name) and re.fullmatch(
            r"[A-Z][a-z]+ [A-Z][a-z]+", two.name
        ):
            if sounds.wade_giles(one.name) == sounds.pinyin(two.name):
                return Match(0.94, "Wade-Giles and pinyin")
    if syllables(left) and syllables(right):
        same = turned(left, sounds.pinyin) & turned(right, sounds.pinyin)
        korean = sounds.korean(left.name) == sounds.korean(right.name) != ""
        return Match(0.96, "same syllables") if same else Match(0.93, "romanisations") if korean else NOTHING
    return None


EAST = re.compile(
    r"(?:zh|ch|sh|hs|ts|ky|hy|by|my|[bpmfdtnlgkhjqxrzcswy])?(?:[aeiouv]{1,3})(?:ng|n|r|k|l|m|p)?"
)


def syllables(form: Form) -> bool:
    """Whether all its words are one or two syllables as in Chinese or Korean, and it has the length of such a name."""
    return (
        2 <= len(form.words) <= 3
        and all(EAST.fullmatch(w.text) or re.fullmatch(EAST.pattern * 2, w.text) for w in form.words)
        and any(w.text in lists()["common"] and len(w.text) < 6 for w in (form.words[0], form.words[-1]))
    )


# States, places, organisations, groups


def compare_bodies(left: Form, right: Form) -> Match:
    """Two names of bodies: the same words, legal forms aside, or one the acronym of the other."""
    ours, theirs = core(left), core(right)
    if ours and ours == theirs:
        return Match(0.97, "same name but for its form")
    if acronym_of(left, right) or acronym_of(right, left):
        return Match(0.9, "acronym")
    if len(ours) > 1 and english(ours) == english(theirs):
        return Match(0.92, "translation")
    if foreign_acronym(left, right) or foreign_acronym(right, left):
        return Match(0.88, "acronym of the translation")
    if "STATE" in (left.type, right.type):
        return NOTHING
    if "han" in (left.script, right.script):
        same = sounds.pinyin(left.name) == sounds.pinyin(right.name)
        return Match(0.9, "Chinese characters and pinyin") if same else NOTHING
    return spelled_alike(ours, theirs)


def core(form: Form) -> tuple[str, ...]:
    """The words that tell the body: no legal form, no article, US and UN in full."""
    words = tuple(part for w in form.words for part in WHOLE.get(w.text, w.text).split())
    if len(form.words) < 2:
        words = tuple(w.text for w in form.words)
    skip = lists()["legal"] | (lists()["particles"] - {"st", "saint"})
    return tuple(w for w in words if w not in skip) or words


def spelled_alike(ours: Sequence[str], theirs: Sequence[str]) -> Match:
    """Each word a spelling of its counterpart: short words and known different ones never are."""
    if len(ours) != len(theirs):
        joined = sounds.likeness("".join(ours), "".join(theirs))
        return (
            Match(round(0.93 * joined, 3), "spellings of one name")
            if joined >= 0.95 and len("".join(ours)) > 6
            else NOTHING
        )
    scores = [word_likeness(a, b) for a, b in zip(ours, theirs, strict=True)]
    if not scores or min(scores) < 0.93:
        return NOTHING
    return Match(round(0.95 * sum(scores) / len(scores), 3), "spellings of one name")


def word_likeness(left: str, right: str) -> float:
    """Spellings of a word of a body's name: equal, or alike in sound and not just in letters."""
    if left == right:
        return 1.0
    if min(len(left), len(right)) < 5 and not sounds.SEMITIC.search(left + right):
        return 0.95 if sounds.sound(left) == sounds.sound(right) and len(left) > 3 else 0.0
    return sounds.likeness(left, right)


def acronym_of(short: Form, long: Form) -> bool:
    """Whether one is made of the other's initials, small words taken or left."""
    return len(short.words) == 1 < len(long.words) and bool(initials(short) & initials(long))


def foreign_acronym(short: Form, long: Form) -> bool:
    """Whether one has the initials of the other's English name, in any order."""
    if len(short.words) != 1 or len(long.words) < 3:
        return False
    words = english(w.text for w in long.words)
    given = tuple(sorted(w.text for w in long.words if w.text not in lists()["small"]))
    return words != given and any(sorted(a) == sorted(w[0].upper() for w in words) for a in initials(short))


@lru_cache(maxsize=100_000)
def initials(form: Form) -> frozenset[str]:
    """The acronyms a name can have; an acronym has itself."""
    words = anyascii(form.name).replace("-", " ").replace("'", " ").split()
    big = [w for w in words if plain(w) not in lists()["small"] and w[:1].isalpha()]
    if len(words) == 1:
        letters = re.sub(r"[^A-Z]", "", words[0])
        small = sum(map(str.isalpha, words[0])) - len(letters)
        return frozenset({letters} if 1 < len(letters) < 9 and small < 2 else ())
    if len(big) < 2:
        return frozenset()
    made = {
        "".join(w[0] for w in part).upper() for part in (words, big, [w for w in words if w[:1].isupper()])
    }
    return frozenset(letters for letters in made if 1 < len(letters) < 9)
