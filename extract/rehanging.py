"""Clauses, days and subjects that the parser hung on the wrong word, hung again by number, tense and place.

"Chad has, officials said, agreed to"           a subject hung on an auxiliary
"On Friday soldiers of Chad left"               a day taken for a part of the subject
"Missiles fired by Chad killed X"               the second verb is the sentence's own
"Chad and Peru, which have", "which has"        both are meant, or the last
"denounced as a crime the arrest of X"          an object behind what it is called
"laid the blame for the raid on Chad"           Chad is blamed
"rejected a proposal by Chad"                   Chad's proposal, and no agent
"vowed on Sunday to free X"                     a promise, no purpose
"X shelled a town, Y charged on Monday"         who tells it, no company
"told X that together with Peru they left"      what opens a clause behind "that" is that clause's
"was held, then freed by Chad"                  a participle joined to nothing, joined to the first
"nurses held hostage by X left"                 a mark of the subject, not the sentence's verb
"near the wall dividing Chad from Peru"         a state that tells of the noun before it
"an envoy held by Chad was freed"               a reduced clause, no subject
"in defence of fleeing villagers"               a mark of the villagers, no deed
"dismissed as false Chad's charges"             what is dismissed
"beat fans of the Front, led by X"              X leads the Front
"Chad left; Peru denied it"                     two sentences, neither says the other
"replaced Moses Kiptoo with"                    one name, no adverb
"""

from __future__ import annotations

from spacy.tokens import Token

from extract.lexicon import words
from extract.openings import SUBJECTS
from extract.scene import has
from extract.seating import make_subject
from extract.when import DAYS

NAMED = frozenset({"GPE", "NORP", "ORG", "PERSON"})
WHO = frozenset({"which", "who"})
BESET = frozenset({"fleeing", "protesting", "retreating", "starving", "surviving", "warring"})
DISMISSING = frozenset({"brand", "condemn", "denounce", "describe", "dismiss", "reject"})
BINDING = frozenset({"agree", "decline", "offer", "pledge", "promise", "refuse", "swear", "threaten", "vow"})
CHARGING = frozenset({"allege", "charge", "complain", "protest", "report", "say"})
CAPTIVES = frozenset({"captive", "hostage", "hostages", "prisoner"})
HOLDING = frozenset({"hold", "keep", "take"})
OPENING = frozenset({"advmod", "npadvmod", "prep", "punct"})
STATES = frozenset({"bordering", "connecting", "dividing", "linking", "overlooking", "separating"})
LEADING = frozenset({"chair", "command", "found", "head", "lead", "run"})
LINKS = ("ADP", "CCONJ", "SCONJ", "VERB", "AUX")
BLAME = frozenset({"blame", "responsibility", "fault"})
LAYING = frozenset({"cast", "heap", "lay", "pin", "place", "put"})
UNREDUCED = frozenset({"aux", "auxpass", "cc", "dobj", "mark"})  # none of them stands in a reduced clause


def rehang(token: Token) -> None:
    """Hang what the word brings, or the word itself, where its form says that it belongs."""
    if token.dep_ in SUBJECTS and token.head.dep_ in ("aux", "auxpass"):
        token.head = token.head.head
    elif token.dep_ in ("advmod", "npadvmod") and token.tag_ == "NNP":
        _join_name(token)
    elif token.dep_ == "ccomp" and token.i < token.head.i:
        _part_clauses(token)
    elif token.dep_ == "relcl":
        _agree(token)
    elif token.dep_ == "compound" and token.i and token.lower_ in DAYS:
        _part_day(token)
    elif token.dep_ == "agent":
        _reduce(token)
    elif token.dep_ == "prep" and token.lower_ == "by":
        _own(token)
    elif token.dep_ == "prep" and token.lower_ == "as" and token.head.i == token.i - 1:
        _free_object(token)
    elif token.dep_ == "prep" and token.lower_ == "on":
        _lay(token)
    elif token.dep_ == "advcl" and token.tag_ == "VB":
        _bind(token)
    elif token.dep_ == "advcl" and token.tag_ == "VBN" and token.lemma_ in CHARGING:
        _raise_speaker(token)
    elif token.dep_ == "advcl" and token.tag_ == "VBN" and token.lemma_ in LEADING:
        _lead(token)
    elif token.lower_ == "that" and token.dep_ in ("mark", "dobj") and token.tag_ == "IN":
        _open(token)
    elif token.dep_ == "dep" and token.tag_ in ("VBD", "VBN"):
        _join(token)
    elif token.dep_ == "advcl" and token.lower_ in STATES:
        _describe(token)
    elif token.dep_ in ("csubj", "csubjpass") and token.tag_ in ("VBD", "VBN"):
        _demote(token)
    elif token.tag_ == "VBG" and token.lower_ in BESET:
        _mark(token)
    elif token.dep_ == "pobj" and token.head.lower_ == "as" and token.head.head.lemma_ in DISMISSING:
        _give_object(token)
    elif token.lower_ in CAPTIVES and token.dep_ in ("dobj", "oprd", "appos"):
        _hold(token)


