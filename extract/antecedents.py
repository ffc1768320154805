"""Whom "he", "the minister" and "the group" mean of all who were named: a ranker that may overrule the rules.

It weighs those named before, whom the rules chose, and nobody, by what the scene shows of each: how far back,
how often and as what they were named, and whether noun and name go together. Each option's weight is the sum
of its features' weights in data/coreference.json, which `python -m bench.train_coreference` writes. Another
option than the rules' must be better by a margin.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import msgspec
from spacy.tokens import Token

from extract.anaphors import INDEFINITE, LEAD, Anaphor, read, role_of, sort_of
from extract.binding import embedded, excluded, goes_on
from extract.crowds import ARMED, UNNAMED, at_home, filed_in
from extract.definites import kinds, trades
from extract.fitting import BUSINESSES, may_be
from extract.gazetteer import fold, load
from extract.lexicon import words
from extract.model import ActorType, Mention
from extract.nominals import SEXES
from extract.scene import Scene, grammatical, near, plural, stands

WEIGHTS = Path(__file__).parent / "data" / "coreference.json"
REACH = 20  # sentences back
MOST = 8  # candidates that were named before
AHEAD = 4  # sentences in which that name must follow
STEPS = (0, 1, 2, 3, 5, 10)  # sentences
MAIN = 2  # actors of each type that an article is about, however long ago they were named
FITTING = frozenset({"exact", "known", "called so", "in name"})
UNFIT = frozenset({"barred", "other land", "no marks"})
UNFREE = frozenset({"barred", "other land", "other title", "may not be", "sex wrong"})
IMPOSSIBLE = frozenset(
    {"barred", "other land", "sex wrong", "other number", "known as else", "once", "other name"}
)
TYPES: dict[str, tuple[ActorType, ...]] = {
    "he": ("PERSON",),
    "she": ("PERSON",),
    "person": ("PERSON",),
    "body": ("ORG", "GROUP"),
    "state": ("STATE",),
    "people": ("GROUP", "ORG"),
}


class Weights(msgspec.Struct, frozen=True):
    """What each feature adds, by sort of anaphor; and by how much better than the rules' a choice must be."""

    margin: float
    features: Mapping[str, Mapping[str, float]]


@lru_cache(maxsize=1)
def weights() -> Weights:
    """The packaged model."""
    return msgspec.json.decode(WEIGHTS.read_bytes(), type=Weights)


@dataclass(frozen=True, slots=True)
class Option:
    """An actor, or nobody, whom an anaphor may mean, what speaks for it, and whether the rules say so."""

    mention: Mention | None
    features: tuple[str, ...]
    ruled: bool


class Ranker:
    """Weighs options by the weights of a model."""

    def __init__(self, model: Weights) -> None:
        self.margin = model.margin
        self.known = {sort: _joined(model.features, groups(sort)) for sort in TYPES}

    def best(self, options: Sequence[Option], sort: str) -> Option:
        """The option that weighs most, the rules' one by a margin more."""
        known = self.known[sort]
        scores = [
            sum(known.get(feature, 0.0) for feature in option.features) + self.margin * option.ruled
            for option in options
        ]
        return options[max(range(len(options)), key=lambda n: (scores[n], options[n].ruled, -n))]


def groups(sort: str) -> tuple[str, str]:
    """The groups of weights that an anaphor's features have: of all pronouns or nouns, and its own."""
    return "pronoun" if sort in ("he", "she") else "noun", sort


@lru_cache(maxsize=1)
def _packaged() -> Ranker:
    return Ranker(weights())


