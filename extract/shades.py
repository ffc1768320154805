"""What who acts, and how the clause stands, make of a code: a crowd that throws stones protests.

"demonstrators hurled bottles at police"        PROTEST, not ASSAULT
"miners stormed the ministry"                   PROTEST, where soldiers would make it ASSAULT
"Kenyan troops arrived in Mogadishu"            MOBILIZE, not a visit
"Iran would strike the base if attacked"        THREATEN, not yet ASSAULT
"Serbia does not recognise Kosovo"              REJECT, not SUPPORT
"Torres beat Moreno", "Peru beat Chile"         OTHER: a game or a vote
"was in Rome to see the Pope"                   CONSULT, where seeing alone tells nothing
"came under fire from the opposition"           ACCUSE, where gunmen would make it ASSAULT
"pledged 20 million to Haiti"                   AGREE, not yet AID
"""

from __future__ import annotations

from spacy.tokens import Token

from extract import clauses
from extract.grammar import among
from extract.model import Code, Mention

CROWDS = among("crowds")
CITIZENS = among("citizens")
RIOTING = among("rioting")
FUGITIVES = among("fugitives")
SOLDIERS = among("soldiers")
ARMED = SOLDIERS | among("armed")
CONSENT = frozenset({"accept", "recognise", "recognize", "allow", "permit", "approve", "let", "tolerate"})
CONTESTS = frozenset({"beat", "defeat", "thrash", "overcome", "edge", "trounce", "upset"})
AHEAD = frozenset({"will", "would", "'ll", "shall"})
DEEDS = frozenset({"ASSAULT", "SANCTION"})
PROMISES = frozenset({"pledge", "promise", "offer"})
PROMISED = frozenset({"AID", "COOPERATE", "CONCEDE"})


def shaded(
    trigger: Token, code: Code, mode: str | None, source: Mention, target: Mention
) -> tuple[Code, str | None]:
    """The code and mode that the claim has in this clause, with this source and target."""
    doer = _head(trigger, source)
    if doer in CROWDS and code in ("ASSAULT", "COERCE", "REQUEST"):
        return "PROTEST", "demonstration" if code == "REQUEST" else "riot"
    if doer in CITIZENS and code in ("ASSAULT", "COERCE", "OTHER") and trigger.lemma_.lower() in RIOTING:
        return "PROTEST", "riot"
    if mode == "visit" and doer in SOLDIERS:
        return "MOBILIZE", None
    if code == "ACCUSE" and trigger.lower_ == "fire" and doer in ARMED:
        return "ASSAULT", None
    if code == "ASSAULT" and trigger.lemma_.lower() in CONTESTS and _contest(trigger, source, target):
        return "OTHER", None
    if code == "CONCEDE" and trigger.lemma_ == "open" and _head(trigger, target) in FUGITIVES:
        return "AID", None
    if code == "SANCTION" and trigger.lemma_ == "ban" and source.type == "STATE" and target.type == "ORG":
        return "COERCE", "restrict"
    if code == "OTHER" and trigger.lemma_ == "take" and target.type == "PLACE":
        return "COERCE", "seize"
    if (
        code == "OTHER"
        and trigger.lemma_ == "see"
        and clauses.infinitive(trigger)
        and _both_persons(source, target)
    ):
        return "CONSULT", None
    if trigger.lemma_.lower() in CONSENT and _refused(trigger):
        return "REJECT", None
    if code in PROMISED and _promised(trigger):
        return "AGREE", None
    if code in DEEDS and clauses.is_verb(trigger) and _conditional(trigger):
        return "THREATEN", None
    return code, mode


def _head(trigger: Token, mention: Mention) -> str:
    """The lemma of the noun that the mention ends in; a pronoun's tells nothing."""
    return trigger.doc[mention.head].lemma_.lower() if mention.kind != "pronoun" else ""


def _refused(trigger: Token) -> bool:
    """Whether it is not done, or no longer."""
    words = {c.lower_ for c in trigger.children if c.dep_ in ("neg", "advmod")}
    return "longer" in words or any(c.dep_ == "neg" for c in trigger.children)


def _promised(trigger: Token) -> bool:
    """Whether it is only held out: "pledged money", "offered asylum", "offered help"."""
    held_out = trigger.head if trigger.dep_ == "dobj" else trigger
    return held_out.lemma_.lower() in PROMISES and clauses.is_verb(held_out)


def _contest(trigger: Token, source: Mention, target: Mention) -> bool:
    """Whether the two play or stand against each other: persons, or nations and clubs that "beat"."""
    alike = source.type == target.type and source.type in ("STATE", "ORG")
    return _both_persons(source, target) or (trigger.lemma_ == "beat" and alike)


def _both_persons(source: Mention, target: Mention) -> bool:
    return source.type == target.type == "PERSON"


def _conditional(trigger: Token) -> bool:
    """Whether it would be done if something else is or is not: "will strike unless the siege ends"."""
    if not any(c.dep_ == "aux" and c.lower_ in AHEAD for c in trigger.children):
        return False
    if any(c.dep_ == "neg" for c in trigger.children):
        return False
    clauses_below = (c for c in trigger.children if c.dep_ == "advcl")
    return any(g.lower_ in ("if", "unless") for c in clauses_below for g in c.children)
