"""Long names of bodies, told by how they are built, where the model saw only pieces of them.

"the Movement for the Emancipation of the Niger Delta"    a body's noun and its aim
"the Office of the High Representative"                   an office by its holder
"the Special Court for Sierra Leone"                      a court or mission by its land
"Islamic State in the Greater Sahara (ISGS)"              the letters in the brackets behind it
"Pakistan Tehreek-e-Insaf"                                words that a small one ties
"the Zarbati network", "the Just Stop Oil campaign"       the common noun behind it
"Free Estonia, the biggest opposition party"              the common noun beside it
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from spacy.tokens import Doc, Token

from extract.gazetteer import fold, load
from extract.joining import HEADS, MATTERS
from extract.lexicon import Span, among, dash, where, word_list, words

SMALL = frozenset(
    {"of", "the", "for", "and", "in", "on", "to", "against", "&", "de", "du", "la", "des", "al"}
)
MARKS = frozenset({"-", "'s", "'", "’s", "’"})
FARTHEST = 14  # tokens that a name in front of its letters may have
NEAR = 8  # tokens behind a name in which its kind is told
WHOSE = word_list("whose")
AIMS, TIES, TYING = word_list("aims"), frozenset({"e", "i"}), word_list("tying")
LANDED = frozenset({"tribunal", "court", "mission", "force", "alternative"})
SEATS = frozenset({"office", "bureau", "secretariat"})
RINGS = frozenset({"network", "cartel", "syndicate", "gang"})
CAUSES = frozenset({"campaign", "movement", "party", "initiative", "coalition", "alliance"})
QUALITIES = word_list("qualities")
KINDS = frozenset(
    {"party", "movement", "bloc", "coalition", "alliance", "list", "faction", "ticket", "group"}
)
TREATIES = among("things") | {
    "convention",
    "pact",
    "programme",
    "program",
    "system",
    "deal",
    "plan",
    "service",
}
FOR_LAND = frozenset({"court", "tribunal", "alternative"})
OF_LAND = frozenset(
    {
        "party",
        "union",
        "front",
        "movement",
        "league",
        "association",
        "federation",
        "confederation",
        "alliance",
    }
    | {"conference", "council", "church", "society", "chamber", "organization", "organisation", "congress"}
)
NAMING = frozenset({"PROPN", "NOUN", "ADJ", "DET", "INTJ", "X"})
INTRODUCING = among("introducing")
PAPERS = among("papers")
BEGUN = word_list("foremost") | word_list("tying")


def long_names(doc: Doc, spans: Sequence[Span]) -> list[Span]:
    """The long names in a text, none over another; each stands for all spans that it overlaps."""
    owned = {i: span for span in spans for i in range(span.first, span.last)}
    found = [span for i in where(doc, TRIGGERS) if (span := _named(doc, i, owned)) is not None]
    found += _again(doc, [span for span in found if doc[span.first].lower_ in QUALITIES])
    out: list[Span] = []
    for span in sorted(found, key=lambda one: (one.first - one.last, one.first)):
        if not _held(doc, span, owned) and all(
            span.last <= other.first or other.last <= span.first for other in out
        ):
            out.append(span)
    return out


def _held(doc: Doc, span: Span, owned: Mapping[int, Span]) -> bool:
    """Whether the model saw a body's name that is as long or longer."""
    name = owned.get(span.first)
    if name is None or name.type != "ORG" or name.key is not None or name.last < span.last:
        return False
    if doc[name.first].lower_ in INTRODUCING and doc[name.first].is_lower:
        return False
    return name.last == span.last or doc[span.last].lower_ != "and"


def displaced(doc: Doc, spans: Sequence[Span], by: Sequence[Span]) -> list[Span]:
    """The spans, with these in the place of all that they overlap; what goes on behind one stays a name."""
    taken = {i for span in by for i in range(span.first, span.last)}
    out = list(by)
    for span in spans:
        inner = taken.intersection(range(span.first, span.last))
        rest = max(inner) + 1 if inner else span.first
        while inner and rest < span.last and not _capital(doc[rest]):
            rest += 1
        if not inner:
            out.append(span)
        elif span.last - rest > 1:
            out.append(Span(rest, span.last, span.type))
    return out


def _named(doc: Doc, i: int, owned: Mapping[int, Span]) -> Span | None:
    """The long name that a word is a sign of."""
    low, capital = doc[i].lower_, doc[i].text[0].isupper()
    for table, wanted, rule in RULES:
        if low in table and wanted in (None, capital) and (span := rule(doc, i, owned)) is not None:
            return span
    return None


def _capital(token: Token) -> bool:
    return token.text[0].isupper()


