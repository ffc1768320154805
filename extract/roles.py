"""Who holds which role where: titles, appositions, appointments, memberships.

"Russian Defense Minister Sergei Shoigu"        (Sergei Shoigu, defense minister of, Russia)
"Chief Prosecutor of the ICC Fatou Bensouda"    (Fatou Bensouda, chief prosecutor of, ICC)
"Saban Hamo, commander of the YPG"              (Saban Hamo, commander of, YPG)
"Merkel was elected leader of the CDU"          (Merkel, leader of, CDU)
"the YPG, the armed wing of the PYD"            (YPG, armed wing of, PYD)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from spacy.tokens import Doc, Token

from extract.actors import words
from extract.claims import Claim
from extract.coreference import Cast
from extract.gazetteer import split, table
from extract.model import Code, Mention

PREPOSITIONS = frozenset({"of", "for", "at", "in", "from", "to", "with", "on", "within"})
OPENERS = frozenset({"a", "an", "the", "its", "their", "his", "her", "one", "then", "who", "is", "was"})
PROFESSIONS = ("ologist", "iatrist", "ician", "woman", "person", "keeper", "holder", "maker")
REACH = 9  # tokens between a comma and the title it opens
HELD = frozenset(
    {"be", "become", "remain", "serve", "work", "act", "resign", "retire", "step", "return", "take"}
)
KIN = frozenset(
    """wife husband son daughter brother sister father mother uncle aunt cousin nephew niece widow widower
    grandson granddaughter grandfather grandmother stepson son-in-law brother-in-law father-in-law half-brother
    girlfriend boyfriend fiancee fiance partner""".split()
)
BODIES = frozenset(
    """member ally supporter rival partner opponent backer group publication newspaper magazine journal outlet
    unit arm organ provider supplier contractor sponsor owner operator militia proxy competitor guarantor
    signatory creditor lender neighbour neighbor customer client""".split()
)
CONTAINS = frozenset({"include", "comprise", "encompass", "unite", "contain", "consist", "compose", "make"})
LISTS = frozenset({"including", "like", "include", "as", "namely"})
CANNOT_HOLD = frozenset({"PLACE"})


@lru_cache(maxsize=1)
def ties() -> dict[str, frozenset[str]]:
    """The verbs and adjectives of state relations."""
    rows = table("titles.toml")["ties"]
    return {name: frozenset(split(text)) for name, text in rows.items()}


def find_roles(doc: Doc, mentions: list[Mention]) -> list[Claim]:
    """Every role that a sentence states, once for each sentence, in the order of the text."""
    cast = Cast(mentions)
    found: dict[tuple[str, str, str, int], Claim] = {}
    for mention in cast.mentions:
        if mention.type in CANNOT_HOLD or mention.kind == "adjective":
            continue
        for claim in _roles_of(doc, mention, cast):
            key = (
                claim.source.name,
                doc[claim.trigger].lemma_,
                claim.target.name,
                doc[claim.trigger].sent.start,
            )
            kin = doc[claim.trigger].lemma_.lower() in KIN and claim.code == "ROLE"
            if claim.source.name != claim.target.name and not kin:
                found.setdefault(key, claim)
    return sorted(found.values(), key=lambda claim: (claim.first, claim.target.first))


def _roles_of(doc: Doc, holder: Mention, cast: Cast) -> Iterator[Claim]:
    named = (
        ("before", _title_before), ("comma", _title_comma_name), ("apposition", _apposition),
        ("listed", _listed), ("rank", _titled_affiliation),
    )  # fmt: skip
    stated = (("statement", _statement), ("contained", _contained))
    for pattern, rule in (*(named if holder.kind == "name" else ()), *stated):
        for claim in rule(doc, holder, cast):
            yield replace(claim, features=(*claim.features, *_features(claim, pattern, doc)))


def _features(claim: Claim, pattern: str, doc: Doc) -> Iterator[str]:
    target = claim.target
    yield f"role {pattern}"
    yield f"role {pattern} {target.type} {target.kind}"
    yield f"role {claim.source.type} {target.type}"
    yield f"role {claim.source.kind} {pattern}"
    yield f"role preposition {claim.relation.rsplit(' ', 1)[-1]} {pattern}"
    yield f"role title {'known' if doc[claim.trigger].lower_ in words().titles else 'other'}"
    gap = abs(target.head - claim.trigger)
    yield f"role {pattern} distance {min(gap, 8) // 2}"


def _is_title(token: Token, holder: Mention) -> bool:
    lemma = token.lemma_.lower()
    if holder.type == "PERSON" and lemma in KIN:
        return True
    if holder.type == "PERSON":
        if token.pos_ == "NOUN" and lemma.endswith(PROFESSIONS) and len(lemma) > 6:
            return True
        return token.lower_ in words().titles or (lemma in words().titles and token.pos_ in ("NOUN", "PROPN"))
    return lemma in words().parts or lemma in BODIES


def _title_before(doc: Doc, holder: Mention, cast: Cast) -> Iterator[Claim]:
    """ "Russian Defense Minister Sergei Shoigu": the noun phrase on the name's left."""
    i = holder.first - 1
    if i < 0 or doc[holder.first].is_sent_start:
        return
    title = i
    if i >= 2 and doc[i - 1].lower_ == "of" and _is_title(doc[i - 2], holder) and cast.at(i) is None:
        title = i - 2
    elif not _is_title(doc[i], holder):
        title = _before_affiliation(doc, i, holder, cast)
        if title < 0:
            return
        yield from _claims(doc, holder, cast, _stretch(doc, title, cast), title)
        return
    yield from _claims(doc, holder, cast, _stretch(doc, title, cast), title, stop=holder.first)


