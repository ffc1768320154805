"""How far a title phrase reaches: leftwards over modifiers and owners, rightwards through its prepositions.

"the deputy head of the foreign ministry's press department" runs from `deputy` to `department` and is tied
by "of" to the ministry. The small model's parse of titles is unreliable, so tags and word classes decide.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from extract.actors import words
from extract.coreference import Cast
from extract.gazetteer import split, table
from extract.joining import CHARGED, charges
from extract.model import Mention

TITLES = table("titles.toml")


def word_class(group: str, name: str) -> frozenset[str]:
    """One of the word lists of titles.toml."""
    return frozenset(split(TITLES[group][name]))


PREPOSITIONS = frozenset({"of", "for", "at", "in", "from", "to", "with", "on", "within", "representing"})
INWARD = frozenset({"of", "within", "to", "with"})  # what a body is a part or an ally by
WIDE = 18  # tokens that a title phrase reaches to one side
SHADED = frozenset({"VBN", "VBG", "JJ", "HYPH"})  # what an adverb inside a title stands before
TIMES = frozenset({"since", "until", "from", "in", "for", "during"})
HYPHENED = word_class("around", "hyphened")
SEEKERS = frozenset({"candidate", "nominee", "contender", "hopeful", "frontrunner", "front-runner"})
TIME = frozenset({"hour", "day", "week", "month", "year", "minute", "time", "moment"})
POSSESSIVES = frozenset({"'s", "'"})
AGES = frozenset({"year", "old", "years", "month", "-"})
LOCAL = word_class("kinds", "local")
SPORT = word_class("kinds", "sport")
EXCLUDED = word_class("kinds", "dwellers")
BODIES = word_class("kinds", "bodies")
CREEDS = word_class("kinds", "creeds")
PARTISANS = word_class("kinds", "partisans")


def _starting(doc: Doc, cast: Cast, i: int, title: int) -> Mention | None:
    """The widest mention that begins at the token and does not swallow the title itself."""
    found = (m for m in cast.covering(i) if m.first == i and not m.first <= title < m.last)
    mention = next(found, None)
    return None if mention is None or _prefixed(doc, mention) else mention


def rightwards(
    doc: Doc, title: int, holder: Mention, cast: Cast, stop: int | None
) -> tuple[int, list[tuple[str, Mention]]]:
    """Where the phrase ends, through its prepositional phrases, and the targets these bring."""
    top = min(doc[title].sent.end, title + WIDE, len(doc) if stop is None else stop)
    end = _past_titles(doc, title + 1, top)
    found: list[tuple[str, Mention]] = []
    while end < top and doc[end].lower_ in PREPOSITIONS | TIMES:
        preposition = doc[end].lower_
        if doc[title].lower_ in CHARGED and end + 1 < top:
            start = end + 1 + (doc[end + 1].lower_ == "the")
            if (past := charges(doc, start, top)) > start:
                end = past
                continue
        last, targets = _object(doc, end + 1, top, title, holder, cast)
        if last == end + 1 or _sought(doc[title], doc[end + 1 : last]):
            break
        if not targets and doc[last - 1].lemma_ in TIME:
            return last, found
        nearer = preposition == "of" and _whole(found, targets)
        if not found or nearer or preposition == "to":
            found = [] if nearer else found
            found += [
                (preposition, m) for m in targets if _ties(doc[title], preposition, m, holder, bool(found))
            ]
        end = last
    return end, found


def _whole(found: list[tuple[str, Mention]], targets: list[Mention]) -> bool:
    """Whether the body comes behind a mere place: "chairwoman of the Oslo branch of Human Rights Watch"."""
    bodies = bool(found) and bool(targets) and all(mention.type == "ORG" for mention in targets)
    return bodies and all(mention.type == "PLACE" for _, mention in found)


def _sought(title: Token, inner: Span) -> bool:
    """Whether the inner title is only run for: "a candidate for president of Chile"."""
    seeks = title.lemma_.lower() in SEEKERS
    return seeks and any(token.lower_ in words().titles for token in inner)


def _past_titles(doc: Doc, i: int, top: int) -> int:
    """Past what goes on in a title: "general", "-elect", "and CEO", "in chief"."""
    while i < top:
        joined = doc[i].lower_ in ("and", "in", "of", "&") and i + 1 < top
        if joined and (
            doc[i + 1].lower_ in words().titles or doc[i + 1].lower_ in ("chief", "command", "staff")
        ):
            if doc[i].lower_ == "of" and doc[i + 1].lower_ not in ("staff", "state"):
                return i
            i += 2
        elif doc[i].lower_ in words().titles | {"general", "-", "designate", "elect"}:
            i += 1
        else:
            return i
    return i


def _ties(title: Token, preposition: str, target: Mention, holder: Mention, second: bool) -> bool:
    """Whether the preposition brings a body the role belongs to, not where or when it is held."""
    lemma = title.lemma_.lower()
    if holder.type != "PERSON" and (target.type == "PLACE" or preposition not in INWARD):
        return target.type == "ORG" and preposition in ("in", "for")
    if target.type == "PLACE":
        local = lemma in LOCAL | PARTISANS and preposition in ("of", "for", "from", "in")
        return local or (preposition == "of" and lemma not in EXCLUDED)
    if preposition == "on":
        return target.type == "ORG"
    if target.type == "STATE":
        return preposition not in ("at", "since", "until", "during") and not (second and preposition != "to")
    return preposition not in ("since", "until", "during")


def _object(doc: Doc, i: int, top: int, title: int, holder: Mention, cast: Cast) -> tuple[int, list[Mention]]:
    """The end of the noun phrase after a preposition, and its actors: its head, else who owns the head."""
    start = i
    owner: Mention | None = None
    last: Mention | None = None
    while i < top:
        mention, token = _starting(doc, cast, i, title), doc[i]
        if mention is not None and last is not None and last.kind != "adjective":
            break
        if mention is not None and mention.kind == "pronoun":
            owner, last, i = (mention if mention.name != holder.name else owner), None, mention.last
        elif mention is not None:
            last, i = mention, mention.last
        elif token.text in POSSESSIVES:
            owner, last, i = last or owner, None, i + 1
        elif _nominal(doc, i, start) and (last is None or token.lower_ != "and"):
            owner, last, i = owner or _modifying(last, token), None, i + 1
        elif last is not None and token.text == "(" and (close := _closing(doc, i)) is not None:
            i = close + 1
        else:
            break
    if last is not None and last.kind != "adjective" and last.name != holder.name:
        more, i = _joined_objects(doc, i, top, title, last, cast)
        if last.type == "PLACE" and _branch(doc, i, top):
            return i + 1, []
        return i, [last, *more]
    named = _named_after(doc, i, top, title, cast) or _holder_after(doc, i, top, title, holder, cast)
    if named is not None:
        return named.last, [named]
    return i, [owner] if owner is not None and owner.name != holder.name else []


def _branch(doc: Doc, i: int, top: int) -> bool:
    """Whether places only tell which part of a body it is: "the Middle East and Africa division of HRW"."""
    return i + 1 < top and doc[i].lower_ in words().parts and doc[i + 1].lower_ == "of"


def _modifying(mention: Mention | None, noun: Token) -> Mention | None:
    """The actor that a name before a common noun brings: "the Boeing unit", "the Syrian regime"."""
    if mention is None or _no_body(mention) or noun.lower_ in words().titles:
        return None
    if mention.kind != "adjective":
        return mention
    return mention if noun.lemma_.lower() in words().governments else None


def _named_after(doc: Doc, i: int, top: int, title: int, cast: Cast) -> Mention | None:
    """The body that a common noun introduces: "of the group's political wing, Sinn Fein"."""
    body = doc[i - 1].lemma_.lower() in BODIES | words().parts | words().organisations
    if not body or i >= top or (doc[i].text != "," and doc[i].lower_ not in ("called", "named", "dubbed")):
        return None
    start = i + 1 + (i + 1 < top and doc[i + 1].lower_ == "the")
    mention = _starting(doc, cast, start, title) if start < top else None
    return mention if mention is not None and mention.type == "ORG" and mention.kind == "name" else None


def _holder_after(doc: Doc, i: int, top: int, title: int, holder: Mention, cast: Cast) -> Mention | None:
    """Who holds the office that a title ends in: "Karin Dahl, a sister of the mayor, Jan Brandt"."""
    told = holder.last <= title < i - 1 and doc[i - 1].lower_ in words().titles
    if not told or i + 1 >= top or doc[i].text != ",":
        return None
    mention = _starting(doc, cast, i + 1, title)
    named = mention is not None and (mention.type, mention.kind) == ("PERSON", "name")
    return mention if named and mention is not None and doc[mention.head].dep_ == "appos" else None


def _nominal(doc: Doc, i: int, start: int) -> bool:
    """Whether the token goes on in a noun phrase that began at `start`."""
    token = doc[i]
    if token.pos_ == "DET" or token.tag_ == "PRP$":
        return i == start
    if token.pos_ in ("NOUN", "PROPN", "ADJ", "NUM") or token.text in ("-", "&"):
        return not token.is_space
    if token.tag_ in ("VBN", "VBG"):
        return token.dep_ in ("amod", "compound") or (i > start and doc[i - 1].text == "-")
    if token.tag_ == "RB":
        return i + 1 < len(doc) and doc[i + 1].tag_ in SHADED
    return token.lower_ == "and" and i > start and _goes_on(doc, i + 1)


def _goes_on(doc: Doc, i: int) -> bool:
    """Whether "and" joins two common nouns inside one phrase, "trade and industry", not two titles."""
    if i >= len(doc) or doc[i].pos_ not in ("NOUN", "ADJ") or not doc[i].text.islower():
        return False
    return not any(token.lower_ in words().titles for token in doc[i : i + 4])


def _closing(doc: Doc, i: int) -> int | None:
    return next((j for j in range(i + 1, min(i + 6, len(doc))) if doc[j].text == ")"), None)


def _joined_objects(
    doc: Doc, i: int, top: int, title: int, first: Mention, cast: Cast
) -> tuple[list[Mention], int]:
    """ "of Syria, Iraq and Iran": further actors of one kind, as far as an "and" closes the list."""
    more: list[Mention] = []
    j, end = i, i
    while j < top and doc[j].text in (",", "and", "&"):
        closing = doc[j].text != ","
        j += 1 + (doc[j].text == "," and j + 1 < top and doc[j + 1].lower_ == "and")
        closing = closing or doc[j - 1].lower_ == "and"
        j += j < top and doc[j].lower_ == "the"
        mention = _starting(doc, cast, j, title) if j < top else None
        if mention is None or mention.type != first.type or mention.kind == "adjective":
            break
        if mention.last < len(doc) and doc[mention.last].text in POSSESSIVES:
            break
        more.append(mention)
        j = mention.last
        if closing:
            return more, j
    return [], end


def leftwards(doc: Doc, title: int, cast: Cast) -> int:
    """Where the phrase begins: over modifiers, affiliations, possessives and joined titles."""
    first, floor = title, max(doc[title].sent.start, title - WIDE)
    while first - 1 >= floor:
        before = _step_left(doc, first, title, cast)
        if before is None:
            break
        owner = cast.at(before)
        first = max(before, floor)
        if owner is not None and owner.type == "PERSON" and owner.last <= title:
            break
    return first


def _step_left(doc: Doc, first: int, title: int, cast: Cast) -> int | None:
    token = doc[first - 1]
    inner = next(
        (m for m in cast.covering(first - 1) if not m.first <= title < m.last and m.last == first), None
    )
    if inner is not None and not _no_body(inner):
        owned = doc[inner.last].text in POSSESSIVES
        pronoun = inner.kind == "pronoun"
        if pronoun:
            return inner.first if token.tag_ == "PRP$" else None
        modifies = doc[inner.head].dep_ in ("compound", "nmod") and inner.kind == "name"
        return inner.first if inner.type != "PERSON" or owned or modifies else None
    if token.text == ")" and first < title + 1:
        opening = next((i for i in range(first - 2, max(first - 6, 0), -1) if doc[i].text == "("), None)
        return opening if opening is not None and cast.at(opening + 1) is not None else None
    plain = token.pos_ in ("ADJ", "NOUN", "PROPN") and not token.is_space
    plain = plain or (token.tag_ == "CD" and first - 2 >= 0 and doc[first - 2].tag_ == "PRP$")
    if plain or token.text in ("-", "/") or token.text in POSSESSIVES or token.lower_ in AGES:
        return first - 1
    if token.lower_ in words().modifiers and token.text not in ("of", "and") and not _acts(token):
        return first - 1
    if (
        token.tag_ in ("VBN", "VBG", "RB", "CD")
        and first < title + 1
        and _describing(doc, first - 1, title, cast)
    ):
        return first - 1
    if token.lower_ == "whose":
        return first - 1
    return first - 1 if token.lower_ == "and" and first >= 2 and _joined_title(doc, first, cast) else None


def _describing(doc: Doc, i: int, title: int, cast: Cast) -> bool:
    """Whether a participle, adverb or number describes the title: "newly elected", "54-year-old"."""
    token = doc[i]
    if token.tag_ == "CD":
        return doc[i + 1].text == "-" or (i > 0 and doc[i - 1].lower_ in ("the", "number"))
    if token.tag_ == "RB":
        return doc[i + 1].tag_ in SHADED
    return token.dep_ in ("amod", "compound", "nmod") or (i > 0 and doc[i - 1].text in ("-", "'s"))


def _joined_title(doc: Doc, first: int, cast: Cast) -> bool:
    before = doc[first - 2]
    return before.lower_ in words().titles or (
        cast.at(first - 2) is not None and doc[first - 2].pos_ == "ADJ"
    )


def left_targets(doc: Doc, cast: Cast, first: int, title: int) -> Iterator[Mention]:
    """The affiliations that stand before the title."""
    if doc[first].lower_ == "whose":
        end = first - 1 if first and doc[first - 1].text == "," else first
        end -= doc[end - 1].text == ")"
        antecedent = next((m for m in cast.covering(end - 1) if m.last == end), None)
        if antecedent is not None:
            yield antecedent
    for mention in cast.inside(first, title + 1):
        swallows = mention.first <= title < mention.last
        if swallows or (mention.kind == "nominal" and mention.type == "PERSON"):
            continue
        inside_other = any(
            m is not mention and not m.first <= title < m.last and m.first >= first and m.last <= title
            for m in cast.covering(mention.first)
            if m.last - m.first > mention.last - mention.first
        )
        place = mention.type == "PLACE" and not _regional(doc, title)
        if not inside_other and not place and not _prefixed(doc, mention) and not _no_body(mention):
            yield mention


def _acts(token: Token) -> bool:
    """Whether it is no modifier but the clause's verb: "Congress ousted President X"."""
    return token.tag_ == "VBD" and any(
        c.dep_ in ("nsubj", "nsubjpass") and c.i < token.i for c in token.children
    )


def _regional(doc: Doc, title: int) -> bool:
    """Whether a place can have such an officer or player: a mayor, an attorney general, a striker."""
    heads = {token.lemma_.lower() for token in doc[max(title - 1, 0) : title + 1]}
    return bool(heads & (LOCAL | SPORT | PARTISANS))


def _no_body(mention: Mention) -> bool:
    """Whether it is a creed, a part of the world or a mere modifier, to which nobody holds an office."""
    low = mention.text.lower()
    return (mention.type == "GROUP" and low in CREEDS) or low in words().modifiers


def _prefixed(doc: Doc, mention: Mention) -> bool:
    """Whether it is only what the title is for, against or from: "pro-Russian", "Iranian-born"."""
    before = doc[mention.first - 2].lower_ if mention.first > 1 and doc[mention.first - 1].text == "-" else ""
    after = (
        doc[mention.last + 1].lower_ if mention.last + 1 < len(doc) and doc[mention.last].text == "-" else ""
    )
    return before in ("pro", "anti", "non") or after in HYPHENED
