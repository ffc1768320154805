"""What kind of actor a name names: by its words, its title, what it does, and the article's vote."""

from __future__ import annotations

from collections import Counter, defaultdict

from spacy.tokens import Doc, Token

from extract.gazetteer import Gazetteer, fold, load, split, table
from extract.grammar import among as closed
from extract.lexicon import ROLE_WORDS, Span, among, opens, word_list, words
from extract.model import ActorType


def typed(doc: Doc, first: int, last: int, type_: ActorType, places: Gazetteer) -> ActorType:
    """What the words of a name say about its type; the model's word where they say nothing."""
    known = words()
    low = [token.lower_ for token in doc[first:last]]
    if low[-1] in known.organisations or (
        len(low) > 2 and any(word in known.organisations for word in low) and type_ != "PERSON"
    ):
        return "ORG"
    if low[-1] in known.places and not (type_ == "ORG" and low[-1] == "city" and _agent(doc[last - 1])):
        return "PLACE"
    if len(low) > 1 and (low[-1] in CLOSING or low[0] in FOREMOST):
        return "PERSON" if low[-1] in CLOSING else "ORG"
    if len(low) > 1 and (low[0] in CLUBS or low[-1] in SIDES):
        return "ORG"
    if after_title(doc, first, last) > first or _introduced(doc, first, last, type_):
        return "PERSON"
    if low[0] in known.first_names and len(low) > 1:
        return "PERSON"
    plural = doc[last - 1].tag_ == "NNPS" and (
        not first or doc[first - 1].lower_ in ("the", "of") or low[-1].endswith(("ists", "crats"))
    )
    if type_ == "PERSON" and len(low) > 1 and plural:
        return "ORG"
    if len(low) == 1 and type_ == "ORG" and titled(doc[last - 1]):
        return "PERSON"
    if type_ == "PERSON" and fold(doc[first:last].text) in places.cities and located(doc, first):
        return "PLACE"
    if len(low) == 1 and doc[first].is_upper and len(low[0]) <= 6 and type_ != "PLACE":
        return "ORG"
    return type_


def _introduced(doc: Doc, first: int, last: int, type_: ActorType) -> bool:
    """Whether a title stands before the name, or the name in apposition to one."""
    known = words()
    before = doc[first - 1] if first else None
    if before is not None and before.text == "." and first > 1:
        before = doc[first - 2]
    if before is not None and before.text.rstrip(".") in RANKS and type_ != "PLACE":
        return True
    if before is not None and before.lower_ in known.titles:
        names = type_ != "PLACE" and (last - first > 1 or before.dep_ == "compound")
        if before.text[0].isupper() or (names and before.lower_ not in known.organisations):
            return True
    head = doc[first:last].root
    if type_ != "PLACE" and _of_kin(head):
        return True
    titled = head.dep_ == "appos" and head.head.lower_ in known.titles and head.head.i < first
    return titled and type_ == "ORG" and 1 < last - first < 4 and before is not None and before.text == ","


def _of_kin(name: Token) -> bool:
    """Whether a name stands beside a word of family: "his sons Tarek and Nabil"."""
    first = name.head if name.dep_ == "conj" and name.head.dep_ == "appos" else name
    noun = first.head
    return first.dep_ == "appos" and noun.lemma_ in RELATED and noun.i < first.i


def titled(token: Token) -> bool:
    """Whether the sentence calls it a president or the like: "Pinchot was president of"."""
    clause = token.head.children if token.dep_ == "nsubj" and token.head.lemma_ in ("be", "become") else ()
    return any(
        child.dep_ in ("attr", "appos") and child.lower_ in words().titles
        for child in [*clause, *token.children]
    )


def after_title(doc: Doc, first: int, last: int) -> int:
    """Where the name begins in "Defense Minister Sergei Shoigu"."""
    known = words()
    start = first
    if last - first > 2 and doc[last - 1].text in ("Court", "Tribunal"):
        return first
    for i in range(first, last):
        low = doc[i].lower_.rstrip(".")
        titled = (low in known.titles or low in known.honorifics) and i + 1 < last
        if titled and low in ALONE and doc[i].text.istitle() and not opens(doc[i]):
            continue
        if titled or (low in PARTISANS and i + 2 < last):
            start = i + 1
    return start