def _before_affiliation(doc: Doc, i: int, holder: Mention, cast: Cast) -> int:
    """The title in "Chief Prosecutor of the ICC Fatou Bensouda", or -1."""
    inner = cast.at(i)
    if inner is None or inner.last != i + 1 or inner.name == holder.name:
        return -1
    j = inner.first - 1
    if j >= 0 and doc[j].lower_ == "the":
        j -= 1
    if j >= 1 and doc[j].lower_ == "of" and _is_title(doc[j - 1], holder):
        return j - 1
    return -1


def _stretch(doc: Doc, title: int, cast: Cast) -> int:
    """Where the noun phrase of a title begins: over modifiers, affiliations and possessives."""
    first = title
    floor = doc[title].sent.start
    own = cast.at(title)
    while first - 1 >= floor and title - first < 12:
        token = doc[first - 1]
        inner = cast.at(first - 1)
        if own is not None and inner is own:
            inner = next((m for m in cast.covering(first - 1) if m is not own), None)
        if inner is not None and token.tag_ == "PRP$":
            first = inner.first
            break
        owned = inner is not None and inner.last < len(doc) and doc[inner.last].text == "'s"
        if inner is not None and inner.kind != "pronoun" and (inner.type != "PERSON" or owned):
            first = max(inner.first, floor)
        elif (
            (
                token.text in ("-", "'s", "'")
                or (token.lower_ in words().modifiers and token.text not in ("of", "and"))
            )
            or (token.pos_ in ("ADJ", "NOUN", "PROPN") and not token.is_space and inner is None)
            or (inner is None and first - 2 > floor and doc[first - 2].text == "-")
            or (token.lower_ == "and" and first >= 2 and _joined_title(doc, first, cast))
        ):
            first -= 1
        else:
            break
    return first


def _joined_title(doc: Doc, first: int, cast: Cast) -> bool:
    before = doc[first - 2]
    return before.lower_ in words().titles or (
        cast.at(first - 2) is not None and doc[first - 2].pos_ == "ADJ"
    )


