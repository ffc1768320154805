"""Who "he", "the minister" and "the group" are: rules inside one article, behind a protocol.

"Shoigu landed in Syria. The defense minister met Assad, and he praised him." Candidates are the mentions
before, nearest sentence first, subjects before others; they must agree in type, number and gender. A nominal
must share its words with what the article says about its actor. What finds no candidate stays unresolved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Protocol

from spacy.tokens import Doc, Token

from extract.actors import words
from extract.gazetteer import fold, load, split, table
from extract.model import ActorType, Article, Mention, MentionKind

HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "them", "their", "themselves"})
FIRST = frozenset({"i", "me", "my", "myself"})
WE = frozenset({"we", "us", "our", "ourselves"})
PRONOUNS = HE | SHE | IT | THEY | FIRST | WE
SAYS = frozenset(
    {
        "say",
        "tell",
        "add",
        "note",
        "write",
        "state",
        "explain",
        "declare",
        "stress",
        "claim",
        "ask",
        "announce",
        "comment",
        "reply",
        "insist",
        "argue",
        "warn",
        "continue",
        "recall",
        "conclude",
        "tweet",
    }
)
SAME_WORD = {
    "defence": "defense", "chief": "head", "boss": "head", "leader": "head", "premier": "minister",
    "spokeswoman": "spokesman", "spokesperson": "spokesman", "chairwoman": "chairman", "chair": "chairman",
}  # fmt: skip
PAIRS = frozenset(
    {"side", "country", "party", "leader", "nation", "state", "man", "minister", "president", "government"}
)
DEFINITE = frozenset({"the", "this", "that", "his", "her", "its", "their"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
REACH = 4  # sentences that a pronoun looks back
NOMINAL_REACH = 12


class Resolver(Protocol):
    """What finds an article's chains; a trained model can take this module's place."""

    def __call__(self, doc: Doc, mentions: list[Mention], article: Article) -> list[Mention]:
        """All mentions given, and those of pronouns and nominals with their actor's name and type."""
        ...


class Cast:
    """Mentions by token: which one covers a token, which one it heads."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self.mentions = sorted(mentions, key=lambda m: (m.first, -m.last))
        self._at: dict[int, list[Mention]] = defaultdict(list)
        self._headed: dict[int, list[Mention]] = defaultdict(list)
        for mention in self.mentions:
            for i in range(mention.first, mention.last):
                self._at[i].append(mention)
            self._headed[mention.head].append(mention)

    def at(self, token: int) -> Mention | None:
        """The widest mention that covers the token."""
        found = self._at.get(token)
        return found[0] if found else None

    def covering(self, token: int) -> list[Mention]:
        """All mentions that cover the token, the widest first."""
        return self._at.get(token, [])

    def headed(self, token: int) -> Mention | None:
        """The widest mention whose head the token is."""
        found = self._headed.get(token)
        return found[0] if found else None

    def all_headed(self, token: int) -> list[Mention]:
        """Every actor the token stands for: "they" and "both sides" can mean two."""
        found = self._headed.get(token, [])
        return [m for m in found if (m.first, m.last) == (found[0].first, found[0].last)]

    def inside(self, first: int, last: int) -> list[Mention]:
        """The mentions that lie within the token bounds, in order."""
        return [m for m in self.mentions if first <= m.first and m.last <= last]


@dataclass(slots=True)
class Scene:
    """What the resolver knows while it reads: mentions so far, with their sentences and descriptions."""

    doc: Doc
    sentence: list[int]
    past: list[Mention] = field(default_factory=list)
    later: list[Mention] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    described: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    gender: dict[str, str] = field(default_factory=dict)


@lru_cache(maxsize=1)
def stand_ins() -> dict[str, str]:
    """Lemma of a common noun → what it can stand for: organisation, state, person."""
    rows = table("nominals.toml")["stand_ins"]
    return {word: kind for kind in ("person", "state", "organisation", "place") for word in split(rows[kind])}


def resolve(doc: Doc, mentions: list[Mention], article: Article) -> list[Mention]:
    """All mentions, and those of pronouns and role nominals, each with its actor's name and type."""
    scene = Scene(doc, _sentences(doc))
    scene.mentions = mentions
    scene.later = [m for m in mentions if m.type == "PERSON" and m.kind == "name"]
    for mention in mentions:
        _describe(scene, mention)
    covered = {i for mention in mentions for i in range(mention.first, mention.last)}
    starts: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        starts[mention.first].append(mention)
    quoted = quotations(doc)
    out: list[Mention] = []
    for token in doc:
        here = starts.get(token.i, [])
        if not here and token.i not in covered:
            here = list(_stand_in(scene, token, covered, quoted, mentions))
        out += here
        scene.past += [m for m in here if m.kind != "adjective"]
    return out


