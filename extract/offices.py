"""Bodies that go by their common noun: "the attorney general's office", "the interior ministry"."""

from __future__ import annotations

from spacy.tokens import Token

from extract.crowds import UNNAMED, adjective_of, own_state
from extract.gazetteer import fold
from extract.lexicon import among, words
from extract.model import Mention
from extract.scene import SUBJECTS, Scene, grammatical, near

SPOKEN_FOR = frozenset({"spokesman", "spokeswoman", "spokesperson"})
STATE_BODIES = among("state_bodies")
ACTING = SUBJECTS | {"dobj", "dative"}
DEALING = frozenset({"by", "with", "for", "from", "to", "against"})
REACH = 12  # sentences


def office(scene: Scene, token: Token, first: int, owner: Token | None) -> Mention | None:
    """ "the attorney general's office" where it acts; "the office" once it has been named."""
    if token.dep_ not in ACTING and not (token.dep_ == "pobj" and token.head.lower_ in DEALING):
        return None
    if owner is None and token.dep_ != "dobj":
        known = (m for m in near(scene, token, REACH) if m.type == "ORG")
        return next((m for m in known if fold(m.name).endswith("office")), None)
    if owner is None or owner.pos_ != "NOUN" or owner.lower_ not in words().titles:
        return None
    start = first + (scene.doc[first].lower_ in ("the", "a", "an"))
    return bearing(token, _of_home(scene, scene.doc[start : token.i + 1].text))


def public(scene: Scene, token: Token, first: int) -> Mention | None:
    """ "the interior ministry", "the central bank": a body of the state that the article is about."""
    portfolio, text = scene.doc[first + 1 : token.i], scene.doc[first + 1 : token.i + 1].text
    if not len(portfolio) or any(t.dep_ not in ("amod", "compound") for t in portfolio):
        return None
    if not text.islower() or not (token.lemma_ == "ministry" or text in STATE_BODIES):
        return None
    for mention in near(scene, token, REACH):
        if mention.type in ("ORG", "GROUP") and fold(mention.name).endswith(text):
            return mention
    return bearing(token, _of_home(scene, text))


def _of_home(scene: Scene, text: str) -> str:
    """A body's common noun with its state, where that is known and no name stands in it yet."""
    state = own_state(scene) if text.islower() else None
    adjective = adjective_of(scene, state) if state is not None else None
    return f"{adjective} {text}" if adjective else text


def bearing(token: Token, name: str) -> Mention | None:
    """A body by its common noun; None where no name tells whose: other articles have theirs."""
    if name.islower():
        return None
    return Mention(name, "ORG", "nominal", name, 0, 0, token.i, token.i + 1, token.i)


def mouthpiece(scene: Scene, token: Token) -> Mention | None:
    """Whom "a spokesman" speaks for, where nothing says so: the body that the sentence before told of."""
    if token.dep_ != "nsubj" or any(c.dep_ != "det" for c in token.children):
        return None
    for mention in near(scene, token, 1):
        acts = grammatical(scene.doc[mention.head]).dep_ in SUBJECTS
        if acts and mention.type in ("ORG", "STATE", "GROUP") and mention.name != UNNAMED:
            return mention
    return None
