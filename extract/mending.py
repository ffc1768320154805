"""What the parser attached wrong and the words around it put right, before any rule reads the parse.

"Honduras on Saturday extradited Ramon Diaz"    a verb taken for a part of the name behind it
"Cairo's aid for Khartoum and Oslo's fear of"   a noun with an owner, joined to the nearest name
"charged with leaking files to X"               a gerund taken for a mark of its object
"granted Jan Brandt asylum"                     a receiver taken for a mark of the gift
"fiction written for Chad, a country which"     an apposition hung on a thing, not on the name before it
"Russia, whose envoys Norway expelled"          a subject taken for an apposition
"praised X for helping and urged Y"             a finite verb joined to one that is not
"cut ties with X and Peru expelled Y"           a subject joined to the noun before it
"said \"it is a crime\" and urged X"            a verb joined to one inside a quotation
"documented crimes by X"                        an agent of an active verb
"the army and rebel group X accuse"             a body taken for a mark of the one behind "and"
"denied bombing Homs"                           a gerund taken for a mark of its object
"proposed that X host talks and invited Y"      a verb joined to what was proposed
"Taliban shelling of Kabul"                     a deed taken for another name of whoever did it
"gave the Kenyan police evidence"               a body taken for a mark of what it is given
"brought charges of killing X against Y"        "against" hung on what the charges are about
"named as a war crimes suspect by X"            a noun taken for a verb
"""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Doc, Token

from extract.grammar import among, irregular_past
from extract.lexicon import words
from extract.ontology import load
from extract.openings import lower_apposition, raise_subject
from extract.rehanging import acts, rehang
from extract.seating import (
    MARKING,
    SUBJECTS,
    finite,
    free_holder,
    join_deeds,
    join_owned_names,
    join_titled,
    join_whole,
    mark_members,
    mark_visitor,
    part_owners,
    part_seat,
    put_day,
    seat_second,
    set_speaker,
    set_subject,
)
from extract.when import DAYS

NOUNS = ("PROPN", "NOUN")
COUNTRIES = frozenset({"country", "nation", "state", "kingdom", "republic", "power", "neighbour", "neighbor"})
BODIES = among("bodies")
ENTITIES = frozenset({"body", "entity", "commission", "court", "ministry", "tribunal", "organ"})
ASIDES = frozenset({",", "-", "--", "–", "—"})
QUOTES = frozenset({'"', "``", "''", "“", "”"})
BLAMING = frozenset({"accuse", "charge", "convict", "suspect", "acquit", "clear", "blame", "fine", "jail"})
GIVING = frozenset(
    {
        "award",
        "deny",
        "fine",
        "give",
        "grant",
        "hand",
        "lend",
        "offer",
        "pay",
        "promise",
        "sell",
        "send",
        "show",
        "supply",
    }
)
FORCES = frozenset({"military", "navy", "police"})
HANDING = frozenset({"give", "hand", "offer", "pass"})
KNOWLEDGE = frozenset(
    {"access", "advice", "ammunition", "assistance", "credit", "detail", "evidence", "help", "information"}
    | {"intelligence", "money", "permission", "power", "proof", "support", "testimony", "weapon"}
)
PRESSING = frozenset({"bring", "file", "lay", "level", "press", "prefer"})
GIFTS = frozenset({"CD", "DT", "JJ", "NN", "NNS", "VBN"})
PAST = irregular_past()
OWNING_UP = frozenset({"admit", "begin", "cease", "consider", "deny", "resume", "start", "stop"})
SPOKEN = frozenset({"accuse", "ask", "call", "demand", "say", "tell", "urge", "warn"})


