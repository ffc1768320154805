"""Who "he", "the minister" and "the group" are: rules inside one article, behind a protocol.

"Shoigu landed in Syria. The defense minister met Assad, and he praised him." Candidates are the mentions
before, nearest sentence first, subjects before others; they must agree in type, number and gender. A nominal
must share its words with what the article says about its actor. What finds no candidate stays unresolved,
unless the ranker of extract.antecedents, which sees the rules' answer, knows better.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol

from spacy.symbols import ADJ, DET, NOUN, NUM, PRON, PROPN
from spacy.tokens import Doc, Token

from extract.antecedents import Chooser
from extract.binding import bearers, beneath, embedded, excluded, goes_on, says
from extract.crowds import MEN, UNNAMED, WOMEN, localised, rebels, somebody, unnamed
from extract.definites import Definites
from extract.doers import beside
from extract.lexicon import among, among_definites, where, words
from extract.model import Article, Mention
from extract.nominals import (
    EPITHETS,
    REACH,
    body,
    held,
    nominal,
    warlike,
)
from extract.peoples import lone
from extract.scene import SUBJECTS as SUBJECTS
from extract.scene import Cast as Cast
from extract.scene import Scene, grammatical, homeland, near, plural, stage, stands
from extract.scene import quotations as quotations
from extract.together import compatriots, conjuncts, pair

HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "them", "their", "themselves"})
FIRST = frozenset({"i", "me", "my", "myself"})
WE = frozenset({"we", "us", "our", "ourselves"})
SPEAKING = FIRST | WE
PRONOUNS = HE | SHE | IT | THEY
EVENTS = frozenset(
    {"matter", "time", "case", "fact", "pity", "shame", "move", "sign", "thing", "way", "first", "day"}
)
BEFALLS = among("befalls")
CADRES = among("cadres")
SEIZING = frozenset(
    {"arrest", "assassinate", "capture", "deport", "detain", "execute", "expel", "imprison", "jail", "kill"}
)
MEETING = among("meeting")
TALKS = among("talks")
HAPPENING = among_definites("happening")
HAPPENINGS = among_definites("happenings")
FEELINGS = among("feelings")
LIKELY = 2.5  # what it weighs to be whom "who" means in the clause around
GOING_ON = 1.2  # what it weighs to be who spoke in the sentence before
TOPIC = 0.8  # what it weighs to be spoken of all the time


class Resolver(Protocol):
    """What finds an article's chains; a trained model can take this module's place."""

    def __call__(self, doc: Doc, mentions: list[Mention], article: Article) -> list[Mention]:
        """All mentions given, and those of pronouns and nominals with their actor's name and type."""
        ...


def resolve(
    doc: Doc,
    mentions: list[Mention],
    article: Article,
    chooser: Callable[[Scene], Chooser] = Chooser,
) -> list[Mention]:
    """All mentions, and those of pronouns and role nominals, each with its actor's name and type."""
    scene = stage(doc, mentions)
    scene.home = homeland(article)
    covered = {i for mention in mentions for i in range(mention.first, mention.last)}
    starts: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        starts[mention.first].append(mention)
    definites, ranker = Definites(scene), chooser(scene)
    out: list[Mention] = []
    for i in _worth_reading(doc, starts, covered):
        here = starts.get(i, [])
        if not here:
            here = list(_stand_in(scene, doc[i], covered)) or definites.read(doc[i])
            here = ranker.better(doc[i], here)
            if not here and (stranger := lone(scene, doc[i])):
                out.append(stranger)
            elif not here and (people := unnamed(doc[i]) or somebody(doc[i])):
                here = [people]
            elif len(here) > 1 and any(one.name == UNNAMED for one in here):
                here = here[:1] if here[0].name == UNNAMED else []
        elif len(here) == 1 and here[0].last == i + 1 and here[0].type in ("STATE", "GROUP"):
            known = compatriots(scene, doc[i], here[0])
            here = [stands(one, i - 1, i + 1, i, "nominal", doc) for one in known] or here
        elif len(here) == 1 and here[0].kind == "nominal" and (rebels := localised(scene, here[0])):
            here = [stands(rebels, i, here[0].last, i, "nominal", doc)]
        for mention in here:
            scene.add(mention)
        out += (mention for mention in here if mention.name != UNNAMED)
    return sorted([*out, *_spoken(scene, out)], key=lambda m: (m.first, -m.last))