def _sentences(doc: Doc) -> list[int]:
    number, out = -1, []
    for token in doc:
        number += bool(token.is_sent_start)
        out.append(max(number, 0))
    return out


def quotations(doc: Doc) -> list[bool]:
    """Which tokens stand inside double quotes; a line break closes what was left open."""
    inside, out = False, []
    for token in doc:
        if token.text == '"':
            inside = not inside
        elif token.is_space and "\n" in token.text:
            inside = False
        out.append(inside)
    return out


def _describe(scene: Scene, mention: Mention) -> None:
    """Learn title, apposition and gender of a name from the words around it."""
    if mention.kind != "name":
        return
    doc, known = scene.doc, words()
    i = mention.first - 1
    near: list[Token] = []
    while (
        i >= 0 and len(near) < 6 and (doc[i].pos_ in ("NOUN", "PROPN", "ADJ") or doc[i].text in ("'s", "-"))
    ):
        if doc[i].lower_.rstrip(".") in ("mr", "sir", "lord"):
            scene.gender[mention.name] = "male"
        elif doc[i].lower_.rstrip(".") in ("mrs", "ms", "miss", "lady"):
            scene.gender[mention.name] = "female"
        near.append(doc[i])
        i -= 1
    if any(token.lower_ in known.titles for token in near) or mention.type != "PERSON":
        scene.described[mention.name].update(_keys(near))
    scene.described[mention.name].update(_keys(doc[mention.first : mention.last]))
    for child in doc[mention.head].children:
        if child.dep_ == "appos":
            scene.described[mention.name].update(
                _keys(doc[child.left_edge.i : child.i + 6 : 1][: child.right_edge.i + 1 - child.left_edge.i])
            )
    head = doc[mention.head]
    if head.dep_ == "appos":
        scene.described[mention.name].update(_keys(doc[head.head.left_edge.i : min(head.i, head.head.i + 6)]))
    sex = known.first_names.get(mention.name.split()[0].lower()) if mention.name else None
    if sex and mention.type == "PERSON":
        scene.gender.setdefault(mention.name, sex)


def _keys(tokens: Iterable[Token]) -> set[str]:
    """Content words to compare descriptions by: lemmas, with states for their adjectives."""
    places = load()
    keys = set()
    for token in tokens:
        if token.pos_ in ("NOUN", "PROPN", "ADJ"):
            low = token.lower_
            keys.add(places.demonyms.get(low) or places.states.get(low) or token.lemma_.lower() or low)
    return {SAME_WORD.get(key, key) for key in keys}


def _stand_in(
    scene: Scene, token: Token, covered: set[int], quoted: list[bool], mentions: list[Mention]
) -> Iterator[Mention]:
    low = token.lower_
    if low in PRONOUNS and (low != "us" or token.text == "us"):
        found = _pronoun(scene, token, quoted, mentions)
        yield from (
            _stands(found_one, token.i, token.i + 1, token.i, "pronoun", token.doc) for found_one in found
        )
    elif token.dep_ == "compound" and token.head.lower_ in words().titles:
        body = _body(scene, token)
        if body is not None and token.i not in covered:
            yield _stands(body, token.i, token.i + 1, token.i, "nominal", token.doc)
    elif token.dep_ != "compound" and token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM"):
        for first, last, actor in _nominal(scene, token):
            if not any(i in covered for i in range(first, token.i + 1)) or actor.type in ("PERSON", "ORG"):
                yield _stands(actor, first, last, token.i, "nominal", token.doc)


def _body(scene: Scene, token: Token) -> Mention | None:
    """The organisation that "committee" means in "Committee Chairman Henry Hyde"."""
    lemma = token.lemma_.lower()
    if stand_ins().get(lemma) != "organisation":
        return None
    return next(
        (m for m in reversed(scene.past) if m.type in ("ORG", "GROUP") and lemma in fold(m.name).split()),
        None,
    )