def mend(doc: Doc) -> Doc:
    """The same Doc, its wrong attachments changed in place."""
    for token in doc:
        if token.tag_ == "VBP" and token.lower_ in PAST:
            token.tag_, token.lemma_ = "VBD", PAST[token.lower_]
        rehang(token)
        if token.tag_ == "VBD" and token.dep_ in ("compound", "amod"):
            _raise_verb(token)
        elif token.dep_ == "amod" and token.tag_ in ("VBG", "VBN"):
            _free_gerund(token)
        elif token.dep_ == "conj" and token.pos_ == "NOUN":
            _join_owned(token)
            join_deeds(token)
            join_titled(token)
            _open_clause(token)
            set_subject(token)
        elif token.dep_ == "conj" and token.pos_ == "PROPN":
            _open_clause(token)
            set_subject(token)
            join_whole(token)
            join_owned_names(token)
            part_owners(token)
        elif token.dep_ == "appos" and token.tag_ == "VBG":
            _name_deed(token)
        elif token.dep_ == "appos" and token.pos_ == "NOUN":
            _hang_apposition(token)
            raise_subject(token)
        elif token.dep_ in SUBJECTS and token.pos_ == "NOUN":
            lower_apposition(token)
        elif token.dep_ == "appos" and token.pos_ == "PROPN":
            _hang_name(token)
            free_holder(token)
        elif token.dep_ == "pobj" and token.pos_ == "PROPN":
            part_seat(token)
        elif token.dep_ == "npadvmod" and token.pos_ == "PROPN" and token.lower_ not in DAYS:
            _hang_holder(token)
        elif token.dep_ in ("nsubj", "npadvmod") and token.lower_ in DAYS:
            put_day(token)
        elif token.tag_ == "VBG" and token.is_sent_start and token.dep_ in ("advcl", "csubj"):
            mark_visitor(token)
        elif token.tag_ == "VBG" and token.lower_ in MARKING:
            mark_members(token)
        elif token.dep_ == "parataxis" and token.tag_ in ("VBD", "VBZ"):
            set_speaker(token)
        elif token.dep_ == "dobj" and token.ent_type_ == "PERSON":
            seat_second(token)
        elif token.tag_ == "WP$" and token.dep_ == "poss":
            _turn_whose(token.head)
        elif token.dep_ == "conj" and token.tag_ in ("VBD", "VBZ"):
            _join_finite(token)
        elif token.dep_ == "agent":
            _give_back(token)
        elif token.i and token.lower_.endswith("ing") and token.nbor(-1).lemma_ in OWNING_UP:
            _own_up(token)
        elif token.dep_ in ("nmod", "compound") and token.ent_type_ and _counted(token.head).dep_ == "dobj":
            _hand_over(token)
        elif token.dep_ in ("nmod", "compound") and token.lemma_ in BODIES | FORCES:
            _give_body(token)
            _part_bodies(token)
        elif token.dep_ == "prep" and token.lower_ == "against":
            _hang_charge(token)
        elif token.dep_ == "oprd" and token.lower_ == "suspect":
            _name_suspect(token)
    return doc


def _owner(noun: Token) -> Token | None:
    """The noun before the apostrophe, if the noun has such an owner."""
    return next(
        (c for c in noun.children if c.dep_ == "poss" and any(k.dep_ == "case" for k in c.children)), None
    )


def _raise_verb(verb: Token) -> None:
    """Make a past tense between subject and name the verb of its sentence."""
    name = verb.head
    near = (*verb.children, *name.children)
    subject = next(
        (c for c in near if c.dep_ in ("nsubj", "nmod") and c.i < verb.i and c.pos_ in NOUNS), None
    )
    if subject is None or name.dep_ != "ROOT" or name.i < verb.i or name.pos_ not in NOUNS:
        return
    moved = [c for c in name.children if c.i < verb.i or c.dep_ in ("prep", "punct", "advcl", "conj", "cc")]
    verb.head, verb.dep_ = verb, "ROOT"
    subject.dep_ = "nsubj"
    name.head, name.dep_ = verb, "dobj"
    for child in moved:
        child.head = verb