def _worth_reading(doc: Doc, starts: Mapping[int, list[Mention]], covered: set[int]) -> Iterator[int]:
    """The tokens where a mention begins, and uncovered nouns and pronouns."""
    kinds = {NOUN, PROPN, PRON, ADJ, NUM, DET}
    for i, kind in enumerate(doc.to_array("POS").tolist()):
        if i in starts or (kind in kinds and i not in covered):
            yield i


def _stand_in(scene: Scene, token: Token, covered: set[int]) -> Iterator[Mention]:
    if token.lower_ in PRONOUNS:
        for found in _pronoun(scene, token):
            yield stands(found, token.i, token.i + 1, token.i, "pronoun", token.doc)
    elif token.dep_ == "compound" and (token.head.lower_ in words().titles or warlike(token.head)):
        whole = body(scene, token)
        if whole is not None:
            yield stands(whole, token.i, token.i + 1, token.i, "nominal", token.doc)
    elif token.dep_ in ("compound", "amod") and held(token):
        side = rebels(scene, token)
        if side is not None:
            yield stands(side, token.i, token.i + 1, token.i, "nominal", token.doc)
    elif token.dep_ != "compound" and (
        token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM") or token.lower_ in ("both", "all")
    ):
        for first, last, actor in nominal(scene, token):
            owned = any(child.dep_ == "poss" for child in token.children)
            free = actor.type in ("PERSON", "ORG") or (actor.type == "PLACE" and token.i not in covered)
            inside = covered & set(range(first, token.i + 1))
            if actor.type == "STATE":
                inside = {i for i in inside if token.doc[i].lower_ not in EPITHETS}
            if free or owned or not inside:
                yield stands(actor, first, last, token.i, "nominal", token.doc)


def _pronoun(scene: Scene, token: Token) -> list[Mention]:
    low = token.lower_
    if low in HE or low in SHE:
        return _person(scene, token, "male" if low in HE else "female")
    if low in IT:
        if token.dep_ in ("nsubj", "nsubjpass") and (_empty(token) or _event(token)):
            return []
        thing = token.dep_ in ("pobj", "dative") or (
            token.dep_ == "dobj" and token.head.lemma_ not in BEFALLS
        )
        reach = 0 if thing else 1
        fits = [m for m in near(scene, token, reach) if m.type in ("ORG", "STATE", "GROUP")]
        fits = [m for m in fits if _single(scene, m)]
        if token.dep_ == "poss" and token.head.dep_ == "dobj" and token.head.head.lemma_ in SEIZING:
            taker = beside(scene, token)
            fits = [m for m in fits if m.name not in taker] or fits
        if token.dep_ == "poss" and token.head.lemma_.lower() in CADRES:
            fits = [m for m in fits if m.type != "STATE"] or fits
        best = _prefer(scene, token, fits)
        return [best] if best else []
    return _several(scene, token)


def _single(scene: Scene, mention: Mention) -> bool:
    """Whether "it" can be one mention: a name may be in the plural, as the United States."""
    if scene.doc[mention.head].lower_ in THEY:
        return False
    return not plural(scene.doc, mention) or (mention.kind == "name" and mention.type in ("ORG", "STATE"))


def _several(scene: Scene, token: Token) -> list[Mention]:
    """Whom "they" are: a group or two joined by "and" in this sentence, else in the one before.

    Nobody, where the same sentence has had them already and nobody was meant.
    """
    if ahead := _all_ahead(scene, token):
        return ahead
    before = (t for t in token.doc[token.sent.start : token.i] if t.lower_ in THEY)
    if any(t.i not in scene.headed or scene.headed[t.i].name == UNNAMED for t in before):
        return []
    best = _prefer(scene, token, (m for m in near(scene, token, 1) if _many(scene, m)))
    if two := _taken_up(scene, token, best):
        return two
    if best is not None and scene.sentence[best.head] == scene.sentence[token.i]:
        return [best]
    for mention in near(scene, token, 0):
        joint = conjuncts(scene, mention, ("PERSON", "STATE", "ORG"))
        barred = beneath(scene, token)
        if len(joint) > 1 and not any(m.name in barred or excluded(scene, token, m) for m in joint):
            return joint
    if two := _met(scene, token):
        return two
    return [best] if best else pair(scene, token, ("PERSON", "STATE", "ORG"), every=True)