def _join_name(last: Token) -> None:
    """Make one name of two words: "replaced Moses Kiptoo with"."""
    first = last.doc[max(last.i - 1, 0)]
    objects = first.dep_ in ("dobj", "pobj") and first.tag_ == "NNP" and first.i < last.i
    above = first.head if first.dep_ == "dobj" else first.head.head
    if objects and last.head in (above, first) and last.ent_type_ in ("", "PERSON", first.ent_type_):
        last.head, last.dep_ = first.head, first.dep_
        first.head, first.dep_ = last, "compound"
        for child in [c for c in first.children if c.i < first.i]:
            child.head = last


def _part_clauses(verb: Token) -> None:
    """Make what stands before a semicolon its own: "Chile expelled X; Peru denied spying"."""
    doc, above = verb.doc, verb.head
    if any(doc[i].text == ";" and doc[i].head == above for i in range(verb.i, above.i)):
        verb.head, verb.dep_ = verb, "ROOT"


def _lead(verb: Token) -> None:
    """Hang "led by" on the body right before its comma: "police beat supporters of the Front, led by X"."""
    name = verb.doc[max(verb.i - 2, 0)]
    beside = verb.i > 2 and verb.nbor(-1).text == "," and name.ent_type_ in ("ORG", "NORP")
    if beside and name.i > verb.head.i and has(verb, "agent") and not has(verb, "aux", "mark", "nsubj"):
        verb.head, verb.dep_ = name, "acl"


def _demote(verb: Token) -> None:
    """Make a reduced clause of what the parser took for a subject: "an envoy held hostage by X was freed"."""
    noun = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), None)
    by = next((t for t in verb.subtree if t.lower_ == "by" and t.i > verb.i), None)
    if (
        noun is not None
        and by is not None
        and noun.right_edge.i == verb.i - 1
        and not has(verb, "aux", "mark")
    ):
        noun.head, noun.dep_ = verb.head, "nsubjpass" if verb.dep_ == "csubjpass" else "nsubj"
        verb.head, verb.dep_, verb.tag_ = noun, "acl", "VBN"
        by.head, by.dep_ = verb, "agent"


def _mark(word: Token) -> None:
    """Make a mark of what is nobody's deed: "fed starving villagers"."""
    noun = next((c for c in word.children if c.dep_ == "dobj" and c.left_edge.i == word.i + 1), None)
    if noun is None or noun.tag_ != "NNS" or has(word, "aux", "mark", "nsubj") or word.head == word:
        return
    behind = word.head.pos_ == "ADP"
    noun.head, noun.dep_ = word.head, "pobj" if behind else "dobj"
    word.head, word.dep_ = noun, "amod"


def _give_object(noun: Token) -> None:
    """Give the verb what it dismisses: "rejected as baseless Chad's charges"."""
    prep, verb = noun.head, noun.head.head
    opening = prep.doc[min(prep.i + 1, len(prep.doc) - 1)]
    if opening.tag_ == "JJ" and opening.head == noun and not has(verb, "dobj") and verb.i < prep.i:
        noun.head, noun.dep_ = verb, "dobj"
        opening.head, opening.dep_ = prep, "amod"


def _bind(deed: Token) -> None:
    """Make an infinitive what is promised or refused: "vowed on Sunday to free X"."""
    verb = deed.head
    bound = verb.lemma_ in BINDING and verb.i < deed.i and deed.nbor(-1).tag_ == "TO"
    if bound and not has(verb, "dobj", "ccomp", "xcomp", "dative"):
        deed.dep_ = "xcomp"


def _behind_comma(noun: Token) -> bool:
    """Whether a comma stands right before the noun's phrase."""
    first = noun.left_edge.i
    return first > 0 and noun.doc[first - 1].text == ","