class Chooser:
    """Chooses antecedents in one article, in the order of its text."""

    def __init__(self, scene: Scene, ranker: Ranker | None = None) -> None:
        self.scene, self.ranker = scene, ranker or _packaged()
        self.meant: dict[str, str] = {}
        self._calls: dict[str, list[frozenset[str]]] = {}
        self._stood: dict[int, tuple[Token, str, bool]] = {}

    def better(self, token: Token, here: list[Mention]) -> list[Mention]:
        """Whom the token means, given whom the rules say; two or more at once are left alone."""
        sort = sort_of(self.scene, token) if len(here) < 2 else None
        if sort is None or any(one.name == UNNAMED for one in here):
            return here
        chosen = self.chosen(token, sort, here)
        self.meant[token.lemma_.lower()] = chosen[0].name if chosen else ""
        return chosen

    def chosen(self, token: Token, sort: str, here: list[Mention]) -> list[Mention]:
        """Whom an anaphor of that sort means, given whom the rules say."""
        best = self.ranker.best(self.options(token, sort, here), sort)
        if best.ruled:
            return here
        return [_standing(best.mention, token, sort)] if best.mention is not None else []

    def options(self, token: Token, sort: str, here: Sequence[Mention]) -> list[Option]:
        """Everybody whom the token may mean, and nobody, with what speaks for and against each."""
        ruled = here[0] if here else None
        anaphor = read(self.scene, token, sort)
        out = []
        for mention, order in self._candidates(anaphor, ruled):
            features = self._possible(
                anaphor, mention, order, ruled is not None and mention.name == ruled.name
            )
            if features is not None:
                out.append((mention, features))
        fitting = _rank(out, sort)
        options = [
            Option(mention, tuple(features), ruled is not None and mention.name == ruled.name)
            for mention, features in out
        ]
        nobody = tuple(self._nobody(anaphor, len(out), fitting, ruled is None))
        return [*options, Option(None, nobody, ruled is None)]

    def _possible(self, anaphor: Anaphor, mention: Mention, order: str, ruled: bool) -> list[str] | None:
        """The features of an actor; None where one forbids what the rules have not chosen."""
        out = []
        for feature in self._features(anaphor, mention, order, ruled):
            if feature in IMPOSSIBLE and not ruled:
                return None
            out.append(feature)
        return out

    def _candidates(self, anaphor: Anaphor, ruled: Mention | None) -> list[tuple[Mention, str]]:
        """Who may be meant, each by the mention nearest, with the place in that order."""
        scene, token, types = self.scene, anaphor.token, TYPES[anaphor.sort]
        found: dict[str, tuple[Mention, str]] = {}
        if anaphor.opener not in INDEFINITE:
            for mention in near(scene, token, REACH):
                if mention.type in types and mention.name not in found and mention.name != UNNAMED:
                    found[mention.name] = mention, str(min(len(found), 5))
                    if len(found) >= MOST:
                        break
            for name, rank in self.ranks.items():
                first = self.firsts[name]
                if rank < MAIN and first.type in types and (first.head < token.i or first.type == "STATE"):
                    found.setdefault(name, (first, "main"))
        now = scene.sentence[token.i]
        if now < LEAD and anaphor.opener:
            for mention in scene.cast.inside(token.sent.end, len(scene.doc)):
                if scene.sentence[mention.head] > now + AHEAD:
                    break
                if mention.kind == "name" and mention.type in types:
                    found.setdefault(mention.name, (mention, "ahead"))
        if ruled is not None:
            found.setdefault(ruled.name, (ruled, "new"))
        return list(found.values())

    def _nobody(self, anaphor: Anaphor, number: int, fitting: int, ruled: bool) -> Iterator[str]:
        """What speaks for nobody."""
        yield "nobody"
        yield f"nobody: {anaphor.noun}"
        yield f"nobody {anaphor.opener}"
        yield f"nobody as {anaphor.role}"
        yield f"nobody of {min(number, 4)}"
        if ruled:
            yield "nobody ruled"
            yield f"nobody ruled {anaphor.opener}"
        if anaphor.narrowed:
            yield "nobody narrowed"
        if anaphor.marks:
            yield "nobody marked"
        if not fitting:
            yield "nobody fits"
        scene = self.scene
        for mention in near(scene, anaphor.token, 2):
            if mention.name == UNNAMED:
                away = scene.sentence[anaphor.token.i] - scene.sentence[mention.head]
                yield f"nobody beside stranger {away}"
                break

    def _features(self, anaphor: Anaphor, mention: Mention, order: str, ruled: bool) -> Iterator[str]:
        scene, token, name = self.scene, anaphor.token, mention.name
        away = scene.sentence[token.i] - scene.sentence[mention.head]
        far = "ahead" if mention.head > token.i else order if order == "new" else _step(away, STEPS)
        if name in anaphor.barred or excluded(scene, token, mention):
            yield "barred"
        if name in anaphor.likely:
            yield "likely"
        if anaphor.opener:
            yield from self._meaning(anaphor, mention, far)
        else:
            sex = scene.gender.get(name)
            same = (sex == "male") == (anaphor.sort == "he")
            yield "sex unknown" if sex is None else "sex right" if same else "sex wrong"
        yield f"away {far}"
        yield f"order {order}"
        yield mention.type
        yield f"{anaphor.noun}: {mention.type}"
        if ruled:
            yield "ruled"
            yield f"ruled {anaphor.opener or anaphor.role}"
            yield f"ruled: {anaphor.noun}"
            yield f"ruled away {far}"
            if anaphor.narrowed:
                yield "ruled narrowed"
            if anaphor.marks:
                yield "ruled marked"
            if name not in self.firsts:
                yield "ruled unnamed"
        elif anaphor.narrowed:
            yield "narrowed"
        yield from self._salience(name)
        if far not in ("ahead", "new"):
            yield from self._place(anaphor, mention, away)

    def _salience(self, name: str) -> Iterator[str]:
        """How much an article tells of an actor, so far and altogether."""
        said, rank = self.scene.said[name], self.ranks.get(name)
        yield f"said {_step(said, (0, 1, 2, 4, 8))}"
        yield f"rank {'none' if rank is None else min(rank, 3)}"
        first = self.firsts.get(name)
        if first is not None and self.scene.sentence[first.head] < 2:
            yield "first"
        if name == self.home:
            yield "home"
        if name == self.filed:
            yield "filed"

    def _place(self, anaphor: Anaphor, mention: Mention, away: int) -> Iterator[str]:
        """As what an actor was named last, and how that goes with the anaphor's place."""
        scene, token = self.scene, anaphor.token
        head, role, inner = self._standing(mention)
        yield f"as {role}"
        yield f"by {mention.kind}"
        if away < 2:
            yield f"as {role} {away} for {anaphor.role}"
        if inner:
            yield "embedded"
        if away:
            apart = min(self.paragraphs[token.i] - self.paragraphs[mention.head], 3)
            yield f"paragraph {apart}"
            if not apart:
                yield f"paragraph as {role}"
        if scene.quoted[token.i] != scene.quoted[mention.head]:
            yield "quote"
        if role == "subject":
            if away == 1 and head.head.dep_ == "ROOT":
                yield "main"
            if goes_on(token, head):
                yield "goes on"

    def _standing(self, mention: Mention) -> tuple[Token, str, bool]:
        """The noun that a mention stands for, its role, and whether it only says whose another noun is."""
        known = self._stood.get(mention.head)
        if known is None:
            head = grammatical(self.scene.doc[mention.head])
            known = self._stood[mention.head] = head, role_of(head), embedded(head)
        return known

    def _meaning(self, anaphor: Anaphor, mention: Mention, far: str) -> Iterator[str]:
        """Whether noun and name go together."""
        scene, name, noun = self.scene, mention.name, anaphor.noun
        known, exact, parts = scene.described[name], scene.exact[name], fold(name).split()
        if anaphor.told & known:
            yield f"told away {far}"
            yield "exact" if anaphor.told & exact else "known"
            if anaphor.marks and anaphor.marks <= known.union(parts):
                yield "told all"
        if noun in parts:
            if anaphor.sort == "people" and mention.type == "ORG":
                yield "other number"
            yield "in name"
            if parts[-1] == noun:
                yield "last of name"
        if mention.type == "PERSON":
            yield from self._person(anaphor, name)
        elif mention.type in ("ORG", "GROUP"):
            many = plural(scene.doc, mention) or (mention.type == "GROUP" and mention.text.endswith("s"))
            yield f"{'many' if many else 'one'} {mention.type}"
            yield from self._body(noun, mention)
        if anaphor.marks:
            yield from self._marks(anaphor, name, known.union(parts, (name,)))
        if anaphor.opener == "whose" and anaphor.owner is not None:
            yield from self._owned(anaphor.owner.name, name)
        if (before := self.meant.get(noun)) is not None:
            yield "again" if before == name else "not again"

    def _person(self, anaphor: Anaphor, name: str) -> Iterator[str]:
        scene, noun = self.scene, anaphor.noun
        known, exact = scene.described[name], scene.exact[name]
        titles = exact & words().titles
        if titles and not anaphor.told & known:
            yield "other title"
        elif not titles:
            yield "untitled"
        trade = any(noun in kin and kin & known for kin in trades())
        if trade:
            yield "trade"
        if self.times[name] < 2 and not trade and not anaphor.told & known:
            yield "once"
        other, sex = SEXES.get(noun), scene.gender.get(name)
        if other and sex:
            yield "sex wrong" if sex == other else "sex right"

    def _body(self, noun: str, mention: Mention) -> Iterator[str]:
        may = may_be(self.scene, mention, noun)
        yield "may be" if may else "may not be"
        mine = self._kinds(mention.name)
        calls = any(noun in kin for kin in mine)
        yield "called so" if calls else "other kind" if mine else "no kind"
        if not may and not calls and (mine or _known(mention.name)):
            yield "known as else"
        if noun in BUSINESSES:
            yield "business of a kind" if mine else "business"

    def _kinds(self, name: str) -> list[frozenset[str]]:
        """The nouns that may call a body, by its name's words and its descriptions."""
        if name not in self._calls:
            exact = self.scene.exact[name]
            own = exact.union(fold(name).split())
            self._calls[name] = [calls for nouns, calls in kinds() if nouns & own or calls & exact]
        return self._calls[name]

    def _marks(self, anaphor: Anaphor, name: str, own: set[str]) -> Iterator[str]:
        """Whether the words before the noun are the actor's: "the Danish company"."""
        marks = anaphor.marks
        yield "all marks" if marks <= own else "some marks" if marks & own else "no marks"
        if anaphor.names - own:
            yield "other name"
        lands = {key for key in marks if key[:1].isupper()}
        if lands:
            place = self.scene.belongs.get(name)
            if lands <= own or (place is not None and place.name in lands):
                yield "land"
            else:
                yield "other land" if any(key[:1].isupper() for key in own - {name}) else "no land"

    def _owned(self, whose: str, name: str) -> Iterator[str]:
        """How an actor goes with the owner in "his party", "Hale's adviser"."""
        if whose == name:
            yield "owner"
        theirs, mine = self.scene.belongs.get(whose), self.scene.belongs.get(name)
        if theirs is not None and theirs.name == name:
            yield "owner's"
        if mine is not None and mine.name == whose:
            yield "of owner"

    @cached_property
    def firsts(self) -> dict[str, Mention]:
        """Where each actor is first named."""
        out: dict[str, Mention] = {}
        for mention in self.scene.cast.mentions:
            if mention.kind == "name":
                out.setdefault(mention.name, mention)
        return out

    @cached_property
    def times(self) -> Counter[str]:
        """How often each actor is named in the article."""
        return Counter(m.name for m in self.scene.cast.mentions if m.kind != "adjective")

    @cached_property
    def ranks(self) -> dict[str, int]:
        """The place of each actor among those of its type, by how often the article names them."""
        above: dict[str, int] = defaultdict(int)
        out = {}
        for name, _ in self.times.most_common():
            if name in self.firsts:
                kind = self.firsts[name].type
                out[name] = above[kind]
                above[kind] += 1
        return out

    @cached_property
    def paragraphs(self) -> list[int]:
        """The number of each token's paragraph."""
        doc = self.scene.doc
        blanks = doc.to_array("IS_SPACE").tolist()
        breaks = (int(blank and "\n" in doc[i].text) for i, blank in enumerate(blanks))
        return list(itertools.accumulate(breaks))

    @cached_property
    def home(self) -> str | None:
        """The state that the article is about."""
        state = at_home(self.scene)
        return state.name if state is not None else None

    @cached_property
    def filed(self) -> str | None:
        """The state of the dateline."""
        state = filed_in(self.scene)
        return state.name if state is not None else None