def _title_comma_name(doc: Doc, holder: Mention, cast: Cast) -> Iterator[Claim]:
    """ "Germany's chancellor, Angela Merkel" and "the commander of the YPG, Saban Hamo"."""
    i = holder.first - 1
    while (
        i > 2
        and doc[i].lower_.rstrip(".") in words().honorifics | words().titles
        and doc[i].text[0].isupper()
    ):
        i -= 1
    if i < 2 or doc[i].text != "," or doc[holder.first].is_sent_start or holder.first >= len(doc):
        return
    after = doc[holder.last].text if holder.last < len(doc) else "."
    if (
        after not in (",", ".", ")", ":", '"')
        and not doc[holder.last].is_space
        and doc[holder.head].dep_ != "appos"
    ):
        return
    if i > 3 and doc[i - 2].lower_ == "of" and _is_title(doc[i - 3], holder) and _free(cast, i - 1, holder):
        yield from _claims(doc, holder, cast, _stretch(doc, i - 3, cast), i - 3, stop=i)
        return
    if _is_title(doc[i - 1], holder) and _free(cast, i - 1, holder):
        yield from _claims(doc, holder, cast, _stretch(doc, i - 1, cast), i - 1, stop=i)
        return
    inner = cast.at(_before_acronym(doc, i) - 1)
    if inner is None or inner.type == "PERSON" or inner.first < 2:
        return
    for j in range(inner.first - 1, max(inner.first - 4, 0), -1):
        if doc[j].lower_ in PREPOSITIONS and _is_title(doc[j - 1], holder):
            yield from _claims(doc, holder, cast, _stretch(doc, j - 1, cast), j - 1, stop=i)
            return
        if doc[j].lower_ != "the":
            return


def _before_acronym(doc: Doc, i: int) -> int:
    """Where "(LNA)" before the token opens, the token itself otherwise."""
    if doc[i - 1].text == ")":
        return next((j for j in range(i - 2, max(i - 6, 0), -1) if doc[j].text == "("), i)
    return i


def _free(cast: Cast, i: int, holder: Mention) -> bool:
    """Whether the token belongs to no other actor; the holder's own nominal is no obstacle."""
    inner = cast.at(i)
    return inner is None or inner.name == holder.name


def _apposition(doc: Doc, holder: Mention, cast: Cast) -> Iterator[Claim]:
    """ "Saban Hamo, commander of the YPG", "Gaddafi (president of Libya)"."""
    i = holder.last
    if i + 1 >= len(doc):
        return
    if doc[i].text == "(":
        close = next((j for j in range(i, min(i + 4, len(doc))) if doc[j].text == ")"), None)
        if close is not None and cast.at(i + 1) is not None:
            i = close + 1
    if i + 1 >= len(doc) or doc[i].text not in (",", "(", "-", "–", "—"):
        return
    if doc[i + 1].like_num and i + 3 < len(doc) and doc[i + 2].text == ",":
        i += 2
    i = _past_label(doc, i)
    title = _opened_title(doc, i + 1, holder, cast)
    if title >= 0:
        yield from _all_titles(doc, holder, cast, title)


def _past_label(doc: Doc, i: int) -> int:
    """Past a party and home in "John Smith, R-Ariz., a member of"."""
    if doc[i + 1].text[:2] in ("R-", "D-", "I-") or (
        doc[i + 1].text in ("R", "D", "I") and i + 2 < len(doc) and doc[i + 2].text == "-"
    ):
        for j in range(i + 2, min(i + 7, len(doc) - 1)):
            if doc[j].text == ",":
                return j
    return i


def _listed(doc: Doc, holder: Mention, cast: Cast) -> Iterator[Claim]:
    """ "three former Boeing employees: A, B and C", "defectors from the party including A and B"."""
    i = holder.first - 1
    floor = max(doc[holder.first].sent.start, i - 40)
    while i > floor and (
        doc[i].text in (",", "and", "or", "the", "both")
        or (cast.at(i) is not None and cast.at(i) is not holder)
    ):
        i -= 1
    if doc[i].text == "as" and i and doc[i - 1].lower_ == "such":
        i -= 1
    if not (doc[i].text == ":" or doc[i].lower_ in LISTS):
        return
    for title in range(i - 1, floor, -1):
        token = doc[title]
        if token.tag_ in ("NNS", "NNPS") and _is_title(token, holder) and _plain(doc, title, i):
            yield from _claims(doc, holder, cast, _stretch(doc, title, cast), title, stop=i)
            return
        if token.text in (".", ";"):
            return


def _plain(doc: Doc, title: int, colon: int) -> bool:
    """Whether nothing but the title's own modifiers stand before the list it opens."""
    return doc[colon].text == ":" or colon - title < 8


def _titled_affiliation(doc: Doc, holder: Mention, cast: Cast) -> Iterator[Claim]:
    """ "Air Force Maj. Angela Billings": an affiliation before a rank or form of address."""
    i = holder.first - 1
    ranked = False
    while i > 0 and doc[i].lower_.rstrip(".") in RANKS | {""}:
        ranked = ranked or doc[i].lower_.rstrip(".") in RANKS
        i -= 1
    if holder.type != "PERSON" or not ranked or i < 0 or doc[i].is_space:
        return
    inner = cast.at(i)
    if inner is not None and inner.type in ("ORG", "STATE", "GROUP") and inner.last == i + 1:
        yield _claim(doc, holder, inner, i + 1, i + 1, "of")