def _stands(actor: Mention, first: int, last: int, head: int, kind: MentionKind, doc: Doc) -> Mention:
    start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
    return replace(
        actor,
        kind=kind,
        text=doc.text[start:end],
        start=start,
        end=end,
        first=first,
        last=last,
        head=head,
    )


def _pronoun(scene: Scene, token: Token, quoted: list[bool], mentions: list[Mention]) -> list[Mention]:
    low = token.lower_
    if low in FIRST or low in WE:
        speaker = _speaker(scene, token, quoted, mentions)
        return [speaker] if speaker and (low in FIRST or speaker.type != "PERSON") else []
    if low in HE or low in SHE:
        other = "female" if low in HE else "male"
        fits = [
            m for m in _near(scene, token, REACH) if m.type == "PERSON" and scene.gender.get(m.name) != other
        ]
        best = _prefer(scene, token, fits, quoted)
        if best and best.kind == "name":
            scene.gender.setdefault(best.name, "male" if low in HE else "female")
        return [best] if best else []
    if low in IT:
        if token.dep_ in ("nsubj", "nsubjpass") and _empty(token):
            return []
        fits = [m for m in _near(scene, token, 1) if m.type in ("ORG", "STATE") and not _plural(scene.doc, m)]
        best = _prefer(scene, token, fits, quoted)
        return [best] if best else []
    fits = [
        m for m in _near(scene, token, 1) if m.type == "GROUP" or (m.type == "ORG" and _plural(scene.doc, m))
    ]
    best = _prefer(scene, token, fits, quoted)
    return [best] if best else _pair(scene, token, ("PERSON", "STATE", "ORG"))


def _empty(token: Token) -> bool:
    """Whether "it" is nobody: "it is likely that", "it seems", "it was reported that"."""
    head = token.head
    clause = any(child.dep_ in ("ccomp", "csubj", "xcomp", "acomp") for child in head.children)
    return (head.lemma_ in ("be", "seem", "appear", "turn", "take", "rain") and clause) or (
        token.dep_ == "nsubjpass" and any(child.dep_ == "ccomp" for child in head.children)
    )


def _plural(doc: Doc, mention: Mention) -> bool:
    return doc[mention.head].tag_ in ("NNS", "NNPS")


def _near(scene: Scene, token: Token, reach: int) -> list[Mention]:
    """Mentions before the token, at most `reach` sentences back, latest first."""
    here = scene.sentence[token.i]
    found = []
    for mention in reversed(scene.past):
        if here - scene.sentence[mention.head] > reach:
            break
        found.append(mention)
    return found


def _prefer(scene: Scene, token: Token, fits: list[Mention], quoted: list[bool]) -> Mention | None:
    """Nearest sentence first, inside it subjects first; never a co-argument of the same verb."""
    best, best_score = None, -1e9
    here = scene.sentence[token.i]
    for rank, mention in enumerate(fits):
        head = scene.doc[mention.head]
        if (
            token.dep_ in ("dobj", "dative", "pobj")
            and head.head.i in _sharing(token.doc[_clause(token)])
            and head.dep_ in SUBJECTS
        ):
            continue
        if token.dep_ in SUBJECTS and head.head == token.head:
            continue
        score = -3.0 * (here - scene.sentence[mention.head]) - 0.3 * rank
        score += 2.0 if head.dep_ in SUBJECTS else 0.0
        score += 0.5 if mention.type == "PERSON" and mention.kind != "adjective" else 0.0
        score -= 1.0 if head.dep_ in ("poss", "compound", "nmod") else 0.0
        score -= 1.0 if quoted[token.i] != quoted[mention.head] else 0.0
        if score > best_score:
            best, best_score = mention, score
    return best


def _sharing(verb: Token) -> set[int]:
    """The verb and those whose subject it shares: "dismissed X and replaced him"."""
    out = {verb.i}
    while verb.dep_ in ("conj", "xcomp") and not any(c.dep_ in SUBJECTS for c in verb.children):
        verb = verb.head
        out.add(verb.i)
    return out


def _clause(token: Token) -> int:
    """The verb a token hangs on, through its preposition."""
    head = token.head
    return head.head.i if head.dep_ in ("prep", "agent") else head.i


