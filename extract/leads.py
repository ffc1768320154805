"""Wire leads scored: one coded event a sentence, its actors given as free text (PLOVER's gold records).

Names are compared by their content words, since a lead says "Turkish troops" where the record says "Turkey".
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from extract.errors import InputError
from extract.model import Triple
from extract.score import ROLE_WORDS, norm, same_code

RENAMED = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
COMPASS = re.compile(r"\b(united|north|south|east|west|new|northern|southern|eastern|western) (?=\w)")
LONGEST = 6  # a name of more content words names nobody
# Nations whose adjective has another stem, and two whose stem is another nation's (Niger, Austria).
NATIONS = {
    "british": "britain", "uk": "britain", "french": "france", "spanish": "spain", "polish": "poland",
    "danish": "denmark", "dutch": "netherlands", "swiss": "switzerland", "irish": "ireland",
    **dict.fromkeys(("us", "usa", "american", "americans"), "united_states"),
    **dict.fromkeys(("nigeria", "nigerian", "nigerians"), "ngr_ia"),
    **dict.fromkeys(("australia", "australian", "australians"), "aus_ia"),
}  # fmt: skip


class GoldLead(msgspec.Struct, frozen=True):
    """A wire lead with the class of its event and the pairs of actors it relates."""

    id: str
    text: str
    event: str
    pairs: list[tuple[str, str]]
    reciprocal: bool = False

    @property
    def code(self) -> str:
        """The class by its 2021 name."""
        return RENAMED.get(self.event, self.event)


def load_leads(path: Path) -> list[GoldLead]:
    """The leads of a JSON Lines file; InputError names the first wrong line."""
    leads = []
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: can't be read as UTF-8 text: {error}") from error
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                leads.append(msgspec.json.decode(line, type=GoldLead))
            except msgspec.MsgspecError as error:
                raise InputError(f"{path}:{number}: not a gold lead: {error}") from error
    return leads


def score_leads(gold: Sequence[GoldLead], found: Iterable[Triple]) -> dict[str, Any]:
    """Recall and precision of the pairs, bare and with the right code; ROLE and SAY are left out."""
    by_lead: dict[str, dict[tuple[str, ...], Triple]] = defaultdict(dict)
    for t in found:
        if t.code not in {"ROLE", "SAY"}:
            by_lead[t.article].setdefault((norm(t.source), norm(t.target), t.code, norm(t.relation)), t)
    n: Counter[str] = Counter()
    for lead in gold:
        cands = list(by_lead[lead.id].values()) if lead.id in by_lead else []
        n["found"] += len(cands) if lead.pairs else 0
        for pair in lead.pairs:
            n["gold"] += 1
            if hits := [t for t in cands if joins(lead, *pair, t)]:
                best = max(hits, key=lambda t: same_code(t.code, lead.code))
                cands.remove(best)
                n["pair"] += 1
                n["code"] += same_code(best.code, lead.code)
    return {
        "gold_pairs": n["gold"],
        "found": n["found"],
        "pair_recall": _share(n["pair"], n["gold"]),
        "pair_precision": _share(n["pair"], n["found"]),
        "coded_recall": _share(n["code"], n["gold"]),
        "coded_precision": _share(n["code"], n["found"]),
        "code_accuracy": _share(n["code"], n["pair"]),
    }


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0


def joins(lead: GoldLead, one: str, other: str, found: Triple) -> bool:
    """Whether the triple relates the pair, in either order where the event is reciprocal."""
    return _relates(one, other, found) or (lead.reciprocal and _relates(other, one, found))


def _relates(one: str, other: str, found: Triple) -> bool:
    """Its source names `one` and nothing only `other` has, and the reverse for its target."""
    ours, theirs = _content(one), _content(other)
    source = _named(found.source, found.source_mention)
    target = _named(found.target, found.target_mention)
    return (
        _touch(ours, source)
        and _touch(theirs, target)
        and not _touch({w for w in theirs if not _touch({w}, ours)}, source)
        and not _touch({w for w in ours if not _touch({w}, theirs)}, target)
    )


def _named(*names: str) -> set[str]:
    return {word for name in names if len(words := _content(name)) <= LONGEST for word in words}


@lru_cache(maxsize=8192)
def _content(name: str) -> frozenset[str]:
    """Content words; compass words stick to the next, so that United States is not United Nations."""
    words = frozenset(NATIONS.get(w, w) for w in COMPASS.sub(r"\1_", norm(name)).split())
    return words - ROLE_WORDS or words


def _touch(some: Iterable[str], others: Iterable[str]) -> bool:
    return any(_alike(a, b) for a in some for b in others)


def _alike(a: str, b: str) -> bool:
    """Equal, or one stem in two forms; a lone head word may stand for the whole ("States")."""
    if ("_" in a) != ("_" in b):
        a, b = a.split("_")[-1], b.split("_")[-1]
    stem = max(4, min(len(a), len(b)) - 2)
    return a == b or (min(len(a), len(b)) >= 4 and a[:stem] == b[:stem])