RANKS = frozenset("gen col lt sgt maj adm capt cpl brig cmdr".split())


def _contained(doc: Doc, holder: Mention, cast: Cast) -> Iterator[Claim]:
    """ "The bloc is made up of A, B and C", "the front, which encompasses A": members of a whole."""
    head = doc[holder.head]
    verb = head.head
    if head.dep_ in ("conj",):
        first = next((t for t in head.conjuncts if t.dep_ in ("pobj", "dobj", "nsubj")), head)
        head, verb = first, first.head
    if head.dep_ == "pobj" and verb.lower_ == "of":
        verb = verb.head
    elif head.dep_ != "dobj":
        return
    if verb.lemma_ not in CONTAINS or (
        verb.lemma_ == "make" and not any(c.lower_ == "up" for c in verb.children)
    ):
        return
    whole = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if whole is not None and whole.tag_ in ("WDT", "WP"):
        whole = verb.head if verb.dep_ == "relcl" else None
    target = cast.headed(whole.i) if whole is not None else None
    if target is not None and target.type in ("ORG", "GROUP") and holder.type in ("ORG", "GROUP", "STATE"):
        yield Claim(
            holder,
            target,
            f"{verb.lemma_} member of",
            verb.i,
            verb.i + 1,
            verb.i,
            "ROLE",
            features=("contained",),
        )


def _opened_title(doc: Doc, start: int, holder: Mention, cast: Cast) -> int:
    """The title of the noun phrase that opens at `start`, or -1."""
    i, top = start, min(start + REACH, doc[start - 1].sent.end)
    found = -1
    while i < top:
        token = doc[i]
        inner = cast.at(i)
        if _is_title(token, holder) and (inner is None or inner.type != "PERSON"):
            following = doc[i + 1] if i + 1 < len(doc) else None
            named = following is not None and (cast.at(i + 1) is not None and cast.at(i + 1).type == "PERSON")  # type: ignore[union-attr]
            if not named:
                found = i
        elif found >= 0 and (inner is not None or token.pos_ not in ("NOUN", "ADJ", "PROPN")):
            break
        elif inner is not None and inner.type == "PERSON" and doc[min(inner.last, len(doc) - 1)].text != "'s":
            return -1
        elif not (
            token.pos_ in ("ADJ", "NOUN", "PROPN", "DET", "PRON", "NUM")
            or token.text in ("-", "'s", "'")
            or inner
        ) or (token.pos_ == "PRON" and token.lower_ not in OPENERS):
            break
        i += 1
    if found >= 0 and doc[start].lower_ not in OPENERS and doc[found].tag_ == "NNS":
        return -1
    return found


def _all_titles(doc: Doc, holder: Mention, cast: Cast, title: int) -> Iterator[Claim]:
    """The title and those joined to it: "founder and chairman of"."""
    own = list(_claims(doc, holder, cast, _stretch(doc, title, cast), title))
    yield from own
    for child in doc[title].conjuncts:
        if child.i > title and _is_title(child, holder) and child.i - title < 15 and cast.at(child.i) is None:
            later = list(_claims(doc, holder, cast, _stretch(doc, child.i, cast), child.i))
            yield from later
            if not own and later and later[0].target.first > child.i:
                for claim in later:
                    yield _claim(doc, holder, claim.target, _stretch(doc, title, cast), title, "of")


def _statement(doc: Doc, holder: Mention, cast: Cast) -> Iterator[Claim]:
    """ "X is a member of Y", "X was appointed Y's envoy", "X heads Y", "X, allied with Y"."""
    head = doc[holder.head]
    yield from _led_by(holder, cast, head)
    if head.dep_ == "conj" and head.head.dep_ in ("nsubj", "nsubjpass") and head.conjuncts:
        head = head.conjuncts[0]
    if head.dep_ == "appos" and head.head.dep_ in ("nsubj", "nsubjpass", "dobj"):
        head = head.head
    verbs = [head.head] if head.dep_ in ("nsubj", "nsubjpass") else []
    if head.dep_ == "dobj" and head.head.lemma_ in ties()["becomes"]:
        verbs.append(head.head)
    verbs += [
        child
        for child in head.children
        if child.dep_ in ("relcl", "acl", "amod") and child.i > holder.last - 1
    ]
    for verb in verbs:
        for one in [
            verb,
            *(c for c in verb.conjuncts if c.i > verb.i and not any(x.dep_ == "nsubj" for x in c.children)),
        ]:
            yield from _from_verb(doc, holder, cast, one)


