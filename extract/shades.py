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
"called on the mayor"                           CONSULT, where "called on him to resign" asks
"the newspaper attacked the mayor"              ACCUSE, where gunmen would make it ASSAULT
"was recruited by Orion's engineer Moe"         OTHER, where recruiting fighters is MOBILIZE
"threw out a Kenyan aid agency"                 SANCTION, where an appeal thrown out is a REJECT
"dismissed the envoy", "Torres ruled Peru"      SANCTION and ROLE, where a claim is dismissed, a town ruled
"Dr Moe examined Dahl", "drove from Goma"       CONSULT and OTHER, where a claim or an army would suffer it
"doctors flew to Haiti"                         AID, not a visit
"police are holding Dahl", "wanted in Chile"    COERCE, where things held or wanted tell nothing
"farmers protested against the law"             PROTEST, where a state only objects
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
PRINTED = among("printed")
RESCUERS = among("rescuers")
ARMED = SOLDIERS | among("armed")
CONSTABLES = frozenset({"police", "policeman"})
CONSENT = frozenset({"accept", "recognise", "recognize", "allow", "permit", "approve", "let", "tolerate"})
CONTESTS = frozenset({"beat", "defeat", "thrash", "overcome", "edge", "trounce", "upset", "lose"})
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
    if (
        (doer in CITIZENS or _people(trigger, source))
        and code in ("ASSAULT", "COERCE", "OTHER")
        and trigger.lemma_.lower() in RIOTING
    ):
        return "PROTEST", "riot"
    if mode == "visit" and doer in SOLDIERS:
        return "MOBILIZE", None
    if code == "ACCUSE" and trigger.lower_ == "fire" and doer in ARMED:
        return "ASSAULT", None
    if code == "COERCE" and trigger.lemma_ == "take" and _both_persons(source, target):
        return "OTHER", None
    if code == "ASSAULT" and trigger.lemma_ == "attack" and (_printed(trigger, source) or _faults(trigger)):
        return "ACCUSE", None
    if code == "MOBILIZE" and trigger.lemma_ == "recruit" and target.type == "PERSON":
        return "OTHER", None
    if code == "REJECT" and trigger.lemma_ == "dismiss" and _sacked(trigger, target):
        return "SANCTION", None
    if code == "COERCE" and trigger.lemma_ == "rule" and (source.type, target.type) == ("PERSON", "STATE"):
        return "ROLE", None
    if code == "ACCUSE" and trigger.lemma_ == "examine" and _both_persons(source, target):
        return "CONSULT", None
    if code == "ASSAULT" and trigger.lemma_ == "drive" and not clauses.has(trigger, "dobj", "nsubjpass"):
        return "OTHER", None
    if code == "REJECT" and trigger.lemma_ == "throw" and trigger.doc[target.head].head == trigger:
        return "SANCTION", None
    if mode == "visit" and _rescues(trigger, source) and trigger.lemma_ != "visit":
        return "AID", None
    if code == "COERCE" and trigger.lemma_ == "raid" and doer in SOLDIERS | ARMED - CONSTABLES:
        return "ASSAULT", None
    if code == "ASSAULT" and trigger.lemma_.lower() in CONTESTS and _contest(trigger, source, target):
        return "OTHER", None
    if code == "CONCEDE" and trigger.lemma_ == "open" and _head(trigger, target) in FUGITIVES:
        return "AID", None
    if code == "SANCTION" and trigger.lemma_ == "ban" and source.type == "STATE" and target.type == "ORG":
        return "COERCE", "restrict"
    if code == "OTHER" and trigger.lemma_ in ("take", "secure") and target.type == "PLACE":
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
    if target.type in ("PERSON", "GROUP") and _in_custody(trigger, code):
        return "COERCE", "arrest"
    if (
        code == "REQUEST"
        and trigger.lemma_ == "call"
        and _both_persons(source, target)
        and _pays_call(trigger)
    ):
        return "CONSULT", "visit"
    if code == "ACCUSE" and trigger.lemma_ == "protest" and source.type == "GROUP":
        return "PROTEST", "demonstration"
    if code in PROMISED and _promised(trigger):
        return "AGREE", None
    if code in DEEDS and clauses.is_verb(trigger) and _conditional(trigger):
        return "THREATEN", None
    if code == "SANCTION" and trigger.lemma_ == "retaliate" and _ahead(trigger):
        return "THREATEN", None
    return code, mode