def _raise_speaker(verb: Token) -> None:
    """Make who tells it the subject above: "the army shot villagers, Orion charged on Monday"."""
    told = verb.head
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), None)
    if subject is None or told.dep_ != "ROOT" or told.i > subject.i or not has(told, "nsubj"):
        return
    bare = not has(verb, "aux", "auxpass", "mark", "agent")
    bare = bare and not any(c.lower_ in ("with", "of") for c in verb.children)
    if bare and subject.pos_ in ("NOUN", "PROPN") and _behind_comma(subject):
        verb.head, verb.dep_, verb.tag_ = verb, "ROOT", "VBD"
        told.head, told.dep_ = verb, "ccomp"


def _open(that: Token) -> None:
    """Give the clause behind "that" what opens it: "told X that together with Peru they had left"."""
    verb = that.head
    if that.dep_ == "dobj":
        behind = (c for c in verb.children if c.dep_ == "ccomp" and c.i > that.i)
        clause = next(behind, None)
    else:
        clause, verb = verb, verb.head
    if clause is None or clause == verb or clause.dep_ != "ccomp" or verb.i > that.i:
        return
    if that.dep_ == "dobj" and not any(c.dep_ in SUBJECTS and c.i > that.i for c in clause.children):
        return
    for child in [c for c in verb.children if that.i < c.i < clause.i and c.dep_ in OPENING]:
        child.head = clause
    that.head, that.dep_ = clause, "mark"


def _join(later: Token) -> None:
    """Join a loose participle to the passive before it: "was arrested, then released on Friday by police"."""
    first, before = later.head, later.nbor(-1) if later.i else later
    passive = any(c.dep_ == "auxpass" for c in first.children)
    opened = before.lower_ in ("then", "later", "and", "but", ",")
    if passive and opened and first.i < later.i and any(c.dep_ == "agent" for c in later.children):
        later.dep_ = "conj"


def _describe(verb: Token) -> None:
    """Hang what a border or road does on its noun: "lived near the wall separating Chad from Peru"."""
    noun = verb.nbor(-1) if verb.i else verb
    if noun.dep_ == "pobj" and noun.pos_ in ("NOUN", "PROPN") and verb.head.is_ancestor(noun):
        verb.head, verb.dep_ = noun, "acl"


def _hold(captive: Token) -> None:
    """Make a mark of what the parser took for the sentence's verb: "nurses held hostage by X left"."""
    verb = next((c for c in captive.children if c.dep_ == "amod" and c.lemma_ in HOLDING), captive.head)
    if verb.tag_ not in ("VBN", "VBD") or verb.lemma_ not in HOLDING or captive.i != verb.i + 1:
        return
    agents = [c for t in (captive, verb) for c in t.children if c.lower_ == "by" and c.i > captive.i]
    if not agents or has(verb, "aux"):
        return
    if captive.dep_ == "appos":
        verb.head, verb.dep_ = captive.head, "acl"
        captive.head, captive.dep_ = verb, "oprd"
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), None)
    agents[0].head, agents[0].dep_ = verb, "agent"
    if subject is None or has(verb, "auxpass"):
        return
    later = [c for c in verb.children if c.dep_ in ("conj", "advcl") and c.i > agents[0].i]
    if not later or has(later[0], "nsubj", "nsubjpass", "mark"):
        return
    main = later[0]
    main.head, main.dep_ = (main if verb.head == verb else verb.head), verb.dep_
    make_subject(subject, main)
    verb.head, verb.dep_ = subject, "acl"
    for child in [c for c in verb.children if c.dep_ == "punct" and c.i > main.i]:
        child.head = main


def _part_day(day: Token) -> None:
    """Give "on" its day and the verb its subject: "On Friday soldiers of Chad left"."""
    on, noun = day.nbor(-1), day.head
    verb = on.head
    if on.lower_ != "on" or on.dep_ != "prep" or noun.i < day.i:
        return
    if noun.dep_ == "pobj" and noun.head == on and verb.i > noun.i and verb.pos_ == "VERB":
        if any(c.dep_ in SUBJECTS or c.dep_ in ("csubj", "expl") for c in verb.children):
            return
        make_subject(noun, verb)
    if noun.dep_ in SUBJECTS and noun.head != on:
        day.head, day.dep_ = on, "pobj"