def _from_verb(doc: Doc, holder: Mention, cast: Cast, verb: Token) -> Iterator[Claim]:
    lemma = verb.lemma_.lower()
    negated = any(child.dep_ == "neg" for child in verb.children)
    if lemma in ties()["becomes"] | ties()["serves"] and _given(verb, doc[holder.head]):
        for title in _complements(verb):
            if (_is_title(title, holder) and _free(cast, title.i, holder)) or (
                _is_title(title, holder) and lemma == "be"
            ):
                for claim in _all_titles(doc, holder, cast, title.i):
                    yield _negated(claim) if negated else claim
    if verb.lower_ in ties()["adjectives"] or lemma in ("ally", "affiliate", "align"):
        yield from _tied(doc, holder, cast, verb)
    for child in verb.children:
        if child.dep_ in ("acomp", "oprd", "attr") and child.lower_ in ties()["adjectives"]:
            yield from _tied(doc, holder, cast, child)
    if lemma in ties()["heads"] and verb.tag_ != "VBN" and holder.type == "PERSON" and not negated:
        for child in verb.children:
            target = cast.headed(child.i) if child.dep_ == "dobj" else None
            if target is not None and target.type in ("ORG", "GROUP", "STATE") and target.kind != "pronoun":
                yield Claim(
                    holder, target, f"{lemma}", verb.i, verb.i + 1, verb.i, "ROLE", features=("heads",)
                )


def _led_by(holder: Mention, cast: Cast, head: Token) -> Iterator[Claim]:
    """ "the mission, headed by Anna Kruger": the agent leads what the participle describes."""
    verb = head.head.head
    if (
        head.dep_ != "pobj"
        or head.head.lower_ != "by"
        or holder.type != "PERSON"
        or verb.lemma_ not in ties()["heads"]
    ):
        return
    led = [verb.head] if verb.dep_ == "acl" else [c for c in verb.children if c.dep_ == "nsubjpass"]
    for token in led:
        target = cast.headed(token.i)
        if target is not None and target.type in ("ORG", "GROUP"):
            yield Claim(holder, target, verb.lemma_, verb.i, verb.i + 1, verb.i, "ROLE", features=("heads",))


def _given(verb: Token, head: Token) -> bool:
    """Whether the verb's title goes to this argument: to its object when active ("named X envoy")."""
    active = verb.lemma_.lower() not in HELD and not any(
        c.dep_ in ("nsubjpass", "auxpass") for c in verb.children
    )
    return not (active and head.dep_ == "nsubj" and head.head == verb)


def _negated(claim: Claim) -> Claim:
    return replace(claim, status="negated")


def _complements(verb: Token) -> Iterator[Token]:
    """What a verb makes its subject: attribute, predicate, "as" and "to be" complements."""
    for child in verb.children:
        if child.dep_ in ("attr", "oprd", "dobj", "appos") or (
            child.dep_ == "xcomp" and child.pos_ in ("NOUN", "PROPN")
        ):
            yield child
        elif child.dep_ == "prep" and child.lower_ in ("as", "into"):
            yield from (grand for grand in child.children if grand.dep_ == "pobj")
        elif child.dep_ in ("ccomp", "xcomp") and child.lemma_ in ("be", "become", "serve"):
            yield from _complements(child)


def _tied(doc: Doc, holder: Mention, cast: Cast, word: Token) -> Iterator[Claim]:
    for prep in word.children:
        if prep.dep_ in ("prep", "agent") and prep.lower_ in ("with", "to"):
            for grand in prep.children:
                for target in _joined(cast, grand):
                    yield Claim(
                        holder, target, f"{word.lower_} {prep.lower_}", word.i, prep.i + 1, word.i, "ROLE",
                        symmetric=word.lower_ in ("allied", "aligned", "affiliated"), features=("tie",),
                    )  # fmt: skip