def _leftmost(doc: Doc, i: int) -> int:
    """Where the capitalised words begin that end there."""
    floor = doc[i].sent.start
    while i > floor:
        if _capital(doc[i - 1]) and (doc[i - 1].pos_ in ("PROPN", "ADJ", "NOUN") or doc[i - 1].text == "All"):
            i -= 1
        elif i - 1 > floor and doc[i - 1].text in MARKS - {"-"} and _whose(doc[i - 2]):
            i -= 2
        else:
            break
    return i


def _whose(token: Token) -> bool:
    return _capital(token) and token.lower_ in WHOSE


def _owned(doc: Doc, i: int, owned: Mapping[int, Span]) -> Span | None:
    """ "Lord's Resistance Army", "Turkish Prisoners' Rights Union": a body by whose it is."""
    last = i + 1
    while last < len(doc) and _capital(doc[last]) and not doc[last].is_space:
        last += 1
    while last > i + 1 and doc[last - 1].lower_ not in HEADS | words().organisations:
        last -= 1
    if not i or not _whose(doc[i - 1]) or last == i + 1:
        return None
    first = _leftmost(doc, i - 1)
    pieces = {id(owned[j]) for j in range(first, last) if j in owned}
    return Span(first, last, "ORG", sure=True) if pieces and first < i else None


def _run(doc: Doc, i: int) -> int:
    """Where the capitalised words end that begin there, an article or "former" before them aside."""
    top = doc[i - 1].sent.end if i else len(doc)
    while i < top and doc[i].lower_ in ("the", "former") and i + 1 < top and _capital(doc[i + 1]):
        i += 1
    while i < top and _capital(doc[i]) and not doc[i].is_space:
        i += 1
    return i


def _aim(doc: Doc, i: int, owned: Mapping[int, Span]) -> Span | None:
    """ "Military Committee for the Restitution of Order": a body by its aim, at the aim's noun."""
    link = i - 1
    while link > 1 and _capital(doc[link]) and doc[link].lower_ not in HEADS:
        link -= 1
    link -= doc[link].lower_ == "the"
    if link < 1 or doc[link].lower_ not in ("for", "on", "against") or not _capital(doc[link - 1]):
        return None
    if doc[link - 1].lower_ not in HEADS | words().organisations:
        return None
    return Span(_leftmost(doc, link - 1), _aimed(doc, i + 1), "ORG", sure=True)


def _aimed(doc: Doc, last: int) -> int:
    """Where the aim ends: over "of the Niger Delta", "and Cooperation", "in Europe" behind that."""
    top = doc[last - 1].sent.end
    while last + 1 < top:
        low, after = doc[last].lower_, doc[last + 1]
        wider = low == "in" and doc[last - 1].lower_ in ("cooperation", "operation")
        listed = low in ("and", "&") and (
            after.lower_ in AIMS | MATTERS | {"co"} or (_capital(after) and after.tag_ in ("NNS", "NNPS"))
        )
        if not (low in ("of", "for") or wider or listed):
            break
        end = _run(doc, last + 1)
        if end + 1 < top and doc[end].text == "-" and not dash(doc[end]):
            end += 2
        if end == last + 1 or not (_capital(doc[end - 1]) or doc[end - 2].text == "-"):
            break
        last = end
    return last


def _accord(doc: Doc, i: int, owned: Mapping[int, Span]) -> Span | None:
    """ "Government of National Accord": one of several that claim to rule."""
    end = _run(doc, i + 3) if doc[i + 1 : i + 3].text == "of National" else i + 3
    return Span(i, end, "ORG", sure=True) if end > i + 3 and _capital(doc[end - 1]) else None


def _office(doc: Doc, i: int, owned: Mapping[int, Span]) -> Span | None:
    """ "Office of the High Commissioner for Refugees": a body by who leads it."""
    if doc[i + 1 : i + 3].text.lower() != "of the":
        return None
    end = _run(doc, i + 3)
    while end > i + 3 and doc[end - 1].lower_ not in words().titles:
        end -= 1
    if end <= i + 3:
        return None
    if end < len(doc) and doc[end].lower_ == "for" and (after := _run(doc, end + 1)) > end + 1:
        end = after if _capital(doc[after - 1]) else end
    return Span(_leftmost(doc, i), end, "ORG", sure=True)


def _landed(doc: Doc, i: int, owned: Mapping[int, Span]) -> Span | None:
    """ "Special Court for Sierra Leone", "United Nations Mission in Liberia": a body by its land."""
    link = "for" if doc[i].lower_ in FOR_LAND else "in"
    first = _leftmost(doc, i)
    alone = first == i and doc[i].text != "Alternative"
    if alone or i + 2 >= len(doc) or doc[i + 1].lower_ != link:
        return None
    if not _capital(doc[i]) and link != "for":
        return None
    start = i + 2 + (doc[i + 2].lower_ == "the")
    start += start < len(doc) and doc[start].lower_ == "former"
    land = owned.get(start)
    if land is None or land.type != "STATE" or land.kind != "name" or land.first != start:
        return None
    return Span(first, land.last, "ORG", sure=True)


