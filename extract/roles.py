"""Who holds which role where, as names and the words around them say it.

"Russian Defense Minister Sergei Shoigu"        (Sergei Shoigu, defense minister of, Russia)
"Chief Prosecutor of the ICC Fatou Bensouda"    (Fatou Bensouda, chief prosecutor of, ICC)
"Saban Hamo, commander of the YPG"              (Saban Hamo, commander of, YPG)
"engineers A and B of X", "A and B, both of X"  (A, engineers of, X), (B, …)
"the YPG, the armed wing of the PYD"            (YPG, armed wing of, PYD)

Roles that a verb states are in `appointments`, those that a noun of office tells in `posts`, parts and
alliances of bodies in `membership`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from spacy.tokens import Doc, Token

from extract.actors import words
from extract.affiliations import body_after, of_body, owned, owner_before, past_styles, ranked
from extract.appointments import SUBJECTS, find_stated, past_kind
from extract.claims import Claim
from extract.coreference import Cast
from extract.grammar import among as closed
from extract.lexicon import among
from extract.membership import find_memberships
from extract.model import Mention
from extract.posts import find_posts
from extract.title_reach import POSSESSIVES, WIDE, word_class
from extract.titles import KIN, Phrase, is_title, phrase_before, read_phrase, to_claims

Rule = Callable[[Doc, Mention, Cast], Iterator[Claim]]

OPENERS = word_class("around", "openers")
LISTS = word_class("around", "lists")
NAMING = word_class("around", "naming")
STYLES = word_class("kinds", "styles")
AFTER_NAMES = frozenset({",", ".", ")", "(", ":", '"', ";", "-", "--", "–", "—", "and", "?", "!"})
CANNOT_HOLD = frozenset({"PLACE"})
HUMAN = ("er", "or", "ist", "ian", "eer", "man")
NOT_HUMAN = word_class("kinds", "not_human")
SORTS = (
    ("outlet", frozenset({"newspaper", "daily", "weekly", "tabloid", "magazine", "broadcaster", "agency"})),
    ("force", closed("soldiers")),
    ("business", among("businesses") | {"group", "insurer", "rival", "multinational"}),
)
STYLING = frozenset({"call", "dub", "know", "name", "nickname", "style"})
LABELS = frozenset({"R", "D", "I", "R-", "D-", "I-"})
HEADING = frozenset(
    {"head", "president", "chairman", "chairwoman", "chairperson", "governor", "mayor", "speaker"}
)
RIVALS = frozenset({"opponent", "rival", "critic", "ally", "adversary", "foe", "challenger", "colleague"})
PRIZED = frozenset({"laureate", "medallist", "medalist", "winner"})  # of a prize: "the Nobel laureate"
REACH = 14  # tokens between a comma and the title it opens
LONGEST_LIST = 60  # tokens of names that share a title


def find_roles(doc: Doc, mentions: list[Mention]) -> list[Claim]:
    """Every role that a sentence states, once for each sentence, in the order of the text."""
    cast = Cast(mentions)
    found: dict[tuple[str, str, str, int], Claim] = {}
    for mention in cast.mentions:
        if mention.type in CANNOT_HOLD or mention.kind == "adjective":
            continue
        for claim in _roles_of(doc, mention, cast):
            token = doc[claim.trigger]
            key = (claim.source.name, token.lemma_, claim.target.name, token.sent.start)
            kin = token.lemma_.lower() in KIN and claim.code == "ROLE"
            if claim.source.name != claim.target.name and not kin and not _misread(doc, claim):
                found.setdefault(key, claim)
    return sorted(found.values(), key=lambda claim: (claim.first, claim.target.first))


def _misread(doc: Doc, claim: Claim) -> bool:
    """Whether the words fit, but not these two: "Hale's rival within Labour", "her Kenyan rival"."""
    noun, target = doc[claim.trigger], claim.target
    if _nested(claim) or (noun.lemma_.lower() in PRIZED and target.type in ("ORG", "PERSON")):
        return True
    long = target.kind == "name" and target.last - target.first > 1
    if target.type == "PERSON" and long and noun.lemma_.lower() in HEADING:
        return noun.i < target.first and doc[target.first - 1].lower_ not in ("'s", "’s")
    if noun.lemma_.lower() not in RIVALS:
        return False
    if target.kind == "adjective":
        return target.first > 0 and doc[target.first - 1].tag_ in ("PRP$", "POS")
    ends = {claim.source.head, target.head}
    camps = (c for c in noun.children if c.lower_ in ("within", "in", "inside"))
    owned = any(c.dep_ == "poss" for c in noun.children)
    return owned and any(not ends.isdisjoint(t.i for t in camp.subtree) for camp in camps)


def _nested(claim: Claim) -> bool:
    """Whether one end's words stand inside the other's: "NATO" in "NATO-led troops" leads nobody else."""
    source, target = claim.source, claim.target
    inside = target.first <= source.first and source.last <= target.last
    return inside and target.kind == "nominal" and source.kind != "nominal"


def _roles_of(doc: Doc, holder: Mention, cast: Cast) -> Iterator[Claim]:
    named: tuple[tuple[str, Rule], ...] = (
        ("before", _title_before), ("comma", _title_comma_name), ("apposition", _apposition),
        ("listed", _listed), ("rank", ranked), ("of", of_body), ("owned", owned), ("firm", owner_before),
        ("named", _just_named), ("styled", _styled),
    )  # fmt: skip
    stated: tuple[tuple[str, Rule], ...] = (
        ("statement", find_stated),
        ("contained", find_memberships),
        ("post", find_posts),
    )
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
    if claim.source.type in ("ORG", "GROUP") and target.type == "STATE":
        yield f"role of a {_sort(doc[claim.trigger].lemma_)} {pattern} {target.kind}"


def _sort(noun: str) -> str:
    """What a body of a state is called: "the Peruvian firm X" tells where it is from, not whom it serves."""
    return next((sort for sort, nouns in SORTS if noun in nouns), "body")


def _title_before(doc: Doc, holder: Mention, cast: Cast) -> Iterator[Claim]:
    """ "Russian Defense Minister Sergei Shoigu", "the current head of the AU Nigerian President X"."""
    if doc[holder.first].is_sent_start or not holder.first:
        return
    end = past_styles(doc, holder.first)
    if holder.type != "PERSON" and doc[end - 1].lower_ == "the":
        end -= 1
    end = _past_naming(doc, end)
    if holder.type != "PERSON" and doc[end - 1].text in POSSESSIVES:
        return
    if _described_by(doc[holder.head], doc[end - 1]) or _second_side(doc, holder, cast):
        return
    while (phrase := phrase_before(doc, end, holder, cast)) is not None:
        if _within(doc, holder, phrase) or (phrase.title < end - 1 and _marks_noun(doc, holder)):
            return
        yield from to_claims(doc, holder, phrase)
        if _somebodys(phrase, cast):
            return
        end = phrase.first - (phrase.first > 0 and doc[phrase.first - 1].lower_ == "the")


def _within(doc: Doc, holder: Mention, phrase: Phrase) -> bool:
    """Whether a body's or state's name stands inside the phrase: "members of the army on patrol in Chad"."""
    prep = doc[holder.head].head
    inner = doc[holder.head].dep_ == "pobj" and phrase.title < prep.i < holder.first
    return inner and holder.type != "PERSON" and prep.i > phrase.title + 1


def _marks_noun(doc: Doc, holder: Mention) -> bool:
    """Whether the name only says which other thing is meant: "an official at the Holm meeting"."""
    head = doc[holder.head]
    while head.pos_ == "PROPN" and head.dep_ in ("compound", "nmod"):
        head = head.head
    return head.i >= holder.last and head.pos_ == "NOUN"


def _second_side(doc: Doc, holder: Mention, cast: Cast) -> bool:
    """Whether a hyphen ties the name to another's: "an official at the Holm-Petrov meeting"."""
    i = holder.first - 1
    return i > 0 and doc[i].text in ("-", "–") and any(m.last == i for m in cast.covering(i - 1))