def _free_gerund(verb: Token) -> None:
    """Make a verb of what marks its object: "charged with leaking files", "for having beaten guards"."""
    noun, before = verb.head, verb.nbor(-1) if verb.i else verb
    bare = noun.i > verb.i and not any(c.dep_ == "det" or c.i < verb.i for c in noun.children if c != before)
    if verb.tag_ == "VBG" and bare and noun.dep_ == "pobj" and noun.head == before and noun.tag_ == "NNS":
        if before.head.lemma_ in BLAMING and before.lower_ in ("with", "of", "for"):
            verb.head, verb.dep_ = before, "pcomp"
            noun.head, noun.dep_ = verb, "dobj"
    elif verb.tag_ == "VBN" and before.lower_ == "having" and noun.dep_ == "dobj" and noun.head == before:
        verb.head, verb.dep_ = before.head, before.dep_
        before.head, before.dep_ = verb, "aux"
        noun.head, noun.dep_ = verb, "dobj"
        for child in [c for c in before.children if c.i > verb.i]:
            child.head = verb


def _own_up(deed: Token) -> None:
    """Make a verb of a deed that is denied or given up: "denied bombing Homs", "ceased shelling Chile"."""
    above = deed.nbor(-1)
    if deed.dep_ in ("compound", "amod") and deed.head.head == above and deed.head.dep_ == "dobj":
        name = deed.head
    elif deed.dep_ == "dobj" and deed.head == above and deed.i + 1 < len(deed.doc):
        name = next((c for c in deed.children if c.dep_ == "appos" and c.left_edge.i == deed.i + 1), deed)
    else:
        return
    stem = _verb_of(deed.lower_)
    if stem is None or name == deed or not name.text[0].isupper():
        return
    deed.head, deed.dep_ = above, "xcomp"
    deed.tag_, deed.pos_, deed.lemma_ = "VBG", "VERB", stem
    name.head, name.dep_ = deed, "dobj"


def _verb_of(gerund: str) -> str | None:
    """The known verb that a word in -ing is of: "bombing", "arming", "stabbing"."""
    stem = gerund.removesuffix("ing")
    forms = (stem, f"{stem}e", stem[:-1] if len(stem) > 2 and stem[-1] == stem[-2] else stem)
    return next((form for form in forms if form in _verbs()), None)


@lru_cache(maxsize=1)
def _verbs() -> frozenset[str]:
    return frozenset(str(frame[0]) for frame in load().verbs)


def _hand_over(name: Token) -> None:
    """Give the verb its receiver: "handed the Orion Front two pilots", "granted Jan Brandt asylum"."""
    thing = _counted(name.head)
    verb, first = thing.head, name.left_edge.i
    while name.doc[first - 1].head == name.head and name.doc[first - 1].dep_ == "compound":
        first -= 1
    between = name.doc[name.i + 1 : thing.i]
    if verb.lemma_ not in GIVING or thing.pos_ != "NOUN" or thing.i < name.i or name.pos_ != "PROPN":
        return
    counted = any(t.tag_ in ("CD", "DT") for t in between) and all(t.tag_ in GIFTS for t in between)
    bare = thing.i == name.i + 1 and name.ent_type_ == "PERSON"
    opening = [t for t in name.doc[verb.i + 1 : first] if t.tag_ != "DT"]
    if (counted or bare) and not opening:
        for child in [c for w in (thing, name.head) for c in w.children if c.i < name.i]:
            child.head = name
        name.head, name.dep_ = verb, "dative"


def _counted(word: Token) -> Token:
    """The noun behind a number, "dollars" in "two million dollars"; else the word itself."""
    return word.head if word.tag_ == "CD" and word.dep_ in ("nummod", "compound") else word


def _name_deed(deed: Token) -> None:
    """Make a noun of the deed behind whoever did it: "the Taliban shelling of Kabul went on"."""
    name = deed.head
    behind = any(c.lower_ == "of" and c.i == deed.i + 1 for c in deed.children)
    if not behind or deed.i != name.i + 1 or name.pos_ != "PROPN" or name.head == name:
        return
    deed.head, deed.dep_ = name.head, name.dep_
    deed.tag_, deed.pos_, deed.lemma_ = "NN", "NOUN", deed.lower_
    for child in [c for c in name.children if c.dep_ == "det" or c.i > deed.i]:
        child.head = deed
    name.head, name.dep_ = deed, "compound"


