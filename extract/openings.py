"""A noun behind an opening phrase and its comma: the clause's subject, or what the name before it is.

"At a dinner for Jan Brandt, the premier praised Peru"         the premier praised Peru
"According to Jan Brandt, the premier, Peru is at fault"       Jan Brandt is the premier
"""

from __future__ import annotations

from spacy.tokens import Token

from extract.scene import has
from extract.seating import make_subject

SUBJECTS = ("nsubj", "nsubjpass")
HELPERS = ("aux", "auxpass", "neg", "advmod")


def raise_subject(noun: Token) -> None:
    """Make an apposition that no comma closes the subject of the verb right behind it, if that has none."""
    name, after = noun.head, noun.right_edge.i + 1
    if after >= len(noun.doc) or name.dep_ != "pobj":
        return
    behind = noun.doc[after]
    verb = behind.head if behind.dep_ in HELPERS else behind
    finite = behind.tag_ in ("VBD", "VBZ", "VBP", "MD")
    opened = verb.pos_ in ("VERB", "AUX") and verb in name.ancestors and _starts(name, verb)
    if finite and opened and not has(verb, *SUBJECTS):
        make_subject(noun, verb)


def lower_apposition(noun: Token) -> None:
    """Make a subject that commas close off, before the verb's other subject, an apposition to the name."""
    doc, verb, start, end = noun.doc, noun.head, noun.left_edge.i, noun.right_edge.i + 1
    if start < 2 or end >= len(doc) or doc[start - 1].text != "," or doc[end].text != ",":
        return
    name = doc[start - 2]
    rivals = [c for c in verb.children if c.dep_ in SUBJECTS and noun.i < c.i < verb.i]
    if name.ent_type_ == "PERSON" and name.dep_ == "pobj" and rivals and _starts(name, verb):
        noun.head, noun.dep_ = name, "appos"


def _starts(name: Token, verb: Token) -> bool:
    """Whether the name stands in a phrase of the verb's that begins its sentence."""
    top = name
    while top.head not in (verb, top):
        top = top.head
    return top.head == verb and top.left_edge.is_sent_start is True
