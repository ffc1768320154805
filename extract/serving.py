"""Whose minister and whose government are meant: by whom the one serves, by who speaks of the other."""

from __future__ import annotations

from spacy.tokens import Token

from extract.model import Mention
from extract.scene import SUBJECTS, Scene, near

RULERS = frozenset({"president", "premier", "minister", "chancellor", "king", "queen", "emir", "sultan"})
REACH = 12  # sentences back


def serving(scene: Scene, token: Token, whose: Mention | None, wanted: set[str]) -> Mention | None:
    """Who holds that office under a head of state or government: "his defence minister"."""
    state = scene.belongs.get(whose.name) if whose is not None else None
    if state is None or whose is None or state.type != "STATE" or not scene.described[whose.name] & RULERS:
        return None
    for mention in near(scene, token, REACH):
        if (
            mention.type == "PERSON"
            and mention.name != whose.name
            and wanted <= scene.described[mention.name]
        ):
            theirs = scene.belongs.get(mention.name)
            if theirs is None or theirs.name == state.name:
                return mention
    return None


def own_government(scene: Scene, token: Token, beside: set[str]) -> Mention | None:
    """The state of those who speak of "the government": "Iraqi fishermen asked the government to help"."""
    people = beside or _above(scene, token)
    for group in scene.cast.mentions if people else ():
        if group.type == "GROUP" and group.kind == "nominal" and group.name in people:
            of = scene.cast.inside(group.first, group.head)
            states = {m.name: m for m in of if m.type == "STATE" and m.kind == "adjective"}
            return next(iter(states.values())) if len(states) == 1 else None
    return None


def same_rulers(scene: Scene, token: Token, lemma: str) -> Mention | None:
    """The one state whose government or junta the article called so before: "Mali's junta"."""
    before = (m for m in scene.cast.inside(0, token.i) if m.type == "STATE" and m.kind == "nominal")
    said = {m.name: m for m in before if scene.doc[m.head].lemma_.lower() == lemma}
    return next(iter(said.values())) if len(said) == 1 else None


def _above(scene: Scene, token: Token) -> set[str]:
    """Who is the subject of the verb that governs a noun's clause: "the farmers want the government to"."""
    verb = token.head.head
    if token.dep_ not in SUBJECTS or token.head.dep_ not in ("ccomp", "xcomp"):
        return set()
    subjects = (scene.headed.get(c.i) for c in verb.children if c.dep_ in SUBJECTS)
    return {m.name for m in subjects if m is not None}