def _speaker(scene: Scene, token: Token, quoted: list[bool], mentions: list[Mention]) -> Mention | None:
    """Who says the quotation around the token: subject of a verb of saying in or next to its sentence."""
    if not quoted[token.i]:
        return None
    here = scene.sentence[token.i]
    best, distance = None, 2.5
    for mention in [*mentions, *scene.past]:
        head = scene.doc[mention.head]
        if quoted[mention.head] or mention.type not in ("PERSON", "ORG", "STATE"):
            continue
        if head.dep_ in SUBJECTS and head.head.lemma_ in SAYS:
            gap = abs(scene.sentence[mention.head] - here)
            if gap < distance:
                best, distance = mention, gap
    return best


def _pair(scene: Scene, token: Token, types: tuple[ActorType, ...]) -> list[Mention]:
    """The two actors joined by "and" in the latest sentences: whom "they" and "both sides" mean."""
    for mention in _near(scene, token, 1):
        head = scene.doc[mention.head]
        if head.dep_ != "conj" or mention.type not in types:
            continue
        for other in scene.past:
            if other.head == head.head.i and other.type == mention.type and other.name != mention.name:
                return [other, mention]
    return _both_of_last(scene, token, types)


def _both_of_last(scene: Scene, token: Token, types: tuple[ActorType, ...]) -> list[Mention]:
    """The two actors of one type in the sentence before, when it has just two."""
    here = scene.sentence[token.i]
    for wanted in types:
        found = {
            m.name: m for m in scene.past
            if m.type == wanted and scene.sentence[m.head] == here - 1 and m.kind != "adjective"
        }  # fmt: skip
        if len(found) == 2:
            return list(found.values())
    return []


def _nominal(scene: Scene, token: Token) -> Iterator[tuple[int, int, Mention]]:
    """Definite noun phrases that stand for an actor named before: bounds and the actor."""
    low, lemma = token.lower_, token.lemma_.lower()
    first = token.left_edge.i if token.left_edge.i >= token.i - 7 else token.i
    opening = scene.doc[first]
    if low == "latter" and token.i and token.nbor(-1).lower_ == "the":
        past = [m for m in _near(scene, token, 1) if m.type in ("PERSON", "ORG", "STATE")]
        if past:
            yield token.i - 1, token.i + 1, past[0]
        return
    between = {t.lower_ for t in scene.doc[first : token.i]}
    if lemma in (
        "side",
        "country",
        "party",
        "leader",
        "nation",
        "state",
        "man",
        "minister",
        "president",
        "government",
        "capital",
    ) and (token.tag_ in ("NNS", "NNPS") and between & {"two", "both"}):
        persons = lemma in ("leader", "man", "minister", "president")
        for actor in _pair(scene, token, ("PERSON",) if persons else ("STATE", "ORG", "PERSON")):
            yield first, token.i + 1, actor
        return
    if low in ("two", "pair", "duo") and opening.lower_ == "the" and token.dep_ in ARGUMENTS:
        for actor in _pair(scene, token, ("PERSON", "STATE", "ORG")):
            yield first, token.i + 1, actor
        return
    if token.tag_ == "NNS":
        yield from _crowd(scene, token, first)
        return
    if token.tag_ not in ("NN", "NNP") or not _definite(scene, opening, token):
        return
    last = token.i + 1
    if lemma in words().governments and (state := _governed(scene, token)) is not None:
        yield first, last, state
    elif lemma in COLLECTIVES and opening.lower_ == "the" and not _modified(token):
        whole = next(
            (m for m in _near(scene, token, NOMINAL_REACH)
             if m.type in ("GROUP", "ORG") and scene.doc[m.head].lemma_.lower() == lemma), None,
        )  # fmt: skip
        if whole is not None:
            yield first, last, whole
    elif lemma in words().titles and not _named(scene, token):
        person = _described(scene, token, first) or _only_person(scene, token)
        if person:
            yield first, last, person
    elif lemma in stand_ins() and not any(child.dep_ in ("relcl", "prep") for child in token.children):
        named = _stood_for(scene, token, first, lemma)
        if named:
            yield first, last, named


