"""Gold against found: precision, recall and F1 of pairs, triples, events and roles, per phenomenon.

A gold triple marked core was seen by both of two annotators: recall is over these; finding one of the others
is right, missing it no fault. A triple is right when both ends name the gold actors in the right order
(either order for a symmetric relation) and its relation holds a gold lemma in any inflection or its code is
the gold one. The reader of a long report cares for `triple`; `dyad` is the bare pair.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from extract.errors import InputError
from extract.model import Triple
from extract.scoreboard import write_scoreboard

__all__ = [
    "Score",
    "fits",
    "load_gold",
    "norm",
    "prf",
    "reliability",
    "same_code",
    "score",
    "write_scoreboard",
]

YIELD = frozenset({"YIELD", "CONCEDE", "RETREAT"})  # one class in PLOVER before 2021, so in the gold
STATUSES = ("actual", "future", "hypothetical", "negated")
ROLE_WORDS = frozenset(
    re.findall(
        r"\w+",
        """the of a an in and for to government officials official forces troops president minister leader
        leaders foreign police army rebels military prime party""",
    )
)
SAME_STATE = (
    frozenset({"us", "usa", "united states", "united states of america", "america"}),
    frozenset({"uk", "united kingdom", "britain", "great britain"}),
)
FORMS = Path(__file__).parent / "data" / "inflections.toml"
PREFIXES = ("re", "over", "under", "out", "with", "mis", "fore", "for", "up")


class GoldActor(msgspec.Struct, frozen=True):
    """An actor of a gold article with all its surface forms."""

    name: str
    type: str = ""
    aliases: list[str] = []


class GoldTriple(msgspec.Struct, frozen=True):
    """A relation a careful reader wrote down; `codes` and its like hold every accepted answer."""

    sentence: str
    source: str
    relation: str
    target: str
    lemmas: list[str] = []
    code: str | None = None
    codes: list[str] | None = None
    symmetric: bool = False
    status: str | None = "actual"
    statuses: list[str] | None = None
    attribution: str | None = None
    attributions: list[str | None] | None = None
    core: bool = True

    @property
    def any_code(self) -> list[str]:
        """Every accepted code."""
        return self.codes or [self.code or ""]

    @property
    def any_status(self) -> list[str]:
        """Every accepted status."""
        return self.statuses or [self.status or "actual"]

    @property
    def any_speaker(self) -> list[str | None]:
        """Every accepted attribution."""
        return [self.attribution] if self.attributions is None else self.attributions


class GoldArticle(msgspec.Struct, frozen=True):
    """A gold article with its actors and triples."""

    id: str
    text: str
    actors: list[GoldActor]
    triples: list[GoldTriple]
    title: str | None = None
    published: str | None = None


@dataclass(slots=True)
class Score:
    """The figures of one run; `judged` holds each found triple's confidence and whether it was right.

    `missed` holds core triples nobody found, with their article; `wrong` what was found and is not gold.
    """

    figures: dict[str, Any]
    phenomena: dict[str, dict[str, float]] = field(default_factory=dict)
    confusion: dict[tuple[str, str], int] = field(default_factory=dict)
    judged: list[tuple[float, bool]] = field(default_factory=list)
    missed: list[tuple[str, GoldTriple]] = field(default_factory=list)
    wrong: list[Triple] = field(default_factory=list)


def load_gold(path: Path) -> list[GoldArticle]:
    """The gold articles of a JSON Lines file; InputError names the first wrong line."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, ValueError) as error:
        raise InputError(f"{path}: can't be read as UTF-8 text: {error}") from error
    gold = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                gold.append(msgspec.json.decode(line, type=GoldArticle))
            except msgspec.MsgspecError as error:
                raise InputError(f"{path}:{number}: not a gold article: {error}") from error
            if lost := [t.sentence for t in gold[-1].triples if t.sentence not in gold[-1].text]:
                raise InputError(f"{path}:{number}: gold sentence not in the text: {lost[0][:60]!r}")
    return gold


def norm(text: str | None) -> str:
    """Small letters, no accents, no possessive, no punctuation, no leading article."""
    text = unicodedata.normalize("NFKD", text or "")
    text = "".join(c for c in text if not unicodedata.combining(c)) if not text.isascii() else text
    text = re.sub("[’‘ʼ`]", "'", text.lower())
    text = re.sub(r"\b(?:\w\.){2,}", lambda m: m.group().replace(".", ""), text)
    text = re.sub(r"'s\b|s'(?=\s|$)", lambda m: "s" if m.group().startswith("s'") else "", text)
    return re.sub(r"^(the|a|an) ", "", " ".join(re.sub(r"[^\w]+", " ", text).split()))


def same_code(one: str | None, other: str | None) -> bool:
    """Equal, CONCEDE and RETREAT being one with the older YIELD."""
    return bool(one) and (one == other or (one in YIELD and other in YIELD))


