"""Whom "the regulator", "the paper" and "a parliamentary committee" mean, where nothing nearer says so.

Read where no other rule resolves a noun: a body that its name or the article calls so, wherever it is named
("Court clears hospital" above the text that names both); else a body that acts under its common noun.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache

from spacy.strings import get_string_id
from spacy.tokens import Token

from extract.doers import apart
from extract.fitting import stand_ins
from extract.gazetteer import fold, load, split, table
from extract.lexicon import among_definites, words
from extract.model import Mention
from extract.offices import bearing
from extract.scene import Scene, introduced, keys, narrowing, near, of_verb, stands

POINTING = frozenset({"the", "this", "that"})
ONE = frozenset({"a", "an"})
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "pobj", "poss", "conj"})
LINKS = frozenset({"of", "for", "on", "against", "in", "to", "at"})
LED = frozenset({"lead", "head", "chair", "run"})
REACH = 12  # sentences back
LEAD = 3  # sentences, of headline, byline and lead, that may call by kind whom the next ones name
LEAST = 3  # times that one of several must be named
AHEAD = 4  # sentences in which that name must follow


@lru_cache(maxsize=1)
def kinds() -> list[tuple[frozenset[str], frozenset[str]]]:
    """For each kind of body the nouns of names, and the nouns that call it."""
    rows = table("definites.toml")["kinds"]
    return [(frozenset(split(row["names"])), frozenset(split(row["calls"]))) for row in rows]


@lru_cache(maxsize=1)
def callings() -> frozenset[str]:
    return frozenset().union(*(calls for _, calls in kinds()))


@lru_cache(maxsize=1)
def trades() -> list[frozenset[str]]:
    """Nouns that may call the same person."""
    return [frozenset(split(row)) for row in table("definites.toml")["trades"]["same"]]


@lru_cache(maxsize=1)
def _people() -> frozenset[str]:
    """Nouns that call a person."""
    bodies = {noun for noun, kind in stand_ins().items() if kind == "organisation"}
    return (words().titles | words().groups | among_definites("kin")).union(*trades()) - bodies


@lru_cache(maxsize=1)
def _worth() -> frozenset[int]:
    """The lemmas of all these nouns, as numbers, small or with a capital."""
    nouns = _people() | among_definites("official") | {noun.split()[-1] for noun in callings()}
    return frozenset(get_string_id(form) for noun in nouns for form in (noun, noun.capitalize()))


class Definites:
    """The nouns of one article that stand for a body or person named elsewhere in it."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene

    def read(self, token: Token) -> list[Mention]:
        """The actor that an unresolved noun stands for, if any."""
        if token.lemma not in _worth() or token.tag_ not in ("NN", "NNP") or token.dep_ not in ARGUMENTS:
            return []
        lemma = token.lemma_.lower()
        if token.i and (longer := f"{token.nbor(-1).lower_} {lemma}") in callings():
            lemma = longer
        if self._renamed(token):
            return []
        found = None
        if lemma in callings() or lemma in among_definites("official"):
            found = self._body(token, lemma)
        elif lemma in _people():
            found = self._person(token, lemma)
        return [stands(found, _opening(token), token.i + 1, token.i, "nominal", token.doc)] if found else []

    def _renamed(self, token: Token) -> bool:
        """Whether a name follows at once or in apposition, which is a mention of its own."""
        comma = token.i + 2 < len(token.doc) and token.nbor(1).text == ","
        following = self.scene.cast.at(token.i + 1 + comma)
        named = following is not None and following.kind == "name"
        return named or any(c.dep_ == "appos" and self.scene.cast.headed(c.i) for c in token.children)

    @cached_property
    def _bodies(self) -> dict[str, tuple[Mention, frozenset[str], frozenset[str]]]:
        """Every body that is named, with what it is called and what kinds of its sort may be called."""
        out = {}
        seen: dict[str, list[Mention]] = {}
        for mention in self.scene.cast.mentions:
            if mention.type in ("ORG", "GROUP") and mention.kind == "name" and not _human(mention):
                seen.setdefault(mention.name, []).append(mention)
        for name, mentions in seen.items():
            called, kin = _called(self.scene, mentions)
            out[name] = mentions[0], called, kin
        return out

    def _body(self, token: Token, lemma: str) -> Mention | None:
        scene, doc = self.scene, token.doc
        first = _opening(token)
        opener = doc[first].lower_
        owned = any(c.dep_ == "poss" for c in token.children)
        definite = opener in POINTING and not owned
        lead = scene.sentence[token.i] < LEAD
        bare = lead and opener not in ONE and not definite and not owned and _headline(token)
        if not (definite or bare or (opener in ONE and lead)):
            return self._unnamed(token, first, lemma, bare)
        before = doc[first : token.i - lemma.count(" ")]
        extra = keys(before)
        modified = {t.lemma_.lower() for t in before if t.dep_ in ("compound", "nmod")}
        marks = {key for key in extra if key[:1].isupper()} | modified
        strong: list[Mention] = []
        weak: list[Mention] = []
        others = apart(scene, token)
        for mention, called, kin in self._bodies.values():
            if mention.name in others:
                continue
            own = {*scene.described[mention.name], *fold(mention.name).split(), *called}
            if (lemma in called or lemma in kin) and marks <= own:
                (strong if lemma in called else weak).append(mention)
        if not strong and not weak:
            return self._unnamed(token, first, lemma, bare)
        return self._chosen(token, strong, weak, definite)

    def _chosen(
        self, token: Token, strong: list[Mention], weak: list[Mention], definite: bool
    ) -> Mention | None:
        """The body named last, if it is the only one or called so outright; else the only one soon named."""
        scene, fits = self.scene, strong or weak
        names, certain = {m.name for m in (*strong, *weak)}, {m.name for m in strong}
        if definite:
            before = next((m for m in near(scene, token, REACH) if m.name in names), None)
            if before is not None:
                return before if before.name in certain or len(names) == 1 else None
        if len(fits) != 1:
            return None
        ahead = scene.sentence[fits[0].head] - scene.sentence[token.i]
        return fits[0] if (definite and strong) or 0 <= ahead <= AHEAD else None

    def _unnamed(self, token: Token, first: int, lemma: str, bare: bool) -> Mention | None:
        """A body that acts under its common noun, as the article first called it."""
        if lemma not in among_definites("official") or not (
            bare or token.doc[first].tag_ == "DT" or _owner(token)
        ):
            return None
        if token.doc[first].lower_ in ("any", "no", "every", "each", "another", "some") or not _acts(token):
            return None
        return bearing(token, self._introduced.get(lemma) or _name(token))

    @cached_property
    def _introduced(self) -> dict[str, str]:
        """What each unnamed body is called in full, where the article tells of but one of its kind."""
        told: dict[str, set[str]] = {}
        for token in self.scene.doc:
            if token.tag_ in ("NN", "NNP") and (lemma := token.lemma_.lower()) in among_definites("official"):
                told.setdefault(lemma, set()).add(_name(token))
        out = {}
        for lemma in told:
            kin = {lemma}.union(*(calls for _, calls in kinds() if lemma in calls)) & set(told)
            names = {name for noun in kin for name in told[noun]}
            full = max(names, key=lambda name: (len(name.split()), name))
            known = kin | set(full.lower().split())
            if all(set(name.lower().split()) <= known for name in names):
                out[lemma] = full
        return out

    def _person(self, token: Token, lemma: str) -> Mention | None:
        """The one person whom the article calls so, or by a word for the same trade."""
        scene = self.scene
        here, opener = scene.sentence[token.i], token.doc[_opening(token)].lower_
        lead, definite = here < LEAD, opener in POINTING
        bare = opener not in POINTING | ONE and _headline(token)
        if any(c.dep_ == "poss" for c in token.children) or not (
            definite or (lead and (bare or opener in ONE))
        ):
            return None
        told = (c for c in token.children if not lead or c.dep_ == "prep")
        if definite and any(map(narrows, told)):
            return None
        extra = keys(c for c in token.children if c.dep_ in ("compound", "nmod", "amod") and c.i < token.i)
        states = {key for key in extra if key[:1].isupper()}
        others = apart(scene, token)
        fits = [m for m, said in self._persons.values() if lemma in said and (lead or extra <= said)]
        fits = [m for m in fits if m.name not in others]
        fits = [m for m in fits if states <= scene.described[m.name] or not self._placed(m)]
        exact = [m for m in fits if lemma in scene.exact[m.name]]
        fits = exact or fits
        if lead and not definite:
            soon = sorted(fits, key=lambda m: m.head)[:1]
            fits = [m for m in soon if self._often(m)] if len(fits) > 1 else fits
        if definite:
            names = {m.name for m in fits}
            before = [m for m in near(scene, token, REACH) if m.name in names]
            if before and len(names) == 1:
                return before[0]
        if len(fits) != 1 or not lead or not 0 <= scene.sentence[fits[0].head] - here <= AHEAD:
            return None
        return fits[0]

    def _placed(self, mention: Mention) -> bool:
        """Whether the article says which state or body a person belongs to."""
        known = self.scene.described[mention.name]
        return mention.name in self.scene.belongs or any(key[:1].isupper() for key in known)

    def _often(self, mention: Mention) -> bool:
        """Whether a name comes back: whom a lead foretells is told of at length."""
        return sum(m.name == mention.name for m in self.scene.cast.mentions) >= LEAST

    @cached_property
    def _persons(self) -> dict[str, tuple[Mention, frozenset[str]]]:
        """Every person who is named, with all nouns that the article and the trade's other names give."""
        out: dict[str, tuple[Mention, frozenset[str]]] = {}
        for mention in self.scene.cast.mentions:
            if mention.type == "PERSON" and mention.kind == "name":
                first, known = out.get(mention.name, (mention, frozenset(self.scene.described[mention.name])))
                out[mention.name] = first, known | _styled(self.scene, mention)
        for name, (first, said) in out.items():
            out[name] = first, said.union(*(kin for kin in trades() if kin & said))
        return out