def before_title(doc: Doc, first: int, last: int) -> int:
    """Where the name ends in "Protection Units Commander"; `first` when it is all title."""
    known = words()
    while last - first > 1 and doc[last - 1].lower_.rstrip(".") in known.honorifics:
        if doc[last - 1].text.istitle() and not _before_a_name(doc, last):
            break
        last -= 1
    if doc[last - 1].lower_ == "officer" or (last < len(doc) and doc[last].text == "Officer"):
        last = next((i for i in range(first + 1, last) if doc[i].lower_ == "chief"), last)
    if doc[last - 1].lower_ not in known.titles or doc[last - 1].lower_ in known.organisations:
        return last
    if last - first > 1 and doc[first].lower_ in known.first_names:
        return last
    while last > first and doc[last - 1].lower_ in known.titles | ROLE_WORDS:
        last -= 1
    return trim(doc, first, last)[1]


def _before_a_name(doc: Doc, i: int) -> bool:
    """Whether a name follows, past a dot that ends no sentence: "Sen. Hale", not "Hun Sen said"."""
    i += i + 1 < len(doc) and doc[i].text == "." and not doc[i + 1].is_sent_start
    return doc[i : i + 1].text[:1].isupper()


def located(doc: Doc, first: int) -> bool:
    return first > 0 and doc[first - 1].lower_ in (
        "in",
        "at",
        "near",
        "from",
        "to",
        "outside",
        "around",
        "city",
        "of",
    )


OPENERS = frozenset({"elite", "suspected", "alleged"})
ORDINALS = word_list("ordinals")
QUARTERS = closed("quarters")
ALONE = frozenset(split(table("titles.toml")["excluded"]["alone"]))
QUANTITIES = frozenset({"million", "billion", "trillion", "thousand", "percent", "per"})
TRAILING = frozenset({"'s", "'", "-", ",", "and", "of", "these", "those", "this", "that"})


def trim(doc: Doc, first: int, last: int) -> tuple[int, int]:
    """The bounds without articles, numbers, marks and "elite" at the head, "110 million" at the end."""
    while first < last and (
        doc[first].lower_ in ("the", "a", "an", "of", "'s", "'", "-", ",", ".", "ex", "anti", "pro")
        or doc[first].is_punct
        or (doc[first].like_num and not _numbered(doc, first, last))
        or (doc[first].lower_ in OPENERS and last - first > 1 and opens(doc[first]))
    ):
        first += 1
    while last > first and (
        doc[last - 1].lower_ in TRAILING
        or doc[last - 1].is_punct
        or (last - first > 1 and doc[last - 1].lower_ in QUANTITIES)
        or (last < len(doc) and doc[last].lower_ in QUANTITIES and doc[last - 1].like_num)
    ):
        last -= 1
    return first, last


def _numbered(doc: Doc, first: int, last: int) -> bool:
    """Whether an ordinal begins a name: "hedge fund Third Point"."""
    ordinal = doc[first].lower_ in ORDINALS and doc[first].text.istitle() and not opens(doc[first])
    return ordinal and last - first == 2 and doc[first + 1].text.istitle() and not titled(doc[first + 1])


def vote(doc: Doc, spans: list[Span]) -> None:
    """One type per name: the majority's, where a table's word counts more than the model's."""
    votes: dict[str, Counter[ActorType]] = defaultdict(Counter)
    forms = {id(span): fold(doc[span.first : span.last].text) for span in spans if _votes(span)}
    for span in filter(_votes, spans):
        ballot = votes[forms[id(span)]]
        ballot[span.type] += 3 if span.sure else 1
        alone = span.last - span.first == 1 and span.type != "ORG"
        if alone and span.first and doc[span.first - 1].lower_ == "in":
            held = span.first > 1 and doc[span.first - 2].lemma_.lower() in HOLDINGS and not span.sure
            ballot["ORG" if held else "PLACE"] += 2
        if not span.sure:
            _hear(doc, span, ballot)
    _shortened(doc, spans, votes)
    for span in filter(_votes, spans):
        span.type = votes[forms[id(span)]].most_common(1)[0][0]


def _votes(span: Span) -> bool:
    return span.kind == "name" and span.key is None


def _hear(doc: Doc, span: Span, ballot: Counter[ActorType]) -> None:
    """What the words around a name that no table knows say of its type."""
    if span.last < len(doc):
        ballot["PERSON"] += _personal(doc, span)
        ballot["ORG"] += _bodily(doc, span)
    root = doc[span.last - 1] if span.last - span.first == 1 else doc[span.first : span.last].root
    if called := _called(doc, span, root):
        ballot[called] += 3
    if span.type == "PLACE" and _agent(root):
        ballot["PERSON" if _twofold(doc, span) else "ORG"] += 2
    elif span.type == "PLACE" and _met(root):
        if _twofold(doc, span):
            ballot["PERSON"] += 2
        elif any(c.isdigit() for c in root.text):
            ballot["ORG"] += 2
    elif span.type != "ORG" and _manned(doc, span, root):
        ballot["ORG"] += 2