class Linker:
    """Maps a found name to the gold actor with the longest alias inside it, persons first."""

    def __init__(self, actors: Sequence[GoldActor]) -> None:
        self.alias: dict[str, str] = {}
        self.inside: set[str] = set()
        self.persons = {actor.name for actor in actors if actor.type == "PERSON"}
        self._known: dict[str, str | None] = {}
        for actor in actors:
            for name in (actor.name, *actor.aliases):
                self.alias.setdefault(norm(name), actor.name)
                if any(c.isupper() for c in name) and not set(norm(name).split()) <= ROLE_WORDS:
                    self.inside.add(norm(name))
        for actor in actors:
            for name in _unspelt(actor, actors) - set(self.alias):
                self.alias[name] = actor.name
                self.inside.add(name)
        self.alias.pop("", None)
        self.inside.discard("")

    def __call__(self, name: str | None) -> str | None:
        """The gold actor of a name, None when it names nobody."""
        key = norm(name)
        if key not in self._known:
            self._known[key] = self.alias.get(key) or self._longest(key)
        return self._known[key]

    def _longest(self, name: str) -> str | None:
        hits = [alias for alias in self.inside if f" {alias} " in f" {name} "]
        best = max(hits, key=lambda a: (self.alias[a] in self.persons, len(a), a), default=None)
        return None if best is None else self.alias[best]


def _unspelt(actor: GoldActor, actors: Sequence[GoldActor]) -> set[str]:
    """Names an article need not spell out: a person's own surname, the other names of two states."""
    if actor.type == "PERSON":
        surname = norm(actor.name).split()[-1]
        return {surname} if sum(surname in norm(a.name).split() for a in actors) == 1 else set()
    if actor.type == "STATE":
        return set().union(*(names for names in SAME_STATE if norm(actor.name) in names))
    return set()


@lru_cache(maxsize=1)
def _irregular() -> dict[str, str]:
    table: dict[str, str] = tomllib.loads(FORMS.read_text(encoding="utf-8"))["irregular"]
    return table


@lru_cache(maxsize=4096)
def forms(lemma: str) -> frozenset[str]:
    """All regular inflections of an English verb or noun and the irregular ones in the table."""
    irregular = _irregular()
    out = {lemma, *irregular.get(lemma, "").split()} | {lemma + end for end in ("s", "es", "ed", "d", "ing")}
    for prefix in PREFIXES:
        if lemma.startswith(prefix):
            out |= {prefix + form for form in irregular.get(lemma.removeprefix(prefix), "").split()}
    if lemma.endswith("man"):
        out.add(lemma[:-3] + "men")
    if lemma.endswith("e"):
        out.add(lemma[:-1] + "ing")
    if lemma.endswith("y"):
        out |= {lemma[:-1] + "ies", lemma[:-1] + "ied"}
    if lemma.endswith("f"):
        out.add(lemma[:-1] + "ves")
    if len(lemma) > 2 and lemma[-1] not in "aeiouwxy" and lemma[-2] in "aeiou":
        out |= {lemma + lemma[-1] + end for end in ("ed", "ing")}
    return frozenset(_spell(form) for form in out)


def _spell(word: str) -> str:
    """One spelling: criticise is criticize, defence is defense."""
    return re.sub(r"is(?=(e|es|ed|ing|ation)$)", "iz", re.sub("^(def|off)ence", r"\1ense", word))


def _words(text: str) -> list[str]:
    return norm(re.sub(r"(?i)\bco-(?=\w)", "co", text)).split()


def fits(gold: GoldTriple, found: Triple) -> bool:
    """Whether the found relation is the gold one, by code or by lemma."""
    if any(same_code(found.code, code) for code in gold.any_code):
        return True
    words = {_spell(word) for word in _words(found.relation)[:6]}
    lemmas = [parts for lemma in gold.lemmas if (parts := _words(lemma))]
    return any(all(forms(part) & words for part in parts) for parts in lemmas)


@dataclass(frozen=True, slots=True)
class _Candidate:
    triple: Triple
    source: str | None
    target: str | None
    span: tuple[int, int]


def _candidates(article: GoldArticle, found: Iterable[Triple], link: Linker) -> list[_Candidate]:
    """The article's found triples, the same relation in one sentence once."""
    out: dict[tuple[object, ...], _Candidate] = {}
    for triple in found:
        source, target = link(triple.source), link(triple.target)
        span = _place(triple, article.text)
        ends = (source or norm(triple.source), target or norm(triple.target))
        key = (span[0], *ends, triple.code, norm(triple.relation))
        out.setdefault(key, _Candidate(triple, source, target, span))
    return list(out.values())