def _give_body(body: Token) -> None:
    """Give the verb its receiver: "gave the Kenyan police information about X"."""
    gift = body.head
    first = gift.left_edge
    told = gift.dep_ == "dobj" and gift.head.lemma_ in HANDING and gift.lemma_ in KNOWLEDGE
    if told and body.i == gift.i - 1 and first.dep_ in ("det", "poss") and first.head == gift:
        for child in [c for c in gift.children if c.i < body.i]:
            child.head = body
        body.head, body.dep_ = gift.head, "dative"


def _hang_charge(prep: Token) -> None:
    """Hang "against" on the charges that somebody brings: "filed charges of bombing a hotel against X"."""
    charge = prep.head
    for _ in range(4):
        if charge.lemma_ == "charge" or charge.dep_ == "ROOT":
            break
        charge = charge.head
    brought = charge.dep_ in ("dobj", "nsubjpass") and charge.head.lemma_ in PRESSING
    if charge.lemma_ == "charge" and brought and charge.pos_ == "NOUN":
        prep.head = charge


def _name_suspect(suspect: Token) -> None:
    """Make a noun of the suspect: "has been named as a war crimes suspect by the court"."""
    crime, verb = suspect.nbor(-1), suspect.head
    if crime.dep_ not in ("pobj", "dobj", "attr") or crime.pos_ != "NOUN" or not verb.is_ancestor(crime):
        return
    suspect.head, suspect.dep_ = crime.head, crime.dep_
    suspect.tag_, suspect.pos_ = "NN", "NOUN"
    for child in [c for c in crime.children if c.dep_ == "det"]:
        child.head = suspect
    for prep in [c for c in suspect.children if c.lower_ == "by" and c.i == suspect.i + 1]:
        prep.head, prep.dep_ = verb, "agent"
    crime.head, crime.dep_ = suspect, "compound"


def _turn_whose(noun: Token) -> None:
    """Make the name in "whose envoys Norway expelled" the subject, and what is owned the object."""
    name = next((c for c in noun.children if c.dep_ == "appos" and c.left_edge.i == noun.i + 1), None)
    verb = noun.head
    if (
        name is not None
        and noun.dep_ == "nsubj"
        and verb.tag_ in ("VBD", "VBZ", "VBN")
        and name.pos_ == "PROPN"
    ):
        name.head, name.dep_, noun.dep_ = verb, "nsubj", "dobj"


def _join_owned(noun: Token) -> None:
    """Join "Oslo's fear" to "Cairo's aid" instead of "Khartoum"."""
    inner, prep = noun.head, noun.head.head
    outer = prep.head
    if _owner(noun) is None or _owner(inner) is not None or inner.dep_ != "pobj":
        return
    if prep.dep_ == "prep" and outer.pos_ == "NOUN" and _owner(outer) is not None:
        for link in [c for c in inner.children if c.dep_ == "cc" and c.i < noun.i]:
            link.head = outer
        noun.head = outer


def _open_clause(noun: Token) -> None:
    """Make "Peru" the subject in "cut ties with Chad and Peru expelled the envoy"."""
    doc, first = noun.doc, noun.left_edge.i
    link = doc[first - 1] if first else noun
    if link.dep_ != "cc" or link.lower_ not in ("and", "but", "while") or link.head != noun.head:
        return
    after = noun.i + 1
    if doc[after : after + 1].text in ASIDES and doc[after + 1 : after + 2].text in ("which", "who", "whose"):
        after = next((i + 1 for i in range(after + 2, noun.sent.end - 1) if doc[i].text in ASIDES), after)
    while after < len(doc) and doc[after].tag_ == "RB":
        after += 1
    helper = after
    while after < len(doc) and doc[after].dep_ == "aux":
        after += 1
    verb = doc[after] if after < len(doc) else noun
    told = verb.tag_ in ("VBD", "VBZ") or (helper < after and doc[helper].tag_ in ("VBD", "VBZ", "VBP", "MD"))
    if (
        not told
        or verb.pos_ != "VERB"
        or verb.dep_ not in ("conj", "advcl")
        or not verb.head.is_ancestor(noun)
    ):
        return
    if any(c.dep_ in ("nsubj", "nsubjpass", "agent", "mark", "auxpass") for c in verb.children):
        return
    if any(c.dep_ in ("dobj", "prep", "ccomp", "xcomp") and c.i > verb.i for c in verb.children):
        for clause in [c for c in noun.head.children if c.dep_ == "relcl" and noun.i < c.i < verb.i]:
            clause.head = noun
        link.head, verb.dep_ = verb.head, "conj"
        noun.head, noun.dep_ = verb, "nsubj"


