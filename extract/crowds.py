"""Whom "its troops", "the rebels" and "the army" mean: a group by its owner, or as it was named before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from spacy.tokens import Token

from extract.gazetteer import fold, load
from extract.lexicon import among, among_definites, words
from extract.model import ActorType, Mention
from extract.scene import Scene, fold_crowd, has, narrowing, near

PLAIN = among("plain_crowd")
SOLDIERS = among("soldiers")
NATIONAL = frozenset({"army", "military", "navy", "parliament", "air force", "opposition", "police"})
ALIKE = (
    SOLDIERS,
    among("peacekeepers"),
    *map(among, ("insurgents", "protesters", "lawmakers", "constables", "captors", "raiders", "workmen")),
)
SERVANTS = frozenset({"soldier", "troop", "lawmaker", "legislator", "parliamentarian"})
ADHERENTS = among("adherents")
BELONGING = among("belonging")
ORDERS = among("orders")
SIDES = among("sides")
PUBLIC = frozenset({"police", "parliament"})
INSURGENTS = among("insurgents")
OUTLAWS = among("outlaws")
ARMED = among("armed")
FRONTS = among("fronts")
STRUGGLES = among("struggles")
BODIES = (
    ("judges", "benches"),
    ("deputies", "houses"),
    ("councillors", "boards"),
    ("commissioners", "panels"),
)
SEATED = {noun: among(bodies) for members, bodies in BODIES for noun in among(members)}
SITTING = 6  # sentences
MARKS = ("amod", "compound", "nummod", "prep", "det")
HARMING = frozenset(
    {"ambush", "attack", "behead", "capture", "execute", "injure", "kidnap", "kill", "shoot", "slay", "wound"}
)
WHERE = frozenset({"of", "at", "in", "from"})
FIGHT = 4  # sentences
REACH = 12
ALIKE_LETTERS = 3  # by which an adjective shows the name an article uses: "Congolese", not "Zairean"
MOST = 0.5  # of all mentions of states, beyond which another state than the dateline's is meant
MACHINES = among("machines")
TAKING_PART = frozenset({"nsubj", "nsubjpass", "dobj", "dative", "pobj", "conj"})
UNNAMED = "\0"
WOMEN = among_definites("women")
MEN = among_definites("men")
PRIVATE = among_definites("private") | WOMEN | MEN
HUMAN = (words().groups | PRIVATE) - MACHINES
VAGUE = among("vague")


def crowd(scene: Scene, token: Token, first: int) -> Iterator[tuple[int, int, Mention]]:
    """ "its troops", "the rebels", "ordered troops to leave": a group by its owner or as named before."""
    lemma = token.lemma_.lower()
    owner = next((c for c in token.children if c.dep_ == "poss"), None)
    if lemma not in words().groups and lemma not in SEATED:
        return
    if owner is not None:
        whose = scene.headed.get(owner.i) or _countryman(scene, owner)
        if whose is not None:
            yield first, token.i + 1, _grouped(scene, whose, token)
        return
    if lemma in SOLDIERS and (victims := _opposed(scene, token)):
        yield first, token.i + 1, victims
        return
    if not _plain(token):
        return
    state = _commander(scene, token) if lemma in SOLDIERS else None
    bare = first == token.i
    if state is not None and bare:
        yield first, token.i + 1, _grouped(scene, state, token)
        return
    before = _alike(scene, token, lemma)
    if before is not None and before.name == UNNAMED and not has(scene.doc[before.head], *MARKS):
        before = (_seated(scene, token, lemma) if not bare else None) or before
    if bare and lemma in BELONGING and (whole_ := _subject_of(scene, token)) is not None:
        yield first, token.i + 1, _grouped(scene, whole_, token)
    elif before is not None:
        yield first, token.i + 1, before
    elif not bare and (seats := _seated(scene, token, lemma)) is not None:
        yield first, token.i + 1, seats
    elif lemma not in words().groups:
        return
    elif state is not None or (lemma in SERVANTS and (state := at_home(scene)) is not None):
        yield first, token.i + 1, _grouped(scene, state, token)
    elif lemma in INSURGENTS | OUTLAWS and not bare and (force := _armed(scene, token, lemma in OUTLAWS)):
        yield first, token.i + 1, force
    elif side := _unowned(scene, token, first):
        yield first, token.i + 1, side


def _subject_of(scene: Scene, token: Token) -> Mention | None:
    """The body that bids its own people: "the union asked members to strike"."""
    verb = token.head
    if token.dep_ != "dobj" or verb.pos_ != "VERB" or any(c.dep_ == "prep" for c in token.children):
        return None
    subject = next((scene.headed.get(c.i) for c in verb.children if c.dep_ == "nsubj"), None)
    return subject if subject is not None and subject.type == "ORG" else None


def _plain(token: Token) -> bool:
    """Whether no word says that these are others than those before."""
    bare = not any(
        c.dep_ == "det" and c.lower_ not in ("the", "these", "those", "all", "some") for c in token.children
    )
    marks = [c for c in token.children if c.dep_ in ("amod", "compound", "poss") and c.i < token.i]
    if any(map(narrowing, token.children)):
        return False
    counted = any(c.dep_ == "nummod" for c in token.children)
    if counted and not any(c.lower_ in ("the", "these", "those") for c in token.children):
        return False
    return bare and all(c.lower_ in PLAIN for c in marks)


def _alike(scene: Scene, token: Token, lemma: str) -> Mention | None:
    """The group that the same noun or its like named last, or the body whose name holds the noun."""
    alike, placed = _synonyms(lemma), any(c.dep_ == "prep" and c.lower_ in WHERE for c in token.children)
    stranger: Mention | None = None
    for mention in near(scene, token, REACH):
        noun = _noun(scene.doc[mention.head])
        if mention.type == "GROUP" and noun in alike and (stranger is None or noun == lemma):
            if mention.name != UNNAMED or noun == lemma:
                return mention
            stranger = mention
        if (
            mention.type == "ORG"
            and mention.kind == "name"
            and _holds(mention.name, token.lower_)
            and not placed
        ):
            return mention
    return stranger


def _noun(token: Token) -> str:
    """The lemma of a noun, which a capital may hide: "Rebels led by Hale overran the town"."""
    lemma = str(token.lemma_.lower())
    return lemma.removesuffix("s") if token.tag_ == "NNPS" and token.is_sent_start else lemma


def _holds(name: str, people: str) -> bool:
    """Whether a body's name says whose it is: the farmers' of the Landless Farmers' Movement."""
    *before, last = fold(name).replace("'", " ").split()
    return last == people or (people in before and people.endswith("s"))