def _head(trigger: Token, mention: Mention) -> str:
    """The lemma of the noun that the mention ends in; a pronoun's tells nothing."""
    return trigger.doc[mention.head].lemma_.lower() if mention.kind != "pronoun" else ""


def _rescues(trigger: Token, mention: Mention) -> bool:
    """Whether who comes comes to help: "Cuban doctors", "a team of medics"."""
    named = mention.kind != "pronoun"
    return named and any(t.lemma_.lower() in RESCUERS for t in trigger.doc[mention.first : mention.last])


def _people(trigger: Token, mention: Mention) -> bool:
    """Whether it is people by their nation or faith alone: "hundreds of Iranians threw stones"."""
    return mention.type == "GROUP" and trigger.doc[mention.head].tag_ == "NNPS" and mention.kind == "name"


def _printed(trigger: Token, mention: Mention) -> bool:
    """Whether it is a paper, or words on paper: "the Herald", "the magazine Orbit", "an article"."""
    head = trigger.doc[mention.head]
    near = [head, *(c for c in head.children if c.dep_ in ("compound", "nmod", "appos"))]
    near += [head.head] if head.dep_ == "appos" else []
    return mention.kind != "pronoun" and any(token.lemma_.lower() in PRINTED for token in near)


def _faults(trigger: Token) -> bool:
    """Whether somebody is attacked in words: "attacked the mayor for his silence", "attacked him as weak"."""
    found = (
        c for c in trigger.children if c.dep_ == "prep" and c.i > trigger.i and c.lower_ in ("for", "over")
    )
    nouns = [t for prep in found for t in prep.children]
    return (
        clauses.is_verb(trigger)
        and bool(nouns)
        and not any(t.ent_type_ in ("DATE", "TIME", "CARDINAL", "ORDINAL") for t in nouns)
    )


def _in_custody(trigger: Token, code: Code) -> bool:
    """Whether a person is held, or wanted by the law."""
    sought = trigger.lower_ == "wanted" and clauses.passive(trigger) and code == "REQUEST"
    held = trigger.lemma_ == "hold" and code == "OTHER" and clauses.is_verb(trigger)
    return sought or held


def _sacked(trigger: Token, target: Mention) -> bool:
    """Whether a person loses a post, not a case or a claim, nor is dismissed "as" something."""
    object_ = trigger.doc[target.head]
    whom = object_.head == trigger or trigger.dep_ == "relcl"
    return target.type == "PERSON" and whom and not any(c.lower_ == "as" for c in trigger.children)


def _pays_call(trigger: Token) -> bool:
    """Whether who calls on somebody asks nothing: "called on the mayor on Friday"."""
    asked = any(c.dep_ in ("xcomp", "ccomp", "advcl") or c.lower_ == "for" for c in trigger.children)
    on = [c for c in trigger.children if c.lower_ == "on" and c.i > trigger.i]
    return (
        bool(on)
        and not asked
        and not any(clauses.infinitive(v) for p in on for t in p.children for v in t.children)
    )


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


def _ahead(trigger: Token) -> bool:
    return any(c.dep_ == "aux" and c.lower_ in AHEAD for c in trigger.children)


def _conditional(trigger: Token) -> bool:
    """Whether it would be done if something else is or is not: "will strike unless the siege ends"."""
    if not _ahead(trigger):
        return False
    if any(c.dep_ == "neg" or (c.dep_ == "aux" and c.lemma_ == "have") for c in trigger.children):
        return False
    clauses_below = (c for c in trigger.children if c.dep_ == "advcl")
    return any(g.lower_ in ("if", "unless") for c in clauses_below for g in c.children)