def _described_by(name: Token, noun: Token) -> bool:
    """Whether the name is subject of a clause that describes the noun: "is the second member Xi has met"."""
    clause = name.head if name.dep_ in ("nsubj", "nsubjpass") else name
    told = clause.dep_ == "relcl" and clause.head == noun and noun.dep_ in ("attr", "dobj", "pobj")
    return told or (clause.dep_ == "ccomp" and clause.head.lemma_ == "be" and clause.head.i < noun.i)


def _somebodys(phrase: Phrase, cast: Cast) -> bool:
    """Whether the phrase opens with a person, whose own titles stand before: "President X's adviser"."""
    owner = cast.at(phrase.first)
    return owner is not None and owner.type == "PERSON"


def _past_naming(doc: Doc, i: int) -> int:
    """Before "called", "named", "known as": "the elite group within the church called Dawn"."""
    j = i - (i > 0 and doc[i - 1].lower_ == "the")
    if j > 2 and doc[j - 1].lower_ == "as" and doc[j - 2].lower_ == "known":
        return j - 2
    return j - 1 if j > 1 and doc[j - 1].lower_ in ("called", "named", "dubbed") else i


def _styled(doc: Doc, holder: Mention, cast: Cast) -> Iterator[Claim]:
    """ "Dawn's leader, a former priest known as X", "a rebel commander who calls himself X"."""
    head = doc[holder.head]
    verb = head.head.head if head.dep_ == "pobj" and head.head.lower_ == "as" else head.head
    told = head.dep_ in ("pobj", "oprd", "dobj", "attr") and verb.dep_ in ("acl", "relcl")
    if not told or verb.lemma_ not in STYLING or holder.type != "PERSON" or verb.i > head.i:
        return
    noun = verb.head
    for title in (noun, noun.head) if noun.dep_ == "appos" else (noun,):
        free = cast.at(title.i) is None and is_title(title, holder)
        if free or _resolved(title, holder, cast):
            yield from to_claims(doc, holder, read_phrase(doc, title.i, holder, cast))