def _seated(scene: Scene, token: Token, lemma: str) -> Mention | None:
    """The court that "the judges" sit on, the parliament of "the deputies", if one was named."""
    bodies = SEATED.get(lemma)
    if bodies is None or any(c.dep_ in ("prep", "amod", "compound", "nummod") for c in token.children):
        return None
    for mention in near(scene, token, SITTING):
        called = {_noun(scene.doc[mention.head]), *scene.described[mention.name]}
        if mention.type in ("ORG", "GROUP") and mention.kind != "pronoun" and called & bodies:
            return mention
    return None


def _unowned(scene: Scene, token: Token, first: int) -> Mention | None:
    """A side of the conflict that goes by its common noun alone: "the rebels", "the opposition"."""
    lemma, definite = token.lemma_.lower(), any(c.lower_ == "the" for c in token.children)
    public = lemma in PUBLIC and (definite or first == token.i)
    if not public and not (definite and lemma in SIDES):
        return None
    if any(c.dep_ in ("prep", "relcl", "acl", "nummod", "appos") for c in token.children):
        return None
    if lemma == "police" and (force := _named_later(scene, token)):
        return force
    kind: ActorType = "ORG" if lemma == "parliament" else "GROUP"
    first = token.i - (token.i > 0 and token.nbor(-1).lower_ == "armed")
    text, start = scene.doc[first : token.i + 1].text, scene.doc[first].idx
    return Mention(text, kind, "nominal", text, start, start + len(text), first, token.i + 1, token.i)


def _named_later(scene: Scene, token: Token) -> Mention | None:
    """The one force that the article names further down, for "police" in its lead."""
    later = (m for m in scene.cast.mentions if m.type in ("ORG", "GROUP") and m.first > token.i)
    forces = {m.name: m for m in later if fold(m.name).split()[-1] == token.lower_}
    force = next(iter(forces.values())) if len(forces) == 1 else None
    return force if force is not None and force.type == "ORG" and force.kind == "name" else None