def _reduce(agent: Token) -> None:
    """Make the second verb that of "Missiles fired by a drone killed X", the first a mark of the subject."""
    verb = agent.head
    later = next((c for c in verb.children if c.dep_ == "conj" and c.tag_ in ("VBD", "VBZ")), verb)
    subject = next((c for c in verb.children if c.dep_ == "nsubj" and c.i < verb.i), verb)
    joined = [c.dep_ for c in verb.children if c.i < later.i]
    if verb in (later, subject) or not UNREDUCED.isdisjoint(joined) or later.i < agent.i:
        return
    if any(c.dep_ in SUBJECTS or c.dep_ == "mark" for c in later.children):
        return
    later.head, later.dep_ = (later if verb.head == verb else verb.head), verb.dep_
    subject.head = later
    verb.head, verb.dep_ = subject, "acl"


def _agree(clause: Token) -> None:
    """Hang "which have" on both names of a list and "which has" on the last, whatever the parser took."""
    name = clause.head
    who = next((c for c in clause.children if c.dep_ in SUBJECTS and c.lower_ in WHO), None)
    if who is None or name.ent_type_ not in NAMED:
        return
    told = (c for c in (*clause.children, clause) if c.tag_ in ("VBZ", "VBP") or c.lower_ in ("was", "were"))
    said = next(told, clause)
    if said.tag_ == "VBP" or said.lower_ == "were":
        while name.dep_ == "conj" and name.tag_ == "NNP" and name.head.ent_type_ in NAMED:
            name = name.head
    elif said.tag_ == "VBZ" or said.lower_ == "was":
        while later := _joined_before(name, who):
            name = later[-1]
    aside = who.lower_ == "who" and who.doc[max(who.i - 1, 0)].text == ","
    clause.head = _bearer(name) if aside else name


def _bearer(name: Token) -> Token:
    """Who holds an office at the place or body named, for "who": "a former mayor of Brno, who heads"."""
    title = name.head.head
    held = name.dep_ == "pobj" and name.head.lower_ == "of" and title.dep_ in ("appos", "conj")
    return title if held and title.tag_ == "NN" and title.lemma_.lower() in words().titles else name


def _joined_before(name: Token, who: Token) -> list[Token]:
    """The names joined to this one before the relative pronoun."""
    return [c for c in name.children if c.dep_ == "conj" and c.i < who.i and c.ent_type_ in NAMED]


def _free_object(called: Token) -> None:
    """Make an object of what is called names: "denounced as \"theft\" the sale of the bank"."""
    verb = called.head
    if verb.pos_ != "VERB" or has(verb, "dobj", "auxpass", "nsubjpass", "agent"):
        return
    for noun in called.subtree:
        opening = next((c for c in noun.children if c.tag_ in ("DT", "PRP$") or c.dep_ == "poss"), None)
        if (
            noun.pos_ not in ("NOUN", "PROPN")
            or noun.dep_ not in ("pobj", "appos", "dobj")
            or opening is None
        ):
            continue
        first = opening.left_edge.i
        if first < called.i + 2 or noun.doc[first - 1].text == "," or noun.doc[first - 1].pos_ in LINKS:
            continue
        for child in [c for c in noun.children if c.i < first]:
            child.head = called
        noun.head, noun.dep_ = verb, "dobj"
        return


def _lay(prep: Token) -> None:
    """Give "on" to the verb in "laid the blame for the defeat on Chad"."""
    cause = prep.head.head
    verb = cause.head.head if cause.head.dep_ == "dobj" else cause.head
    laid = cause.lower_ == "for" and verb.lemma_ in LAYING and verb.i < cause.i
    blamed = any(c.dep_ == "dobj" and c.lemma_ in BLAME for c in verb.children) if laid else False
    if blamed and not any(c.lower_ == "on" for c in verb.children):
        prep.head = verb


def _own(prep: Token) -> None:
    """Hang "by" on the object right before it where somebody named follows: "rejected a proposal by Chad"."""
    verb, before = prep.head, prep.doc[max(prep.i - 1, 0)]
    things = [c for c in verb.children if c.dep_ == "dobj" and c.right_edge == before]
    brought = (t for c in prep.children if c.dep_ == "pobj" for t in c.subtree)
    if not things or not any(t.ent_type_ in NAMED for t in brought):
        return
    if acts(verb):
        prep.head = things[0]


def acts(verb: Token) -> bool:
    """Whether the verb is active, in a tense, and has its subject."""
    helped = [c for c in verb.children if c.dep_ in ("aux", "auxpass")]
    finite = verb.tag_ in ("VBD", "VBZ", "VBP") or any(c.lemma_ == "have" for c in helped)
    passive = any(c.dep_ == "auxpass" or c.lemma_ == "be" for c in helped)
    return finite and not passive and has(verb, "nsubj")