def _hang_apposition(noun: Token) -> None:
    """Hang "a country" on the state and "a militia" on the body right before its comma."""
    first = noun.left_edge
    body = noun.lemma_ in BODIES | ENTITIES
    if (
        first.i < 2
        or first.nbor(-1).text != ","
        or (noun.head.ent_type_ and not (body and noun.head.ent_type_ == "PERSON"))
    ):
        return
    name = _past_brackets(first.nbor(-2))
    fits = (noun.lemma_ in COUNTRIES and name.ent_type_ == "GPE") or (
        body and name.ent_type_ in ("ORG", "NORP", "PERSON", "FAC")
    )
    while name.head.i == name.i + 1 and name.dep_ == "compound":
        name = name.head
    if fits and name.pos_ == "PROPN" and name != noun.head and not name.is_ancestor(noun):
        noun.head = name


def _past_brackets(token: Token) -> Token:
    """The last word of the name before its short form: "Impunity (CICIG)"."""
    if token.text == ")" and token.i > 3:
        opened = next((i for i in range(token.i - 1, token.i - 4, -1) if token.doc[i].text == "("), 0)
        return token.doc[opened - 1] if opened else token
    return token


def _give_back(prep: Token) -> None:
    """Hang "by" on the object of an active verb: "has documented crimes by Syrian forces"."""
    verb = prep.head
    things = [c for c in verb.children if c.dep_ == "dobj" and verb.i < c.i < prep.i]
    if things and acts(verb):
        prep.head, prep.dep_ = things[-1], "prep"


def _hang_name(name: Token) -> None:
    """Hang the name in "the police and militant group X" on the group, not on the police."""
    first = name.left_edge.i
    body = name.doc[first - 1] if first else name
    if body.dep_ == "conj" and body.head == name.head and body.lemma_ in BODIES and body.pos_ == "NOUN":
        name.head = body


def _hang_holder(name: Token) -> None:
    """Hang the name in "praised the envoy, Karin Dahl" and "the envoy to Oslo, Karin Dahl" on the office."""
    first = name.left_edge.i
    if first < 2 or name.doc[first - 1].text != "," or name.ent_type_ != "PERSON":
        return
    noun = name.doc[first - 2]
    if noun.dep_ == "pobj" and noun.pos_ == "PROPN" and noun.head.i > noun.i - 4:
        noun = noun.head.head
    if noun.pos_ == "NOUN" and noun.lemma_ in words().titles and not name.is_ancestor(noun):
        name.head, name.dep_ = noun, "appos"


def _join_finite(verb: Token) -> None:
    """Join a finite verb to the finite one above, where the parser joined it to an infinitive or gerund."""
    if any(c.dep_ in ("nsubj", "nsubjpass", "csubj", "expl", "mark") for c in verb.children):
        return
    inner = verb.head
    while inner.dep_ == "conj" and inner.pos_ == "VERB":
        inner = inner.head
    if not (_nonfinite(inner, verb) or _quoted(inner, verb)):
        return
    for outer in inner.ancestors:
        if outer.pos_ == "VERB" and finite(outer):
            for link in [c for c in verb.head.children if c.dep_ == "cc" and inner.i < c.i < verb.i]:
                link.head = outer
            verb.head = outer
            return
        if outer.dep_ == "relcl" or (outer.pos_ == "AUX" and outer.dep_ not in ("aux", "auxpass")):
            return