def localised(scene: Scene, mention: Mention) -> Mention | None:
    """Whom "the rebels in the north" mean where the rebels were named before."""
    head = scene.doc[mention.head]
    lemma = head.lemma_.lower()
    if lemma not in INSURGENTS or mention.last < mention.head + 3 or not mention.first:
        return None
    here = scene.doc[head.i + 1].lower_ == "in" and scene.doc[mention.first - 1].lower_ == "the"
    return _alike(scene, head, lemma) if here and mention.first == mention.head else None


def owner_behind(token: Token) -> Token | None:
    """The noun behind "of" or "in" that says whose people they are: "families of the soldiers"."""
    if token.tag_ != "NNS":
        return None
    lemma = token.lemma_.lower()
    if lemma in VAGUE or lemma not in words().groups:
        return None
    tail = next(
        (c for c in token.children if c.i == token.i + 1 and c.lower_ in ("of", "from", "in", "at")), None
    )
    whose = next((c for c in tail.children if c.dep_ == "pobj"), None) if tail is not None else None
    return whose if whose is not None and whose.i < token.i + 7 else None


def unnamed(token: Token) -> Mention | None:
    """People who are nobody the article names: they bear no relation, but "they" may be them."""
    human = token.tag_ == "NNS" and token.lemma_.lower() in HUMAN
    if not human or token.dep_ not in TAKING_PART:
        return None
    return replace(described(token, token.i + 1), name=UNNAMED)


def somebody(token: Token) -> Mention | None:
    """A person whom the article does not name, as subject: "the king lost his crown"."""
    lemma = token.lemma_.lower()
    if token.tag_ != "NN" or token.dep_ not in ("nsubj", "nsubjpass") or lemma not in PRIVATE:
        return None
    after = token.doc[token.i + 1 : token.i + 2]
    if any(c.dep_ == "appos" for c in token.children) or any(t.pos_ == "PROPN" for t in after):
        return None
    return replace(described(token, token.i + 1), name=UNNAMED, type="PERSON")


def described(token: Token, last: int) -> Mention:
    """People that go by the words around their noun, up to token `last`."""
    doc, first = token.doc, _opening(token)
    text, start = doc[first:last].text, doc[first].idx
    return Mention(text, "GROUP", "nominal", text, start, start + len(text), first, last, token.i)


def _opening(noun: Token) -> int:
    """Where the words begin that say which people they are."""
    first = noun.i
    while first > noun.sent.start:
        before = noun.doc[first - 1]
        if before.head != noun or before.dep_ not in ("amod", "compound", "nmod") or before.lower_ in PLAIN:
            break
        first -= 1
    return first


def _opposed(scene: Scene, token: Token) -> Mention | None:
    """The state's soldiers, whom its rebels fight: "the rebels said they had killed 25 soldiers"."""
    verb = token.head
    if token.dep_ not in ("dobj", "nsubjpass") or verb.lemma_ not in HARMING:
        return None
    marks = (c for c in token.children if c.dep_ in ("amod", "compound", "nmod", "prep", "acl", "relcl"))
    if any(c.lower_ not in PLAIN for c in marks):
        return None
    doers = [t for c in verb.children if c.dep_ == "agent" for t in c.children]
    while token.dep_ == "dobj" and not doers and verb.dep_ in ("ROOT", "ccomp", "conj", "advcl", "xcomp"):
        doers = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
        if verb.head == verb or (verb.dep_ == "ccomp" and not doers):
            break
        verb = verb.head
    if any(_rebelling(scene, t) for t in doers):
        state = own_state(scene)
        return _grouped(scene, state, token) if state is not None else None
    return None


def _rebelling(scene: Scene, doer: Token) -> bool:
    """Whether a subject or agent is the rebels' side."""
    side = scene.headed.get(doer.i)
    if side is None:
        return _noun(doer) in INSURGENTS and any(c.lower_ == "the" for c in doer.children)
    fights = _noun(scene.doc[side.head]) in INSURGENTS or _fights(scene, side) or _frontal(side)
    return side.type in ("ORG", "GROUP") and fights