def narrows(child: Token) -> bool:
    """Whether a clause or phrase says which one is meant."""
    return narrowing(child) or (
        child.dep_ == "prep"
        and not of_verb(child)
        and child.lower_ in ("of", "for", "at", "from", "in", "to")
    )


def _styled(scene: Scene, mention: Mention) -> frozenset[str]:
    """The words of a title that holds "of" before a name: "Deputy Secretary of State Jane Hale"."""
    said: list[Token] = []
    of = False
    for i in range(mention.first - 1, max(mention.first - 8, -1), -1):
        token = scene.doc[i]
        of = of or token.lower_ in ("of", "for")
        if token.pos_ not in ("NOUN", "PROPN", "ADJ") and token.lower_ not in ("of", "for"):
            break
        said.append(token)
        if token.is_sent_start:
            break
    titled = any(token.lower_ in words().titles for token in said)
    return frozenset(keys(said)) if of and titled else frozenset()


def _human(mention: Mention) -> bool:
    """Whether a name is built like a person's, whatever its type."""
    first, *rest = mention.name.lower().split()
    return len(rest) == 1 and first in words().first_names and rest[0] not in words().organisations


def _called(scene: Scene, mentions: Iterable[Mention]) -> tuple[frozenset[str], frozenset[str]]:
    """What a body is called by its name's head and its descriptions; and what its kind may be called."""
    name = ""
    said: set[str] = set()
    for mention in mentions:
        name = mention.name
        for phrase in introduced(scene.doc, mention):
            said |= set(_heads(phrase, mention))
    own = fold(name).replace("-", " ").split()
    head = next((own[i - 1] for i, word in enumerate(own) if i and word in LINKS), own[-1])
    kin: set[str] = set()
    for nouns, calls in kinds():
        if head in nouns or said & calls or (fold(name) in load().outlets and "newspaper" in calls):
            kin |= calls
    return frozenset({head, *said}), frozenset(kin)