def _resolved(title: Token, holder: Mention, cast: Cast) -> bool:
    """Whether the title stands in a nominal that means the holder."""
    inside = cast.at(title.i)
    means = inside is not None and inside.kind == "nominal" and inside.name == holder.name
    return means and is_title(title, holder)


def _title_comma_name(doc: Doc, holder: Mention, cast: Cast) -> Iterator[Claim]:
    """ "Germany's chancellor, Angela Merkel" and "the commander of the YPG, Saban Hamo"."""
    start = holder.first
    while start > 2 and _capital_title(doc[start - 1]):
        start -= 1
    start -= holder.type != "PERSON" and start > 2 and doc[start - 1].lower_ == "the"
    if start < holder.first and (served := cast.at(start - 1)) is not None and served.type != "PERSON":
        start = served.first if served.last == start and doc[served.first - 1].text == "," else start
    start = _past_description(doc, start)
    while start > 1 and doc[start - 1].text in (",", "--", "–", "—", "-"):
        if doc[start].is_sent_start or not _closed(doc, holder):
            return
        phrase = phrase_before(doc, _before_acronym(doc, start - 1), holder, cast)
        if phrase is None:
            return
        yield from _respectively(doc, holder, phrase, cast)
        if _somebodys(phrase, cast):
            return
        start = phrase.first - (doc[phrase.first - 1].lower_ in ("the", "a", "an"))


def _before_acronym(doc: Doc, end: int) -> int:
    """Before the bracket in "the envoy for the Sahel (UNOWAS), X"."""
    opened = end > 3 and doc[end - 1].text == ")" and doc[end - 3].text == "(" and doc[end - 2].is_upper
    return end - 3 if opened else end


def _past_description(doc: Doc, i: int) -> int:
    """Before "the Arab-born" and "the elusive" in front of a name."""
    first = i
    while first > 2 and i - first < 5 and _describes(doc, first - 1):
        first -= 1
    opened = first < i and doc[first - 1].lower_ == "the" and doc[first - 2].text == ","
    return first - 1 if opened else i