def rebels(scene: Scene, word: Token) -> Mention | None:
    """Whose "a rebel attack" and "insurgent bases" are: the rebels' who were named before."""
    return _alike(scene, word, word.lower_) or _armed(scene, word)


def _armed(scene: Scene, token: Token, known: bool = False) -> Mention | None:
    """The armed group that "the rebels" fight for, where it was the last that was named."""
    fits = (m for m in near(scene, token, FIGHT) if m.type in ("ORG", "GROUP"))
    named = [m for m in fits if m.kind == "name"]
    fighting = next((m for m in named if _fights(scene, m)), None)
    if fighting is not None or known:
        return fighting
    groups = (m for m in near(scene, token, REACH) if m.type == "GROUP")
    others = any(_noun(t) in SIDES for m in groups for t in scene.doc[m.first : m.last])
    return None if others else next((m for m in named if _frontal(m)), None)


def _fights(scene: Scene, mention: Mention) -> bool:
    """Whether a list or the article says of a body that it fights."""
    return fold(mention.name) in ARMED or bool(scene.described[mention.name] & INSURGENTS)


def _frontal(mention: Mention) -> bool:
    """Whether a body's name is built as a liberation front's, and not as a state's army's."""
    parts = set(fold(mention.name).replace("'", " ").split())
    return bool(parts & FRONTS) and (bool(parts & STRUGGLES) or not parts & set(load().demonyms))


def _synonyms(lemma: str) -> frozenset[str]:
    return frozenset({lemma}).union(*(kin for kin in ALIKE if lemma in kin))


def whole(scene: Scene, token: Token, first: int, owner: Token | None) -> Mention | None:
    """Whom "the army", "its navy", "parliament" mean: as named before, else as their owner's."""
    lemma = token.lemma_.lower()
    whose = scene.headed.get(owner.i) if owner is not None else None
    if owner is not None:
        return (
            _grouped(scene, whose, token) if whose is not None and whose.type in ("STATE", "PERSON") else None
        )
    if any(child.dep_ in ("amod", "compound", "relcl", "prep") for child in token.children):
        armed = lemma in SIDES and any(child.lower_ == "armed" for child in token.children)
        return _unowned(scene, token, first) if armed else None
    named = _alike_body(scene, token, lemma)
    if named is None and first < token.i and lemma in NATIONAL:
        named = national(scene, token)
    return named or _unowned(scene, token, first)


def national(scene: Scene, token: Token, *, known: bool = False) -> Mention | None:
    """The army, police or opposition as named before, else, unless `known`, of the article's state."""
    lemma = token.lemma_.lower()
    named = _alike_body(scene, token, lemma)
    if named is not None or known:
        return named
    state = at_home(scene) if lemma in PUBLIC else own_state(scene)
    state = state or (_fielding(scene) if lemma in SOLDIERS else None)
    return _grouped(scene, state, token) if state is not None else None


def _fielding(scene: Scene) -> Mention | None:
    """The one state whose soldiers the article tells of."""
    states: dict[str, Mention] = {}
    for mention in scene.crowds.values():
        if _noun(scene.doc[mention.head]) in SOLDIERS:
            of = scene.cast.inside(mention.first, mention.head)
            states |= {m.name: m for m in of if m.type == "STATE" and m.kind == "adjective"}
    return next(iter(states.values())) if len(states) == 1 else None


def _alike_body(scene: Scene, token: Token, lemma: str) -> Mention | None:
    for mention in near(scene, token, REACH):
        if lemma in SOLDIERS and mention.type == "ORG" and _frontal(mention):
            continue
        if mention.type in ("GROUP", "ORG") and lemma in (
            scene.doc[mention.head].lemma_.lower(),
            mention.name.lower().split()[-1],
        ):
            return mention
    return None


def at_home(scene: Scene, share: float = 0.6) -> Mention | None:
    """The state that an article is about: most of its mentions of states."""
    if not scene.states:
        return None
    ((name, count),) = scene.states.most_common(1)
    alone = count == scene.states.total()
    if (count < 2 and not alone) or count < share * scene.states.total():
        return None
    return next((m for m in scene.cast.mentions if m.type == "STATE" and m.name == name), None)