def _rank(options: Sequence[tuple[Mention, list[str]]], sort: str) -> int:
    """Add to the options which of them go with the noun, and whether only one does; give their number."""
    fits = [n for n, (_, features) in enumerate(options) if not FITTING.isdisjoint(features)]
    fits = [n for n in fits if UNFIT.isdisjoint(options[n][1])]
    free = [n for n, (_, features) in enumerate(options) if UNFREE.isdisjoint(features)]
    for how, chosen in (("fits", fits), ("free", free)):
        for rank, n in enumerate(chosen[:3]):
            options[n][1].append(f"{how} {rank}")
            options[n][1].append(f"only one {how}" if len(chosen) == 1 else f"one of them {how}")
    return len(fits if sort in ("person", "body") else free)


def _known(name: str) -> bool:
    """Whether the gazetteer or a list tells what a body is."""
    places, folded = load(), fold(name)
    return folded in ARMED or any(
        folded in known for known in (places.companies, places.outlets, places.organisations)
    )


def _step(number: int, steps: Sequence[int]) -> str:
    """The highest step that a number reaches."""
    return str(max(step for step in steps if step <= number))


def _joined(features: Mapping[str, Mapping[str, float]], groups: Sequence[str]) -> dict[str, float]:
    """The weights of several groups of features, added up."""
    out: dict[str, float] = defaultdict(float)
    for group in groups:
        for feature, weight in features.get(group, {}).items():
            out[feature] += weight
    return dict(out)


def _standing(actor: Mention, token: Token, sort: str) -> Mention:
    """A mention of the actor by the pronoun, or by the noun with what stands before it."""
    if sort in ("he", "she"):
        return stands(actor, token.i, token.i + 1, token.i, "pronoun", token.doc)
    first = token.left_edge.i if token.left_edge.i >= token.i - 7 else token.i
    return stands(actor, first, token.i + 1, token.i, "nominal", token.doc)