def _describes(doc: Doc, i: int) -> bool:
    return doc[i].tag_ in ("JJ", "VBN", "HYPH") or doc[i + 1].text == "-"


def _capital_title(token: Token) -> bool:
    low, known = token.lower_.rstrip("."), words()
    titled = low in known.honorifics or low in known.titles or low in STYLES or low in ("rear", "vice")
    return titled and token.text[0].isupper()


def _closed(doc: Doc, holder: Mention) -> bool:
    """Whether a name ends an apposition: a mark follows, or the parse says so."""
    if holder.last >= len(doc) or doc[holder.last].is_space:
        return True
    return doc[holder.last].text in AFTER_NAMES or doc[holder.head].dep_ == "appos"


def _apposition(doc: Doc, holder: Mention, cast: Cast) -> Iterator[Claim]:
    """ "Saban Hamo, commander of the YPG", "Gaddafi (president of Libya)", "A and B, two engineers of X"."""
    end = _past_acronym(doc, past_kind(doc, holder), cast)
    i = _past_names(doc, end, holder, cast)
    joined = i > end
    if i + 1 >= len(doc) or doc[i].text not in (",", "(", "-", "--", "–", "—"):
        return
    if doc[i + 1].like_num and i + 3 < len(doc) and doc[i + 2].text == ",":
        i += 2
    i = _past_label(doc, i)
    title = _opened_title(doc, i + 1, holder, cast, several=joined or _last_of_list(doc, holder, cast))
    if title < 0 or (joined and not _plural(doc[title])):
        shared = i + 3 < len(doc) and doc[i + 1].lower_ in ("both", "all")
        if shared and doc[i + 2].lower_ in ("of", "from"):
            yield from body_after(doc, i + 2, holder, cast)
        return
    if not _begins_clause(doc, title, holder):
        yield from all_titles(doc, holder, cast, title)


def _begins_clause(doc: Doc, title: int, holder: Mention) -> bool:
    """Whether the title is the next clause's subject: "In a letter to Alves, the Danish envoy accused"."""
    noun = doc[title]
    head = doc[holder.head]
    told = any(t.dep_ == "ccomp" and t.head == noun.head for t in head.ancestors)
    subject = noun.dep_ in SUBJECTS and noun.head.i > title and (head.dep_ == "pobj" or told)
    return subject and doc[noun.right_edge.i + 1 : noun.right_edge.i + 2].text != ","


def _past_acronym(doc: Doc, i: int, cast: Cast) -> int:
    if (
        i + 2 < len(doc)
        and doc[i].text == "("
        and (cast.at(i + 1) is not None or doc[i + 1].text[:2] in LABELS)
    ):
        close = next((j for j in range(i, min(i + 8, len(doc))) if doc[j].text == ")"), None)
        return i if close is None else close + 1
    return i


def _past_names(doc: Doc, i: int, holder: Mention, cast: Cast) -> int:
    """Past further names that share the apposition: from "A" to the comma in "A, B and C, three pilots"."""
    j, joined, top = i, False, min(len(doc), i + LONGEST_LIST)
    while j + 1 < top and doc[j].text in (",", "and"):
        joined = joined or doc[j].text == "and"
        other = cast.at(j + 1)
        if other is None or other.first != j + 1 or other.kind != "name" or other.type != holder.type:
            break
        j = other.last
        if joined:
            return j
    return i


def _past_label(doc: Doc, i: int) -> int:
    """Past a party and home in "John Smith, R-Ariz., a member of"."""
    if doc[i + 1].text[:2] in ("R-", "D-", "I-") or (
        doc[i + 1].text in ("R", "D", "I") and i + 2 < len(doc) and doc[i + 2].text == "-"
    ):
        return next((j for j in range(i + 2, min(i + 8, len(doc) - 1)) if doc[j].text == ","), i)
    return i


def _last_of_list(doc: Doc, holder: Mention, cast: Cast) -> bool:
    """Whether another name of the holder's kind is joined to it on the left: "A and B, members of X"."""
    i = past_styles(doc, holder.first)
    return i > 1 and doc[i - 1].lower_ == "and" and _fellow(cast, i - 2, holder)