def _all_ahead(scene: Scene, token: Token) -> list[Mention]:
    """Those who follow a fronted phrase: "At their meeting in Oslo, Putin and Xi agreed"."""
    subject = _fronted(token)
    found = [scene.cast.headed(one.i) for one in (subject, *subject.conjuncts)] if subject is not None else []
    named = [m for m in found if m is not None and m.kind == "name" and m.type in ("PERSON", "STATE", "ORG")]
    return named if len(named) > 1 and len(named) == len(found) else []


def _met(scene: Scene, token: Token) -> list[Mention]:
    """Who met whom just before, in the same sentence: "Hale met Lopez, and they agreed"."""
    for mention in near(scene, token, 0) if token.dep_ in SUBJECTS else ():
        head = grammatical(scene.doc[mention.head])
        verb = head.head
        things = [c for c in verb.children if c.dep_ == "dobj"] if head.dep_ in SUBJECTS else []
        if verb == token.head or not (verb.lemma_ in MEETING or any(t.lemma_ in TALKS for t in things)):
            continue
        withs = [c for t in (verb, *things) for c in t.children if c.lower_ == "with"]
        others = [scene.headed.get(t.i) for t in (*things, *(g for w in withs for g in w.children))]
        both = [m for m in others if m is not None and m.type == mention.type and m.name != mention.name]
        if both and mention.type in ("PERSON", "STATE", "ORG"):
            return [mention, *both]
    return []


def _taken_up(scene: Scene, token: Token, best: Mention | None) -> list[Mention]:
    """The two or more whom one subject meant just before: "the two men held their first meeting"."""
    here = scene.sentence[token.i]
    barred = beneath(scene, token)
    for mention in near(scene, token, 1):
        together = scene.together(mention)
        if best is not None and scene.sentence[best.head] > scene.sentence[mention.head]:
            return []
        if len(together) > 1 and scene.doc[mention.head].dep_ in SUBJECTS:
            near_by = scene.sentence[mention.head] == here or token.dep_ in SUBJECTS
            apart = not any(m.name in barred or excluded(scene, token, m) for m in together)
            return together if near_by and apart else []
    return []


def _many(scene: Scene, mention: Mention) -> bool:
    """Whether "they" can be one mention: a group, or a body in the plural."""
    many = plural(scene.doc, mention)
    if mention.type == "GROUP" and mention.kind != "name":
        return True
    return (many and mention.type in ("GROUP", "ORG")) or (
        mention.type == "GROUP" and mention.text.endswith("s")
    )


def _person(scene: Scene, token: Token, sex: str) -> list[Mention]:
    other = "female" if sex == "male" else "male"
    fits = [m for m in near(scene, token, REACH) if m.type == "PERSON" and _sex(scene, m) != other]
    ahead = _ahead(scene, token, sex)
    best = ahead or _prefer(scene, token, fits)
    alone = ahead is not None or len({m.name for m in fits}) == 1
    if best and best.kind == "name" and (alone or not embedded(grammatical(scene.doc[best.head]))):
        scene.gender.setdefault(best.name, sex)
    return [best] if best else []


def _sex(scene: Scene, mention: Mention) -> str | None:
    """Whether a mention is a man's or a woman's: by the name, or by the noun where nobody is named."""
    if mention.name != UNNAMED:
        return scene.gender.get(mention.name)
    lemma = scene.doc[mention.head].lemma_.lower()
    return "female" if lemma in WOMEN else "male" if lemma in MEN else None


def _ahead(scene: Scene, token: Token, sex: str) -> Mention | None:
    """The subject that follows a fronted phrase: "In his speech, Putin accused …"."""
    subject = _fronted(token)
    named = scene.cast.headed(subject.i) if subject is not None else None
    if subject is not None and named is None:
        named = next((actor for _, _, actor in nominal(scene, subject)), None)
    fits = named is not None and named.type == "PERSON" and scene.gender.get(named.name) in (None, sex)
    return named if fits else None


def _fronted(token: Token) -> Token | None:
    """The subject behind a fronted phrase with an owner in it: "In his speech, X", "At their talks, X"."""
    phrase = token.head
    while phrase.dep_ in ("pobj", "dobj", "pcomp", "prep") and phrase.head.pos_ != "VERB":
        phrase = phrase.head
    if token.dep_ != "poss" or phrase.dep_ not in ("prep", "advcl") or phrase.head.i < token.i:
        return None
    return next((c for c in phrase.head.children if c.dep_ in SUBJECTS and c.i > token.i), None)