def _joined(cast: Cast, token: Token) -> Iterator[Mention]:
    for one in (token, *token.conjuncts):
        mention = cast.headed(one.i)
        if mention is not None and mention.kind != "adjective":
            yield mention


def _claims(
    doc: Doc, holder: Mention, cast: Cast, first: int, title: int, stop: int | None = None
) -> Iterator[Claim]:
    """The role's targets: affiliations before the title, and after its preposition."""
    right = list(_after(doc, title, holder, cast, stop))
    seen = {holder.name}
    for preposition, target in right:
        if target.name not in seen:
            seen.add(target.name)
            yield _claim(doc, holder, target, first, title, preposition)
    for target in _left(cast, first, title):
        if target.name not in seen and (not right or right[0][0] != "of" or target.kind != "adjective"):
            seen.add(target.name)
            yield _claim(doc, holder, target, first, title, "of")


def _left(cast: Cast, first: int, title: int) -> Iterator[Mention]:
    for mention in cast.inside(first, title + 1):
        outer = next(
            (m for m in cast.covering(mention.first) if m.kind != "nominal" or m.type != "PERSON"), None
        )
        if mention.kind == "nominal" and mention.type == "PERSON":
            continue
        if (mention.type in ("STATE", "ORG", "GROUP", "PERSON") and (outer is None or outer is mention)) or (
            outer is not None and outer.last > title and mention.kind == "adjective"
        ):
            yield mention


def _after(
    doc: Doc, title: int, holder: Mention, cast: Cast, stop: int | None
) -> Iterator[tuple[str, Mention]]:
    """ "of the ICC", "for Syria and Iraq": what follows the title's preposition."""
    top = min(stop if stop is not None else title + 16, doc[title].sent.end, title + 16)
    i = title + 1
    while i < top and doc[i].lower_ in words().titles | {"and", "general", "-", "designate", "elect"}:
        i += 1
    if i >= top or doc[i].lower_ not in PREPOSITIONS:
        for prep in doc[title].children:
            if stop is None and prep.dep_ == "prep" and prep.i > title and prep.lower_ in ("of", "for"):
                for grand in prep.children:
                    yield from ((prep.lower_, one) for one in _joined(cast, grand))
        return
    preposition, i, gap, found, owned = doc[i].lower_, i + 1, 0, False, False
    while i < top:
        mention = cast.at(i)
        if mention is not None and mention.name != holder.name and mention.kind != "pronoun":
            if _modifies(doc, mention):
                owned = doc[mention.last].text == "'s"
                i, gap = mention.last + owned, gap + 1
                continue
            yield preposition, mention
            i, gap, found = mention.last, 0, True
            continue
        if (owned and doc[i].text == ",") or doc[i].text == "'s" or (found and doc[i].text in (",", "and")):
            i += 1
            continue
        if found or gap > 5 or doc[i].pos_ in ("VERB", "AUX", "PUNCT", "SPACE", "SCONJ", "PRON", "ADP"):
            return
        gap += 1
        i += 1


def _modifies(doc: Doc, mention: Mention) -> bool:
    """Whether it only describes the noun that follows: "the Albanian party", "the bank's branch"."""
    following = doc[mention.last] if mention.last < len(doc) else None
    if following is None:
        return False
    noun = following.pos_ in ("NOUN", "PROPN", "ADJ") and not following.is_sent_start
    return following.text == "'s" or (mention.kind == "adjective" and noun)


def _claim(doc: Doc, holder: Mention, target: Mention, first: int, title: int, preposition: str) -> Claim:
    """The claim, its relation in the title's own words without the affiliation."""
    start = title
    while (
        start > first
        and not (target.first <= start - 1 < target.last)
        and (doc[start - 1].pos_ in ("ADJ", "NOUN", "PROPN") or doc[start - 1].text == "-")
    ):
        start -= 1
    text = doc[start : title + 1].text.lower()
    code: Code = "OTHER" if _kin(doc[title], target) else "ROLE"
    return Claim(holder, target, f"{text} {preposition}", start, title + 1, title, code, features=("title",))


def _kin(title: Token, target: Mention) -> bool:
    return title.lemma_.lower() in KIN and target.type == "PERSON"