def _crowd(scene: Scene, token: Token, first: int) -> Iterator[tuple[int, int, Mention]]:
    """ "its troops", "the rebels", "ordered troops to leave": a group by its owner or as named before."""
    lemma = token.lemma_.lower()
    if lemma not in words().groups:
        return
    modifiers = [
        c for c in token.children if c.dep_ in ("amod", "compound", "nummod", "poss") and c.i < token.i
    ]
    owner = next((c for c in token.children if c.dep_ == "poss"), None)
    if owner is not None:
        whose = next((m for m in reversed(scene.past) if m.head == owner.i), None)
        whose = whose or _countryman(scene, owner)
        if whose is not None:
            yield first, token.i + 1, _grouped(scene, whose, token, first)
        return
    bare = not any(
        c.dep_ == "det" and c.lower_ not in ("the", "these", "those", "all", "some") for c in token.children
    )
    plain = all(c.dep_ == "nummod" or c.lower_ in PLAIN_CROWD for c in modifiers)
    if not bare or not plain:
        return
    alike = SOLDIERS if lemma in SOLDIERS else {lemma}
    for mention in _near(scene, token, NOMINAL_REACH):
        if mention.type == "GROUP" and scene.doc[mention.head].lemma_.lower() in alike:
            yield first, token.i + 1, mention
            return
    state = _commander(scene, token)
    if state is not None and lemma in SOLDIERS:
        yield first, token.i + 1, _grouped(scene, state, token, first)


ARGUMENTS = frozenset({"dobj", "nsubj", "nsubjpass", "pobj"})
PLAIN_CROWD = frozenset({"remaining", "other", "more", "additional", "all", "many", "few", "several", "same"})
SOLDIERS = frozenset(
    """troop force soldier serviceman servicewoman unit marine commando paratrooper army military warship jet
    warplane aircraft helicopter tank troops forces""".split()
)


def _countryman(scene: Scene, owner: Token) -> Mention | None:
    """The state behind "his country's troops": that of the person's title, or named last."""
    if owner.lemma_.lower() not in ("country", "nation"):
        return None
    return next((m for m in _near(scene, owner, 1) if m.type == "STATE"), None)


def _commander(scene: Scene, token: Token) -> Mention | None:
    """The state that orders its own soldiers about: subject of the verb they are object of."""
    verb = token.head
    if token.dep_ not in ("dobj", "nsubj") or verb.pos_ != "VERB":
        return None
    if token.dep_ == "nsubj":
        verb = verb.head if verb.dep_ in ("ccomp", "xcomp") else verb
    if verb.lemma_ not in (
        "send",
        "order",
        "deploy",
        "withdraw",
        "pull",
        "mass",
        "move",
        "command",
        "dispatch",
    ):
        return None
    return next(
        (m for m in reversed(scene.past) if m.type == "STATE" and scene.doc[m.head].head == verb), None
    )


def _grouped(scene: Scene, owner: Mention, token: Token, first: int) -> Mention:
    """The owner's group under the name the article gives it, else "Russian troops", "Haftar's troops"."""
    lemma = token.lemma_.lower()
    alike = SOLDIERS if lemma in SOLDIERS else {lemma}
    adjective = next((m.text for m in scene.mentions if m.kind == "adjective" and m.name == owner.name), None)
    for mention in scene.mentions:
        if mention.type == "GROUP" and mention.kind == "nominal" and adjective:
            if mention.text.startswith(adjective) and scene.doc[mention.head].lemma_.lower() in alike:
                return replace(owner, name=mention.name, type="GROUP")
    if owner.type == "STATE" and adjective is None:
        adjective = _adjective(owner.name)
    noun = token.text
    name = f"{adjective} {noun}" if owner.type == "STATE" and adjective else f"{owner.name}'s {noun}"
    return replace(owner, name=name, type="GROUP")


@lru_cache(maxsize=256)
def _adjective(state: str) -> str | None:
    places = load()
    common = places.state(state) or state
    forms = [form for form, name in places.demonyms.items() if name == common and not form.endswith("s")]
    return min(forms, key=lambda form: (len(form), form)).title() if forms else None


COLLECTIVES = frozenset(
    {"opposition", "army", "military", "navy", "police", "delegation", "coalition", "mission"}
)


def _modified(token: Token) -> bool:
    return any(child.dep_ in ("amod", "compound", "poss", "relcl", "prep") for child in token.children)