def _empty(token: Token) -> bool:
    """Whether "it" is nobody: "it is likely that", "it seems", "it was reported that"."""
    head = token.head
    if head.pos_ == "ADJ":
        return head.lemma_ not in FEELINGS
    if any(child.dep_ == "acomp" and child.lemma_ in FEELINGS for child in head.children):
        return False
    clause = any(
        child.dep_ in ("ccomp", "csubj", "xcomp", "acomp", "advcl")
        or (child.dep_ == "attr" and child.lemma_ in EVENTS)
        for child in head.children
    )
    return (head.lemma_ in ("be", "seem", "appear", "turn", "take", "rain") and clause) or (
        token.dep_ == "nsubjpass" and any(child.dep_ == "ccomp" for child in head.children)
    )


def _event(token: Token) -> bool:
    """Whether "it" can only be a deed or thing: "it was a private gathering", "it caused a riot"."""
    verb = token.head
    if verb.lemma_ == "be":
        said = next((c for c in verb.children if c.dep_ == "attr" and c.pos_ == "NOUN"), None)
        return said is not None and said.lemma_.lower() in HAPPENINGS
    return verb.lemma_ in HAPPENING and verb.pos_ == "VERB" and token.dep_ == "nsubj"


def _prefer(scene: Scene, token: Token, fits: Iterable[Mention]) -> Mention | None:
    """Nearest sentence first, inside it subjects first; never a co-argument of the same verb."""
    best, best_score = None, -1e9
    likely, barred = bearers(scene, token)
    barred |= beneath(scene, token)
    for rank, mention in enumerate(fits):
        if mention.name not in barred and not excluded(scene, token, mention):
            score = _score(scene, token, mention) - 0.3 * rank + LIKELY * (mention.name in likely)
            if score > best_score:
                best, best_score = mention, score
    return best


def _score(scene: Scene, token: Token, mention: Mention) -> float:
    head = grammatical(scene.doc[mention.head])
    score = -3.0 * (scene.sentence[token.i] - scene.sentence[mention.head])
    score += 2.0 if head.dep_ in SUBJECTS else 0.0
    score += 0.5 if mention.type == "PERSON" and mention.kind != "adjective" else 0.0
    score -= 1.0 if embedded(head) else 0.0
    score -= 1.0 if scene.quoted[token.i] != scene.quoted[mention.head] else 0.0
    if (
        token.dep_ == "poss"
        and token.head.dep_ == "conj"
        and token.head.head in (head, scene.doc[mention.head])
    ):
        score += 4.0
    if head.dep_ in SUBJECTS and goes_on(token, head):
        score += GOING_ON
    return score + TOPIC * min(1.0, scene.said[mention.name] / 6)


def _spoken(scene: Scene, mentions: list[Mention]) -> Iterator[Mention]:
    """I and we in quotations: who says so, and whom he speaks for."""
    here = (scene.doc[i] for i in where(scene.doc, SPEAKING) if scene.quoted[i])
    tokens = [token for token in here if token.text != "US"]
    if not tokens:
        return
    said: dict[int, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if says(scene, mention):
            said[scene.sentence[mention.head]].append(mention)
    for token in tokens:
        speaker = _speaker(scene, token, said)
        if speaker is not None and token.lower_ in WE and speaker.type == "PERSON":
            speaker = scene.belongs.get(speaker.name)
        if speaker is not None:
            yield stands(speaker, token.i, token.i + 1, token.i, "pronoun", token.doc)


def _speaker(scene: Scene, token: Token, said: dict[int, list[Mention]]) -> Mention | None:
    """Who says the quotation around the token: in its sentence, else beside it, in its paragraph first."""
    here = scene.sentence[token.i]
    for number in sorted((here, here + 1, here - 1, here - 2), key=lambda n: _away(scene, token, n)):
        if said.get(number):
            return min(said[number], key=lambda m: abs(m.head - token.i))
    return None


def _away(scene: Scene, token: Token, number: int) -> tuple[bool, int]:
    """How far a sentence is from the token's: another paragraph's is farther than any of this one."""
    here, doc = scene.sentence[token.i], token.doc
    order = {here: 0, here + 1: 1, here - 1: 2}.get(number, 3)
    between = range(token.sent.start - 1, -1, -1) if number < here else range(token.i, len(doc))
    for i in between:
        if scene.sentence[i] == number and not doc[i].is_space:
            return False, order
        if doc[i].is_space and "\n" in doc[i].text:
            return number != here, order
    return True, order