def _opened_title(doc: Doc, start: int, holder: Mention, cast: Cast, *, several: bool = False) -> int:
    """The title of the noun phrase that opens at `start`, or -1; a bare plural titles several holders."""
    found, i, top = -1, start, min(start + REACH, doc[start - 1].sent.end)
    while i < top and _opens_on(doc, i, start, found, cast):
        if doc[i].text in POSSESSIVES:
            found = -1
        elif _titular(doc, i, holder, cast):
            found = i
        i += 1
    if found >= 0 and not several and doc[start].lower_ not in OPENERS and doc[found].tag_ == "NNS":
        return -1
    following = cast.at(found + 1) if found >= 0 and found + 1 < len(doc) else None
    another = following is not None and following.type == "PERSON" and following.name != holder.name
    return -1 if another and holder.type == "PERSON" else found


def _titular(doc: Doc, i: int, holder: Mention, cast: Cast) -> bool:
    """Whether the token titles the holder in apposition, where any noun for a human does."""
    names = [m for m in cast.covering(i) if m.kind == "name" and (m.type == "PERSON" or m.last > i + 1)]
    human = holder.type == "PERSON" and doc[i].tag_ == "NN" and doc[i].lemma_.endswith(HUMAN)
    return not names and (is_title(doc[i], holder) or (human and doc[i].lemma_ not in NOT_HUMAN))


def _opens_on(doc: Doc, i: int, start: int, found: int, cast: Cast) -> bool:
    """Whether the token still belongs to the noun phrase in front of a title."""
    token, low = doc[i], doc[i].lower_
    if found >= 0:
        owner = token.text in POSSESSIVES
        return (owner or token.pos_ in ("NOUN", "PROPN", "ADJ") or token.text == "-") and not token.is_space
    inner = cast.at(i)
    if inner is not None and inner.type == "PERSON" and inner.kind == "name":
        modifies = doc[inner.head].dep_ in ("compound", "nmod") and inner.first > start
        return modifies or (inner.last < len(doc) and doc[inner.last].text in POSSESSIVES)
    plain = token.pos_ in ("ADJ", "NOUN", "PROPN", "DET", "NUM") and not token.is_space
    plain = plain or (token.tag_ in ("VB", "VBP", "VBN", "VBD") and low in words().modifiers)
    if plain or inner is not None or low in OPENERS or low == "whose" or token.text in ("-", "'s", "'"):
        return True
    if (token.text == "(" and cast.at(i + 1) is not None) or (
        token.text == ")" and cast.at(i - 1) is not None
    ):
        return start < i
    opened = doc[start].lower_ == "one" and low == "of"
    return opened or (token.tag_ in ("VBN", "VBG", "RB") and token.dep_ in ("amod", "advmod", "compound"))


def all_titles(doc: Doc, holder: Mention, cast: Cast, title: int) -> Iterator[Claim]:
    """The title and those joined to it: "founder and chairman of", "a lawyer at X and minister of Y"."""
    own = read_phrase(doc, title, holder, cast)
    yield from to_claims(doc, holder, own)
    for later in _later_titles(doc, own, holder, cast):
        yield from to_claims(doc, holder, later)
        if not own.targets and not _apart(doc, own, later):
            yield from to_claims(doc, holder, replace(own, targets=later.targets))


def _apart(doc: Doc, own: Phrase, later: Phrase) -> bool:
    """Whether a title shares no body with the next: "an economist and a former mayor of Brno"."""
    return own.last > own.title + 1 or doc[later.first - 1].lower_ in ("a", "an", "the")


def _later_titles(doc: Doc, own: Phrase, holder: Mention, cast: Cast) -> Iterator[Phrase]:
    seen = {own.title}
    joined = [child.i for child in doc[own.title].conjuncts if own.title < child.i < own.title + 18]
    end = own.last + (own.last < len(doc) and doc[own.last].text == ",")
    if end + 1 < len(doc) and doc[end].lower_ in ("and", "&", "who"):
        joined.insert(0, _opened_title(doc, end + 1, holder, cast))
    for i in joined:
        if i > 0 and i not in seen and _titular(doc, i, holder, cast):
            seen.add(i)
            yield read_phrase(doc, i, holder, cast)