def _place(triple: Triple, text: str) -> tuple[int, int]:
    if 0 <= triple.start < len(text):
        return triple.start, triple.start + max(1, len(triple.sentence))
    return -1, -1


def _overlap(found: tuple[int, int], gold: tuple[int, int]) -> bool:
    """Most of the shorter one is common, and the found one is not much longer than the gold one."""
    n_found, n_gold = found[1] - found[0], gold[1] - gold[0]
    common = min(found[1], gold[1]) - max(found[0], gold[0])
    return common > 0.5 * min(n_found, n_gold) and n_found <= 3 * n_gold + 40


class _Tally:
    """Counts over all articles; each method adds what one comparison shows."""

    def __init__(self) -> None:
        self.n: Counter[Any] = Counter()
        self.phenomena: dict[str, Counter[str]] = defaultdict(Counter)
        self.confusion: Counter[tuple[str, str]] = Counter()
        self.judged: list[tuple[float, bool]] = []
        self.missed: list[tuple[str, GoldTriple]] = []
        self.wrong: list[Triple] = []
        self.names: dict[object, Counter[str]] = defaultdict(Counter)
        self.actors: dict[object, Counter[str | None]] = defaultdict(Counter)

    def article(self, article: GoldArticle, found: Iterable[Triple]) -> None:
        """Compare one article's triples with its gold."""
        cands, n = _candidates(article, found, link := Linker(article.actors)), self.n
        n["found"] += len(cands)
        n["found_role"] += sum(c.triple.code == "ROLE" for c in cands)
        n["found_actors"] += sum(bool(c.source and c.target and c.source != c.target) for c in cands)
        used: set[int] = set()
        paired: set[int] = set()
        for gold in sorted(article.triples, key=lambda g: not g.core):
            at = article.text.find(gold.sentence)
            span = (at, at + len(gold.sentence))
            ends = {gold.source, gold.target}
            pairs = [
                i for i, c in enumerate(cands) if {c.source, c.target} == ends and _overlap(c.span, span)
            ]
            self._pair(gold, cands, pairs, paired)
            right = [
                i for i in pairs
                if i not in used and fits(gold, cands[i].triple)
                and (gold.symmetric or cands[i].source == gold.source)
            ]  # fmt: skip
            best = max(right, key=lambda i: _coded(gold, cands[i].triple), default=None)
            if best is not None:
                used.add(best)
            self._gold(gold, None if best is None else cands[best], link, article.id, len(pairs))
        n["dyad_right"] += len(paired)
        self.judged += [(c.triple.confidence, i in used) for i, c in enumerate(cands)]
        self.wrong += [c.triple for i, c in enumerate(cands) if i not in used]

    def _pair(
        self, gold: GoldTriple, cands: Sequence[_Candidate], pairs: list[int], paired: set[int]
    ) -> None:
        if free := [i for i in pairs if i not in paired]:
            paired.add(next((i for i in free if fits(gold, cands[i].triple)), free[0]))
            self.n["dyad_core"] += gold.core

    def _gold(self, gold: GoldTriple, hit: _Candidate | None, link: Linker, article: str, pairs: int) -> None:
        n, core, role = self.n, gold.core, gold.any_code == ["ROLE"]
        n["core"] += core
        for name in phenomena(gold):
            self.phenomena[name]["core"] += core
            self.phenomena[name]["hit"] += core and hit is not None
            self.phenomena[name]["pair"] += core and bool(pairs)
        if hit is None:
            self.missed += [(article, gold)] * core
            n["core_role"] += core and role
            return
        coded = hit.triple.code == "ROLE"
        role = role or (coded and "ROLE" in gold.any_code)
        n["right"] += 1
        n["triple_core"] += core
        n["core_role"] += core and role
        n["role_right"] += role and coded
        n["role_core"] += core and role and coded
        n["role_uncoded"] += role and not coded
        n["event_right"] += not role and not coded
        n["event_core"] += core and not role and not coded
        n["code"] += _coded(gold, hit.triple)
        if not _coded(gold, hit.triple):
            self.confusion[gold.any_code[0], hit.triple.code] += 1
        self._status(gold, hit.triple)
        self._speaker(gold, hit.triple, link)
        for name, actor in ((hit.triple.source, hit.source), (hit.triple.target, hit.target)):
            self.names[article, actor][name] += 1
            self.actors[article, name][actor] += 1

    def _status(self, gold: GoldTriple, found: Triple) -> None:
        n, wanted, status = self.n, gold.any_status, found.status
        n["status"] += status in wanted
        for kind in STATUSES:
            n[kind, "gold"] += wanted == [kind]
            n[kind, "found"] += status == kind
            n[kind, "hit"] += wanted == [kind] and status == kind
            n[kind, "right"] += status == kind and kind in wanted
        n["denied_as_fact"] += wanted == ["negated"] and status == "actual"

    def _speaker(self, gold: GoldTriple, found: Triple, link: Linker) -> None:
        n, wanted = self.n, gold.any_speaker
        said = link(found.attribution) if found.attribution else None
        n["attr_gold"] += None not in wanted
        n["attr_hit"] += None not in wanted and said in wanted
        n["attr_found"] += said is not None
        n["attr_right"] += said is not None and said in wanted

    def score(self) -> Score:
        """The figures of everything counted so far."""
        return Score(
            figures=self.figures(),
            phenomena={
                name: {
                    "core": c["core"], "recall": _share(c["hit"], c["core"]),
                    "pair_recall": _share(c["pair"], c["core"]),
                }
                for name, c in sorted(self.phenomena.items()) if c["core"]
            },
            confusion=dict(self.confusion.most_common()),
            judged=self.judged, missed=self.missed, wrong=self.wrong,
        )  # fmt: skip

    def figures(self) -> dict[str, Any]:
        """The referee's figures, by its names."""
        n = self.n
        ends = sum(sum(c.values()) for c in self.names.values())
        events = n["found"] - n["found_role"] - n["role_uncoded"]
        return {
            "core_gold": n["core"],
            "found": n["found"],
            "triple": prf(n["right"], n["found"], n["triple_core"], n["core"]),
            "triple_actors": prf(n["right"], n["found_actors"], n["triple_core"], n["core"]),
            "dyad": prf(n["dyad_right"], n["found"], n["dyad_core"], n["core"]),
            "dyad_actors": prf(n["dyad_right"], n["found_actors"], n["dyad_core"], n["core"]),
            "events": prf(n["event_right"], events, n["event_core"], n["core"] - n["core_role"]),
            "roles": prf(n["role_right"], n["found_role"], n["role_core"], n["core_role"]),
            "code_accuracy": _share(n["code"], n["right"]),
            "status_accuracy": _share(n["status"], n["right"]),
            "status": {
                k: prf(n[k, "right"], n[k, "found"], n[k, "hit"], n[k, "gold"])["f1"] for k in STATUSES
            },
            "denied_as_fact": n["denied_as_fact"],
            "attribution": prf(n["attr_right"], n["attr_found"], n["attr_hit"], n["attr_gold"]),
            "one_name_per_actor": _share(sum(max(c.values()) for c in self.names.values()), ends),
            "one_actor_per_name": _share(sum(max(c.values()) for c in self.actors.values()), ends),
        }