def _personal(doc: Doc, span: Span) -> int:
    """How much the words around a name speak for a person: Mr, an age, "who", "'s wife"."""
    before = doc[span.first - 1].lower_.rstrip(".") if span.first else ""
    if before in ("mr", "mrs", "ms", "miss", "dr", "sir"):
        return 4
    after = [token.lower_ for token in doc[span.last : span.last + 4]]
    if before == "by" and span.first > 1 and doc[span.first - 2].lower_ in ("led", "headed", "chaired"):
        return 2 * (_twofold(doc, span) and _nameable(doc, span))
    if len(after) > 2 and after[0] == ",":
        aged = after[1].isdigit() and 10 <= int(after[1]) < 110 and after[2] in (",", ".")
        return 3 if aged else 2 * (after[1] in ("who", "whom", "whose"))
    kin = len(after) > 1 and after[0] in ("'s", "'") and after[1] in KIN
    return 2 if kin or after[:1] == ["who"] or _member(doc, span) else 0


def _member(doc: Doc, span: Span) -> bool:
    """Whether a name built like a person's is of a party: "Musa Bello of the ruling All People's Party"."""
    if doc[span.last].lower_ != "of" or span.type == "PLACE" or not _twofold(doc, span):
        return False
    if any(t.lower_ in words().organisations for t in doc[span.first : span.last]):
        return False
    return any(t.lower_ in ALLEGIANCES and t.text[0].isupper() for t in doc[span.last + 2 : span.last + 8])


def _called(doc: Doc, span: Span, root: Token) -> ActorType | None:
    """What a name's apposition makes of it: ", the UN envoy", "is a trader", ", a supplier" of tyres."""
    said = [child for child in root.children if child.dep_ == "appos" and child.i > root.i]
    if root.dep_ == "appos" and root.head.i < root.i and root.head.tag_ == "NN" and not _official(root.head):
        said.append(root.head)
    if root.dep_ == "nsubj" and root.head.lemma_ == "be":
        said += [child for child in root.head.children if child.dep_ == "attr" and child.tag_ == "NN"]
    if root.dep_ in ("oprd", "pobj") and (bearer := _renamed(root)) is not None:
        said.append(bearer)
    for noun in said:
        low = noun.lower_
        if low in BODIES:
            return "ORG"
        personal = (low in words().titles and low not in SHARED) or low in RELATED
        if personal and _nameable(doc, span):
            return "PERSON"
    return None


def _renamed(root: Token) -> Token | None:
    """Who is called so: the gang in "a gang called Orion", "a gang known as Orion"."""
    verb = root.head.head if root.dep_ == "pobj" and root.head.lower_ == "as" else root.head
    called = verb.dep_ == "acl" and verb.lemma_ in ("call", "know", "name", "dub") and verb.tag_ != "VBG"
    return verb.head if called and verb.head.tag_ == "NN" else None


def _official(noun: Token) -> bool:
    """Whether a body's noun only says whose official a name is: "head of the mission, X"."""
    return noun.dep_ == "pobj" and noun.head.head.lower_ in words().titles


def _nameable(doc: Doc, span: Span) -> bool:
    """Whether a name can be a person's: no article, no body's noun, no acronym."""
    last = doc[span.last - 1]
    if span.type not in ("ORG", "PERSON") or last.lower_ in words().organisations or last.is_upper:
        return False
    return not span.first or doc[span.first - 1].lower_ not in ("the", "a", "an")


def _bodily(doc: Doc, span: Span) -> int:
    """How much the noun before a name speaks for a body: "the newspaper X", "rebel group X"."""
    before = doc[span.first - 1] if span.first else None
    after = doc[span.last]
    if span.last - span.first == 1 and after.lower_ in LOBBY and doc[span.first].dep_ in ("compound", "nmod"):
        return 2 * (span.type == "PERSON")
    if _outlet_or_camp(doc, span):
        return 3
    armed = after.tag_ == "NNS" and after.lemma_ in INSURGENTS and doc[span.last - 1].head == after
    if span.type == "PERSON" and armed and not _twofold(doc, span):
        return 2
    if span.type == "PERSON" and doc[span.last : span.last + 2].text.lower() == ", which":
        return 2
    if (
        before is None
        or not before.text.islower()
        or before.dep_ not in ("compound", "nmod", "dobj", "pobj", "nsubj")
    ):
        return 0
    return 3 * (before.lower_ in among("introducing"))


