"""Chinese and Korean names compared, where one syllable more or less is another person."""

from __future__ import annotations

import re
from typing import Any

from graph import sounds
from graph.names import NOTHING, Form, Match, lists

EAST = re.compile(
    r"(?:zh|ch|sh|hs|ts|ky|hy|by|my|[bpmfdtnlgkhjqxrzcswy])?(?:[aeiouv]{1,3})(?:ng|n|r|k|l|m|p)?"
)


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
        hyphened = re.fullmatch(r"\w{1,20} [\w'’]{1,20}-[\w'’]{1,20}", one.name)
        plain = re.fullmatch(r"[A-Z][a-z]{1,20} [A-Z][a-z]{1,20}", two.name)
        if hyphened and plain and sounds.wade_giles(one.name) == sounds.pinyin(two.name):
            return Match(0.94, "Wade-Giles and pinyin")
    if syllables(left) and syllables(right):
        same = turned(left, sounds.pinyin) & turned(right, sounds.pinyin)
        korean = sounds.korean(left.name) == sounds.korean(right.name) != ""
        return Match(0.96, "same syllables") if same else Match(0.93, "romanisations") if korean else NOTHING
    return None


def syllables(form: Form) -> bool:
    """Whether its words are one or two syllables as in Chinese or Korean, its family name a common one."""
    return (
        2 <= len(form.words) <= 3
        and all(EAST.fullmatch(w.text) or re.fullmatch(EAST.pattern * 2, w.text) for w in form.words)
        and any(w.text in lists()["common"] and len(w.text) < 6 for w in (form.words[0], form.words[-1]))
    )