def _coded(gold: GoldTriple, found: Triple) -> bool:
    return any(same_code(found.code, code) for code in gold.any_code)


def phenomena(gold: GoldTriple) -> list[str]:
    """What makes a gold triple hard, as far as its own fields tell."""
    status = gold.any_status[0]
    kinds = ["role" if gold.any_code == ["ROLE"] else f"code {gold.any_code[0]}", f"status {status}"]
    if gold.symmetric:
        kinds.append("symmetric")
    if None not in gold.any_speaker:
        kinds.append("attributed")
    if re.search(r"\bby\b", gold.relation):
        kinds.append("passive")
    written = norm(gold.sentence)
    unnamed = [e for e in (gold.source, gold.target) if not set(norm(e).split()) & set(written.split())]
    return [*kinds, "an end not named in the sentence" if unnamed else "both ends named in the sentence"]


def prf(right: int, found: int, core_hit: int, core: int) -> dict[str, float]:
    """Precision over what was found, recall over the core, and their F1."""
    p, r = (right / found if found else 0.0), (core_hit / core if core else 0.0)
    return {"p": round(p, 3), "r": round(r, 3), "f1": round(2 * p * r / (p + r), 3) if p + r else 0.0}


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0


def score(gold: Sequence[GoldArticle], found: Iterable[Triple]) -> Score:
    """Compare found triples with gold articles; triples of other articles are left out."""
    by_article: dict[str, list[Triple]] = defaultdict(list)
    for triple in found:
        by_article[triple.article].append(triple)
    tally = _Tally()
    for article in gold:
        tally.article(article, by_article[article.id])
    return tally.score()


def reliability(result: Score, bins: int = 10) -> tuple[list[tuple[float, float, int, float, float]], float]:
    """Rows (from, to, triples, mean confidence, share right) and the expected calibration error."""
    groups: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, was in result.judged:
        groups[min(int(confidence * bins), bins - 1)].append((confidence, was))
    rows, error = [], 0.0
    for i, group in sorted(groups.items()):
        mean = sum(c for c, _ in group) / len(group)
        hit = sum(r for _, r in group) / len(group)
        rows.append((i / bins, (i + 1) / bins, len(group), round(mean, 3), round(hit, 3)))
        error += abs(mean - hit) * len(group) / len(result.judged)
    return rows, round(error, 3)