def _of_land(doc: Doc, i: int, owned: Mapping[int, Span]) -> Span | None:
    """ "Patriotic Union of Cuba": a party or league with the land in its name."""
    if i + 2 >= len(doc):
        return None
    first, land = _leftmost(doc, i), owned.get(i + 2 + (doc[i + 1 : i + 3].text.lower() == "of the"))
    whole = land is not None and land.type == "STATE" and land.kind == "name" and land.first > i
    if first == i or doc[i + 1].lower_ != "of" or land is None or not whole:
        return None
    stated = owned.get(first)
    owner = land.last < len(doc) and doc[land.last].text in MARKS
    own = stated is not None and (
        stated.type == "STATE" or fold(doc[first : i + 1].text) in load().organisations
    )
    return None if own or owner else Span(first, land.last, "ORG", sure=True)


def _begun(doc: Doc, i: int, owned: Mapping[int, Span]) -> Span | None:
    """ "Kata'ib Hezbollah": a body by the foreign noun that begins it."""
    last = i + 1
    while last < len(doc) and (
        _capital(doc[last]) or (doc[last].text in ("-", "al") and not dash(doc[last]))
    ):
        last += 1
    while not _capital(doc[last - 1]):
        last -= 1
    pieces = {id(owned[j]) for j in range(i, last) if j in owned}
    state = owned.get(last - 1)
    return Span(i, last, "ORG", sure=True) if len(pieces) > 1 and (state is None or not state.key) else None


def _lettered(doc: Doc, i: int, owned: Mapping[int, Span]) -> Span | None:
    """ "Al-Qaeda in the Islamic Maghreb (AQIM)": as many words as spell the letters in brackets."""
    if i + 2 >= len(doc) or doc[i + 2].text != ")" or not doc[i + 1].is_upper or not doc[i + 1].is_alpha:
        return None
    last = i - (i > 0 and doc[i - 1].text in MARKS)
    first = _spelt(doc, last, doc[i + 1].text)
    if first is None or last - first < 2 or doc[last - 1].lower_ in TREATIES:
        return None
    inner = {id(span): span for j in range(first, last) if (span := owned.get(j)) is not None}.values()
    whole = any(span.first == first and span.last == last for span in inner)
    if not inner or whole or load().state(doc[first:last].text):
        return None
    return Span(first, last, "ORG", sure=True)


def _spelt(doc: Doc, end: int, letters: str) -> int | None:
    """Where the words begin whose initials are these letters, with or without those of small words."""
    great = full = ""
    for j in range(end - 1, max(doc[end].sent.start, end - FARTHEST) - 1, -1):
        token = doc[j]
        if _capital(token):
            great, full = token.text[0] + great, token.text[0] + full
            if letters in (great, full):
                return j
        elif token.lower_ in SMALL:
            full = token.text[0].upper() + full
        elif token.text not in MARKS:
            return None
    return None


def _tied(doc: Doc, i: int, owned: Mapping[int, Span]) -> Span | None:
    """ "Pakistan Tehreek-e-Insaf": words that a small one between hyphens ties."""
    if i < 2 or i + 2 >= len(doc) or doc[i - 1].text != "-" or doc[i + 1].text != "-":
        return None
    first, last = i - 2, i + 3
    if not (_capital(doc[first]) and _capital(doc[last - 1])) or doc[i].whitespace_ or doc[i + 1].whitespace_:
        return None
    if doc[i].lower_ not in TIES and doc[first].lower_ not in TYING:
        return None
    first -= first > doc[i].sent.start and load().state(doc[first - 1].text) is not None
    last += last < len(doc) and _capital(doc[last]) and load().state(doc[last].text) is not None
    return Span(first, last, "ORG", sure=True)


def _ring(doc: Doc, i: int, owned: Mapping[int, Span]) -> Span | None:
    """ "the Zarbati network", "the Golfo cartel": criminals and fighters by their common noun."""
    name = owned.get(i - 1)
    if name is None or name.last != i or name.kind != "name" or name.key or not name.first:
        return None
    text = doc[name.first : i].text
    pointed = doc[name.first - 1].lower_ in ("the", "a", "an", "his") or doc[name.first - 1].pos_ == "ADJ"
    known = text.isupper() or fold(text) in load().outlets | load().companies
    follows = i + 1 < len(doc) and doc[i + 1].tag_ in ("NN", "NNS")
    return None if known or follows or not pointed else Span(name.first, i + 1, "ORG", sure=True)