def _governed(scene: Scene, token: Token) -> Mention | None:
    """The state that a person's government means: "Assad's government", where he is called Syria's president."""
    owner = next((c for c in token.children if c.dep_ == "poss"), None)
    if owner is None:
        return None
    whose = next(
        (m for m in reversed(scene.past) if m.first <= owner.i < m.last and m.type == "PERSON"), None
    )
    if whose is None:
        return None
    states = [m for m in scene.mentions if m.type == "STATE" and m.kind == "name"]
    places = load()
    for key in scene.described.get(whose.name, set()):
        found = next((m for m in states if places.state(m.name) == key or m.name == key), None)
        if found is not None:
            return found
    return None


RANKED = frozenset(
    "general colonel marshal admiral commander warlord captain major brigadier lieutenant".split()
)


def _only_person(scene: Scene, token: Token) -> Mention | None:
    """The one person of this sentence and the last, for "the field marshal" that no title explains."""
    if token.lemma_.lower() not in RANKED or token.dep_ not in ("nsubj", "nsubjpass", "poss"):
        return None
    if any(token.lemma_.lower() in keys for keys in scene.described.values()):
        return None
    near = {m.name: m for m in _near(scene, token, 1) if m.type == "PERSON"}
    return next(iter(near.values())) if len(near) == 1 else None


def _definite(scene: Scene, opening: Token, token: Token) -> bool:
    possessive = any(child.dep_ == "poss" for child in token.children)
    return opening.lower_ in DEFINITE or possessive


def _named(scene: Scene, token: Token) -> bool:
    """Whether a name follows at once or stands in apposition: then the title is no mention of its own."""
    if token.dep_ in ("compound", "nmod", "appos", "attr", "oprd"):
        return True
    return any(child.dep_ == "appos" for child in token.children)


def _described(scene: Scene, token: Token, first: int) -> Mention | None:
    """The person whose titles hold all words of the nominal, the latest named if several."""
    phrase = list(scene.doc[first : token.i + 1])
    phrase += [
        t
        for t in scene.doc[token.i + 1 : min(token.right_edge.i + 1, token.i + 5)]
        if t.dep_ in ("pobj", "compound", "poss", "amod")
    ]
    wanted = _keys(phrase) - {"former", "then", "new", "acting", "late"}
    for mention in _near(scene, token, NOMINAL_REACH):
        if mention.type == "PERSON" and wanted <= scene.described.get(mention.name, set()):
            return mention
    return _named_later(scene, wanted) if len(wanted) > 1 else None


def _named_later(scene: Scene, wanted: set[str]) -> Mention | None:
    """The one person whom the article calls so further on."""
    fits = {m.name: m for m in scene.later if wanted <= scene.described.get(m.name, set())}
    return next(iter(fits.values())) if len(fits) == 1 else None


def _stood_for(scene: Scene, token: Token, first: int, lemma: str) -> Mention | None:
    """The latest organisation or state that a common noun can mean."""
    kind = stand_ins()[lemma]
    if scene.doc[first].lower_ not in ("the", "this", "that"):
        return None
    extra = _keys(scene.doc[first : token.i]) - {"same"}
    for mention in _near(scene, token, REACH):
        text = fold(mention.name).split()
        known = scene.described.get(mention.name, set())
        if kind == "organisation" and mention.type in ("ORG", "GROUP"):
            if lemma in text or lemma in known or (lemma in GENERAL and not extra & {"other"}):
                return mention
        elif kind == "state" and mention.type == "STATE" and not extra:
            return mention
        elif kind == "place" and mention.type == "PLACE" and not extra and _such(mention.name, lemma):
            return mention
    return None


def _such(name: str, lemma: str) -> bool:
    """Whether a place may be called so: a base by its name, a town or region by having no other kind."""
    last = fold(name).split()[-1]
    kinds = words().places
    if last in kinds:
        return last == lemma or lemma.endswith(last) or last.endswith(lemma)
    return lemma in (
        "city",
        "town",
        "village",
        "region",
        "province",
        "peninsula",
        "island",
        "territory",
        "area",
    )


GENERAL = frozenset(
    {"group", "organization", "organisation", "company", "firm", "watchdog", "body", "agency", "outlet"}
)