def _listed(doc: Doc, holder: Mention, cast: Cast) -> Iterator[Claim]:
    """ "three former Boeing employees: A, B and C", "defectors from the party including A and B"."""
    i, floor = holder.first - 1, max(doc[holder.first].sent.start, holder.first - 40)
    names = 0
    while i > floor and (doc[i].text in (",", "and", "or", "the", "both") or _fellow(cast, i, holder)):
        names += doc[i].text in (",", "and") and _fellow(cast, i - 1, holder)
        i -= 1
    if i <= 0:
        return
    colon = doc[i].text == ":"
    if colon or (doc[i].lower_ in LISTS and (doc[i].lower_ != "like" or doc[i].pos_ == "ADP")):
        i -= 1 + (doc[i].lower_ == "as" and doc[i - 1].lower_ == "such")
        i -= doc[i].text == ","
    elif not names:
        return
    phrase = phrase_before(doc, i + 1, holder, cast)
    if phrase is None and colon:
        phrase = _announced(doc, i, holder, cast)
    if phrase is not None and _plural(doc[phrase.title]):
        yield from _respectively(doc, holder, phrase, cast)


def _respectively(doc: Doc, holder: Mention, phrase: Phrase, cast: Cast) -> Iterator[Claim]:
    """The phrase's claims; of as many bodies as names, each name gets its own: "of A and B, X and Y"."""
    names: list[int] = []
    i = phrase.last
    top = min(len(doc), i + LONGEST_LIST)
    while i < top and (doc[i].text in (",", "and") or _fellow(cast, i, holder)):
        inner = cast.at(i)
        if inner is not None and inner.kind == "name":
            names.append(inner.first)
            i = inner.last
        else:
            i += 1
    shared = len(names) > 1 and len(names) == len(phrase.targets) and _plural(doc[phrase.title])
    if shared and holder.first in names:
        phrase = replace(phrase, targets=(phrase.targets[names.index(holder.first)],))
    yield from to_claims(doc, holder, phrase)


def _announced(doc: Doc, i: int, holder: Mention, cast: Cast) -> Phrase | None:
    """The plural title that a colon takes up again: "three former employees allegedly involved: A and B"."""
    for title in range(i, max(doc[i].sent.start, i - 12), -1):
        if _plural(doc[title]) and _titular(doc, title, holder, cast):
            return read_phrase(doc, title, holder, cast, i + 1)
    return None


def _plural(token: Token) -> bool:
    return token.tag_ in ("NNS", "NNPS", "VBZ")


def _fellow(cast: Cast, i: int, holder: Mention) -> bool:
    """Whether another name of the holder's kind stands there."""
    return any(m.kind == "name" and m.type == holder.type for m in cast.covering(i))


def _just_named(doc: Doc, holder: Mention, cast: Cast) -> Iterator[Claim]:
    """ "Hale appointed Anna Lind ambassador to Japan", "Boeing named Hale, once a pilot, as its chief"."""
    i, before = holder.last, doc[past_styles(doc, holder.first) - 1]
    if holder.first < 2 or i + 1 >= len(doc) or before.lower_ not in NAMING:
        return
    i += doc[i].lower_ == "as"
    title = _opened_title(doc, i, holder, cast)
    if title < 0 and doc[i].text == ",":
        found = (c.i for c in before.children if c.lower_ == "as" and holder.last < c.i < i + WIDE)
        title = next((_opened_title(doc, as_ + 1, holder, cast) for as_ in found), -1)
    if title < 0:
        return
    phrase = read_phrase(doc, title, holder, cast)
    if not phrase.targets:
        boss = next((cast.headed(c.i) for c in before.children if c.dep_ == "nsubj"), None)
        if boss is not None and boss.type in ("ORG", "STATE"):
            phrase = replace(phrase, targets=(("of", boss),))
    yield from (replace(claim, stated=before.i) for claim in to_claims(doc, holder, phrase))