def _outlet_or_camp(doc: Doc, span: Span) -> bool:
    """Whether the noun behind a name makes it a paper's, an agency's, a movement's: "the Svoda newspaper"."""
    i = span.last + (doc[span.last].lower_ in SECRET and span.last + 1 < len(doc))
    told = doc[i].lower_ in ("agency", "service") if i > span.last else doc[i].lower_ in BRANDED
    if not told and doc[i].is_lower and doc[i].pos_ == "NOUN" and i + 1 < len(doc):
        told = doc[i + 1].lower_ in BRANDED
    joined = doc[span.last - 1].dep_ in ("compound", "nmod") and span.first > 0
    before = doc[span.first - 1] if joined else doc[i]
    pointed = before.lower_ in ("the", "a", "an", "'s") or (before.is_lower and before.pos_ == "ADJ")
    if not (told and joined and pointed):
        return False
    return fold(doc[span.first : span.last].text) not in load().cities


RANKS = frozenset(
    {"Gen", "Col", "Lt", "Sgt", "Maj", "Adm", "Capt", "Cpl", "Sen", "Rep", "Gov", "Mr", "Mrs", "Ms", "Dr"}
)
CLUBS, SIDES = word_list("clubs"), word_list("sides")
MEMBERS = word_list("members")
FOREMOST = word_list("foremost") | word_list("tying")
CLOSING, MANAGED, DOINGS = word_list("closing"), word_list("managed"), word_list("deeds")
KIN = among("kin")
ALLEGIANCES = frozenset(
    {"party", "congress", "alliance", "front", "movement", "bloc", "democrats", "coalition"}
)
PARTISANS = among("partisans")
LOBBY = among("lobby")
BRANDED = among("branded")
INSURGENTS = among("insurgents")
HOLDINGS = among("holdings")
SECRET = frozenset({"news", "security", "intelligence", "spy", "secret", "wire"})
BODIES = frozenset(split(table("nominals.toml")["stand_ins"]["organisation"])) | among("introducing")
SHARED = frozenset(split(table("titles.toml")["kinds"]["bodies"])) | among("trades") | BODIES
RELATED = frozenset(split(table("titles.toml")["kinds"]["kin"]))
DEEDS = among("deeds")
SUFFERED = among("suffered")


def _agent(token: Token) -> bool:
    """Whether a name does what no place does: it says, accuses, negotiates."""
    return token.dep_ == "nsubj" and token.head.lemma_ in DEEDS | DOINGS


def _met(token: Token) -> bool:
    """Whether a name suffers what no place does: it is met, accused, congratulated."""
    return token.dep_ in ("dobj", "nsubjpass") and token.head.lemma_ in SUFFERED


def _manned(doc: Doc, span: Span, root: Token) -> bool:
    """Whether a name is run, joined or bought; and no town's where one is a member of it or its lawyer."""
    if root.dep_ == "dobj" and root.head.lemma_ in MANAGED and span.last - span.first == 1:
        return root.head.lemma_ != "join" or span.type == "PLACE"
    link = doc[span.first - 1] if span.first > 1 else root
    if (
        span.type != "PLACE"
        or fold(doc[span.first : span.last].text) in load().cities
        or link.lower_ not in ("of", "for")
    ):
        return False
    return doc[link.i - 1].lemma_.lower() in MEMBERS


def _twofold(doc: Doc, span: Span) -> bool:
    """Whether a name is built like a given and a family name."""
    names = doc[span.first : span.last]
    article = span.first > 0 and doc[span.first - 1].lower_ == "the"
    return len(names) == 2 and not article and all(t.text.istitle() and t.tag_ == "NNP" for t in names)


def _shortened(doc: Doc, spans: list[Span], votes: dict[str, Counter[ActorType]]) -> None:
    """A name that goes on by its last word is a person's; organisations keep their first words or letters."""
    known = words()
    for span in spans:
        last = doc[span.last - 1]
        if doc[span.first].lower_ in QUARTERS:
            continue
        if span.kind == "name" and not span.key and not span.sure and 2 <= span.last - span.first <= 3:
            short = fold(last.text)
            article = any(token.lower_ == "the" for token in doc[max(span.first - 1, 0) : span.last])
            if short in votes and not article and last.lower_ not in known.organisations | known.places:
                votes[fold(doc[span.first : span.last].text)]["PERSON"] += 3
                votes[short]["PERSON"] += 3