def _heads(phrase: list[Token], mention: Mention) -> Iterator[str]:
    """The nouns of a description that say what somebody is: no owner's, none behind a preposition."""
    before = phrase and phrase[0].i == mention.first - 1
    kept: list[Token] = []
    for token in phrase:
        if token.text in ("'s", "’s", "'"):
            if before:
                break
            kept = []
        elif not before and (token.pos_ in ("ADP", "VERB", "PUNCT") or token.tag_ in ("WDT", "WP")):
            break
        else:
            kept.append(token)
    nouns = [t for t in kept if t.tag_ == "NN"]
    if nouns:
        yield (nouns[0] if before else nouns[-1]).lemma_.lower()


def _opening(token: Token) -> int:
    """Where the noun phrase begins."""
    first = token.left_edge.i
    return first if token.i - 7 <= first else token.i


def _owner(token: Token) -> Token | None:
    """The noun in the genitive before: "parliament's energy committee"."""
    return next((c for c in token.children if c.dep_ == "poss" and c.pos_ != "PRON"), None)


def _name(token: Token) -> str:
    """What stands right before a common noun and tells which one it is."""
    start = token.i
    for before in reversed(list(token.lefts)):
        if before.dep_ not in ("amod", "compound", "nmod"):
            break
        start = before.left_edge.i
    end = token.i + 1
    if (
        end + 1 < len(token.doc)
        and token.nbor(1).lower_ in ("of", "on", "for")
        and token.nbor(1).head == token
    ):
        owner = next(
            (c for c in token.nbor(1).children if c.dep_ == "pobj" and c.tag_ in ("NNP", "NNPS")), None
        )
        end = owner.i + 1 if owner is not None and owner.i < token.i + 6 else end
    return str(token.doc[start:end].text)


def _acts(token: Token) -> bool:
    """Whether a common noun stands where only a body can: it finds, is told, is headed by somebody."""
    if any(c.dep_ in ("acl", "relcl") and c.lemma_ in LED for c in token.children):
        return True
    verb = token.head
    if token.dep_ == "nsubj":
        return verb.pos_ == "VERB" and verb.lemma_ not in among_definites("idle")
    if token.dep_ == "pobj":
        by = verb.lower_ == "by" and verb.dep_ == "agent"
        return by or (verb.lower_ in ("with", "by") and verb.head.pos_ == "VERB")
    return token.dep_ in ("dobj", "dative") and verb.lemma_ in among_definites("hearing")


def _headline(token: Token) -> bool:
    """Whether the sentence is a headline: it ends at a line's end, without a full stop."""
    sent = token.sent
    last = sent[-1]
    while last.is_space and last.i > sent.start:
        last = last.nbor(-1)
    return last.text not in (".", "!", '"', "”")