def own_state(scene: Scene, share: float = 0.6) -> Mention | None:
    """The state that an article is about, else that of its dateline."""
    return at_home(scene, share) or filed_in(scene)


def filed_in(scene: Scene) -> Mention | None:
    """The state of the dateline, unless the article tells less of it than of another."""
    places, here = load(), scene.home
    if here is None:
        return None
    times = {name: count for name, count in scene.states.items() if (places.state(name) or name) == here}
    if not times and not scene.states:
        return Mention(here, "STATE", "name", here, 0, 0, 0, 1, 0)
    if not times or max(scene.states.values()) > MOST * scene.states.total() + sum(times.values()):
        return None
    return next((m for m in scene.cast.mentions if m.type == "STATE" and m.name in times), None)


def _countryman(scene: Scene, owner: Token) -> Mention | None:
    """The state behind "his country's troops": that of the person's title, or named last."""
    if owner.lemma_.lower() not in ("country", "nation"):
        return None
    person = next((scene.headed.get(child.i) for child in owner.children if child.dep_ == "poss"), None)
    state = scene.belongs.get(person.name) if person is not None else None
    if state is not None and state.type == "STATE":
        return state
    return next((m for m in near(scene, owner, 1) if m.type == "STATE"), None)


def _commander(scene: Scene, token: Token) -> Mention | None:
    """The state that orders its own soldiers about: subject of the verb they are object of."""
    verb = token.head
    if token.dep_ not in ("dobj", "nsubj") or verb.pos_ != "VERB":
        return None
    if token.dep_ == "nsubj":
        verb = verb.head if verb.dep_ in ("ccomp", "xcomp") else verb
    if verb.lemma_ not in ORDERS:
        return None
    subject = next((scene.headed.get(c.i) for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is not None and subject.type == "PERSON":
        subject = scene.belongs.get(subject.name)
    return subject if subject is not None and subject.type == "STATE" else None


def _grouped(scene: Scene, owner: Mention, token: Token) -> Mention:
    """The owner's group under the name the article gives it, else "Russian troops", "Haftar's troops"."""
    lemma, state = token.lemma_.lower(), owner
    if owner.name == UNNAMED:
        return owner
    lemmas = ADHERENTS if lemma in ADHERENTS else frozenset({lemma})
    if (known := _followed(scene, owner, lemmas)) is not None:
        return known
    if owner.type == "PERSON":
        state = scene.belongs.get(owner.name, owner)
        last = state.name.lower().split()[-1]
        if state.type == "ORG" and (last == lemma or {last, lemma} <= SOLDIERS):
            return state
    adjective = adjective_of(scene, state)
    if adjective:
        for noun in (lemma, *sorted(SOLDIERS - {lemma})) if lemma in SOLDIERS else (lemma,):
            for form in (noun, noun + "s"):
                known = scene.crowds.get(fold_crowd(f"{adjective} {form}"))
                if known is not None:
                    return replace(owner, name=known.name, type="GROUP")
    if owner.type == "STATE" and adjective:
        return replace(owner, name=f"{adjective} {token.lower_}", type="GROUP")
    return replace(owner, name=f"{owner.name}'s {token.text}", type="GROUP")


def _followed(scene: Scene, owner: Mention, lemmas: frozenset[str]) -> Mention | None:
    """The group that is named by its owner: "supporters of Haftar" for "Haftar's followers"."""
    named = (m for m in scene.crowds.values() if m.last > m.head + 2)
    for mention in named:
        inside = scene.cast.inside(mention.head + 1, mention.last)
        if scene.doc[mention.head].lemma_.lower() in lemmas and any(m.name == owner.name for m in inside):
            return mention
    return None


def adjective_of(scene: Scene, state: Mention) -> str | None:
    """The adjective of a state, as the article writes it."""
    return scene.adjectives.get(state.name) or (_adjective(state.name) if state.type == "STATE" else None)


@lru_cache(maxsize=256)
def _adjective(state: str) -> str | None:
    places = load()
    common = places.state(state) or state
    forms = [form for form, name in places.demonyms.items() if name == common and not form.endswith("s")]
    alike = [form for form in forms if form.startswith(fold(state)[:ALIKE_LETTERS])]
    return min(alike or forms, key=lambda form: (len(form), form)).title() if forms else None
