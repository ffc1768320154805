"""Names of persons compared: word by word, whatever the order, with what bearers leave out at times."""

from __future__ import annotations

import re
from collections.abc import Sequence

from anyascii import anyascii

from graph import sounds
from graph.eastern import compare_east_asian
from graph.names import BARE, NOTHING, Form, Match, Word, lists, nickname

ALIKE = 0.86
LACKS = "each has a name the other lacks"
PATRONYMIC = re.compile(r"(?:ov|ev|yev)(?:ich|ych|na)$|(?:ov|ev)yc$|(?:il|k|m|n)ichna$|ivna$")


def same_word(left: Word, right: Word) -> float:
    """0 to 1: whether two words are one name."""
    if left.text == right.text:
        return 1.0
    if nickname(left.text) == nickname(right.text):
        return 0.9
    score = sounds.likeness(left.text, right.text)
    bar = ALIKE if min(len(left.text), len(right.text)) > 4 else 0.9
    return score if score >= bar else 0.0


def compare_persons(left: Form, right: Form) -> Match:
    """Two names of persons, each word found in the other or known to be left out at times."""
    if any(w.text in lists()["offices"] for form in (left, right) for w in form.words):
        return NOTHING
    told = all(form.generation or len(form.words) > 1 for form in (left, right))
    if told and left.generation != right.generation:
        return Match(0.0, "one generation is not the other", clash=True)
    if (east := compare_east_asian(left, right)) is not None:
        return east
    short, long = sorted((solid(left), solid(right)), key=lambda words: (len(words), [w.text for w in words]))
    if not short:
        return NOTHING
    if len(short) == 1 and is_strange(short[0], long):
        return Match(0.0, LACKS)
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
        return Match(0.0, LACKS, clash=torn)
    if not pairs:
        return NOTHING
    score = sum(s for _, _, s in pairs) / len(pairs)
    if len(short) == 1:
        return bare_match(short[0], long, score, pairs)
    if not rest_long:
        return Match(round(0.96 * score, 3), "same words" if score == 1 else "spellings of one name")
    chained = any(w.text in ("bin", "ibn") for form in (left, right) for w in form.words)
    return contained(long, rest_long, pairs, score, chained=chained)


def is_strange(word: Word, long: Sequence[Word]) -> bool:
    """Whether a bare name is like no word of the other name, nor like two of them written as one."""
    return not any(pair_score(word, other) for other in long) and not join(long, [word], set(), set())


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
    """Pairs (index in short, in long, score), best first, then words written as one; and what is left."""
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
            if j in used_others or not fits_length(ones[i], ones[i + 1], other):
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


def fits_length(first: Word, second: Word, whole: Word) -> bool:
    """Whether two words have as many consonants as a third, give or take an article and a few slips."""
    counts = [len(sounds.bones(w.text)) for w in (first, second, whole)]
    return abs(counts[0] + counts[1] - counts[2]) <= sounds.FAR + 2


def initials_clash(left: Form, right: Form) -> bool:
    """Whether both have initials after the first name, and other ones: H. W. and W."""
    ours, theirs = ([w.text for w in form.words[1:] if len(w.text) == 1] for form in (left, right))
    return bool(ours) and bool(theirs) and ours != theirs


def patronymics(form: Form) -> list[Word]:
    """The Slavic patronymics of a name: between two names, or behind them where the family name leads."""
    words = form.words
    at = [i for i, w in enumerate(words) if i > 0 and is_patronymic(w)] if len(words) > 2 else []
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