def _cause(doc: Doc, i: int, owned: Mapping[int, Span]) -> Span | None:
    """ "the Just Stop Oil campaign", "the Open Russia movement": a slogan, or a land with its quality."""
    first = i
    while first > doc[i].sent.start and doc[first - 1].text.istitle() and doc[first - 1].lower_ != "the":
        first -= 1
    if first == i or not first or i - first < 2:
        return None
    qualified = doc[first].lower_ in QUALITIES and load().state(doc[first + 1 : i].text) is not None
    slogan = i - first > 2 and any(t.pos_ in ("VERB", "PRON", "ADV", "AUX") for t in doc[first:i])
    slogan = (
        slogan and doc[first - 1].lower_ in ("the", "'s", "a", "s") and load().state(doc[first].text) is None
    )
    return Span(first, i, "ORG", sure=True) if qualified or slogan else None


def _qualified(doc: Doc, i: int, owned: Mapping[int, Span]) -> Span | None:
    """ "Free Estonia, the biggest opposition party": a land with its quality, by what it is called beside."""
    land = owned.get(i + 1)
    if land is None or land.type != "STATE" or land.kind != "name" or land.first != i + 1:
        return None
    before = doc[i - 1].lower_ if i else ""
    beside = [t.lower_ for t in doc[land.last : land.last + NEAR]]
    told = (
        beside[:1] == [","]
        and beside[1:2] in (["the"], ["a"], ["an"], ["his"], ["her"])
        and "," in beside[1:]
    )
    told = told and not KINDS.isdisjoint(beside[1 : beside.index(",", 1)])
    return Span(i, land.last, "ORG", sure=True) if told or before in KINDS else None


def _paper(doc: Doc, i: int, owned: Mapping[int, Span]) -> Span | None:
    """ "the Rock Courier", "the Maltese Telegraph": a newspaper with its common noun."""
    first = i
    while first > doc[i].sent.start and doc[first - 1].text.istitle() and doc[first - 1].lower_ != "the":
        first -= 1
    pointed = first and doc[first - 1].lower_ == "the"
    goes_on = i + 1 < len(doc) and (doc[i + 1].pos_ == "PROPN" or doc[i + 1].text in ("-", "'s", "’s"))
    titled = any(t.lower_ in words().titles for t in doc[first:i])
    return (
        Span(first, i + 1, "ORG", sure=True) if pointed and first < i and not goes_on and not titled else None
    )


def _kind(doc: Doc, i: int, owned: Mapping[int, Span]) -> Span | None:
    """ "the environmental group Rivers of the Steppe": what a body's noun brings, with a small word."""
    last, top = i + 1, doc[i].sent.end
    inner = False
    while last < top:
        skip = last + 1 + (last + 1 < top and doc[last + 1].lower_ == "the")
        if _capital(doc[last]) and doc[last].pos_ in NAMING:
            last += 1
        elif (
            doc[last].text in ("of", "de", "del", "da")
            and i + 1 < last
            and skip < top
            and _capital(doc[skip])
        ):
            if _town(doc[skip].text):
                break
            last, inner = skip + 1, True
        else:
            break
    begins = last > i + 2 and len(doc[i + 1].text) == 1
    return Span(i + 1, last, "ORG", sure=True) if inner or begins else None


def _town(text: str) -> bool:
    """Whether a word names a state or town, where a body may sit."""
    places = load()
    return bool(places.state(text) or places.seat(text)) or fold(text) in places.cities


def _again(doc: Doc, known: Sequence[Span]) -> Iterator[Span]:
    """The other places where these names stand."""
    for span in known:
        text, length = doc[span.first : span.last].text, span.last - span.first
        for i in where(doc, [doc[span.first].text], "ORTH"):
            if i != span.first and doc[i : i + length].text == text:
                yield Span(i, i + length, "ORG", sure=True)


Rule = Callable[[Doc, int, Mapping[int, Span]], Span | None]
RULES: tuple[tuple[frozenset[str], bool | None, Rule], ...] = (
    (AIMS, True, _aim),
    (SEATS, True, _office),
    (frozenset({"government"}), True, _accord),
    (LANDED, None, _landed),
    (frozenset({"("}), None, _lettered),
    (frozenset({"'s", "'", "’s", "’"}), None, _owned),
    (TIES | {"ul", "ur", "ud", "us", "un"}, None, _tied),
    (RINGS, False, _ring),
    (CAUSES, False, _cause),
    (QUALITIES, True, _qualified),
    (OF_LAND, True, _of_land),
    (BEGUN, True, _begun),
    (PAPERS, True, _paper),
    (INTRODUCING, False, _kind),
)  # trigger words, whether they must have a capital, what they are a sign of
TRIGGERS = frozenset().union(*(table for table, _, _ in RULES))