def _nonfinite(inner: Token, verb: Token) -> bool:
    """Whether the two can't be of one list: "to open … and urged", "having stood by … and called on"."""
    if (_modal(inner) and verb.lower_ != verb.lemma_) or _present(inner, verb):
        return True
    if inner.pos_ != "VERB" or inner.text == verb.text:
        return False
    helped = {c.lower_ for c in inner.children if c.dep_ in ("aux", "auxpass")}
    if inner.tag_ == "VB" and inner.dep_ in ("xcomp", "ccomp", "acl", "advcl", "relcl"):
        return "to" in helped
    if inner.tag_ == "VBG" and inner.dep_ in ("pcomp", "acl", "xcomp", "advcl"):
        return not helped & {"is", "are", "was", "were", "be", "been"}
    if inner.tag_ == "VBN" and inner.dep_ == "pcomp":
        return "having" in helped and "been" not in helped and verb.lemma_ in SPOKEN
    return verb.lemma_ in SPOKEN and _flashback(inner, helped)


def _present(inner: Token, verb: Token) -> bool:
    """Whether a past tense follows what was asked or said: "asked that X leave and warned Y"."""
    above = inner.head
    if inner.dep_ != "ccomp" or verb.tag_ != "VBD" or above.i > inner.i or above.tag_ != "VBD":
        return False
    helpers = [c for c in inner.children if c.dep_ in ("aux", "auxpass")]
    first = helpers[0] if helpers else inner
    if first.tag_ == "VB":
        return any(c.dep_ in SUBJECTS and c.i < inner.i for c in inner.children)
    return first.tag_ in ("VBP", "VBZ") and verb.lemma_ in SPOKEN


def _quoted(inner: Token, verb: Token) -> bool:
    """Whether a quotation holds the one and ends before the other: "said \"it is a crime\" and urged"."""
    doc, above = inner.doc, inner.head
    if inner.dep_ != "ccomp" or above.i > inner.i:
        return False
    opened = sum(doc[i].text in QUOTES for i in range(above.i + 1, inner.i))
    closed = sum(doc[i].text in QUOTES for i in range(inner.i + 1, verb.i))
    return opened % 2 == 1 and closed == 1


def _part_bodies(body: Token) -> None:
    """Join the body named last to the one before "and": "the Congolese army and rebel group X accuse"."""
    whole = body.head
    link = next((c for c in body.children if c.dep_ == "cc" and body.i < c.i < whole.i), None)
    if (
        link is None
        or link.lower_ != "and"
        or whole.lemma_ not in BODIES
        or whole.dep_ not in ("nsubj", "nsubjpass", "dobj", "pobj")
        or not any(c.dep_ == "appos" and c.pos_ == "PROPN" and c.i == whole.i + 1 for c in whole.children)
    ):
        return
    first = [c for c in whole.children if c.i < body.i]
    for mark in [c for c in body.children if c.dep_ == "conj" and c.i < whole.i]:
        mark.head, mark.dep_ = whole, "compound"
    body.head, body.dep_ = whole.head, whole.dep_
    for child in first:
        child.head = body
    whole.head, whole.dep_ = body, "conj"


def _modal(inner: Token) -> bool:
    """Whether a clause said or thought stands under a modal: "said it must be free, and urged X"."""
    return inner.dep_ == "ccomp" and any(c.dep_ == "aux" and c.tag_ == "MD" for c in inner.children)


def _flashback(inner: Token, helped: set[str]) -> bool:
    """Whether a relative clause tells what had been before: "closed a road that X had used and told Y"."""
    thing = inner.head
    earlier = inner.dep_ == "relcl" and inner.tag_ == "VBN" and "had" in helped
    subject = any(c.dep_ == "nsubj" and c.tag_ not in ("WP", "WDT") for c in inner.children)
    return earlier and subject and thing.dep_ == "dobj" and thing.head.tag_ == "VBD"
