"""Word classes that tell a name from a title, a body from a place; and the span of a candidate."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from spacy.strings import get_string_id
from spacy.tokens import Doc, Token

from extract.gazetteer import split, table, word_class
from extract.model import ActorType, MentionKind


def among(name: str) -> frozenset[str]:
    """The words of a class of nominals.toml."""
    return word_class("nominals.toml", "classes", name)


def among_definites(name: str) -> frozenset[str]:
    """The words of a class of definites.toml."""
    return word_class("definites.toml", "classes", name)


def word_list(name: str) -> frozenset[str]:
    """The words that titles.toml gives for the names of bodies."""
    return word_class("titles.toml", "bodies", name)


def where(doc: Doc, forms: Iterable[str], attribute: str = "LOWER") -> list[int]:
    """The tokens of these (small) forms; looks at numbers, so a doc of any length costs next to nothing."""
    wanted = _numbers(frozenset(forms))
    return [i for i, form in enumerate(doc.to_array(attribute).tolist()) if form in wanted]


@lru_cache(maxsize=64)
def _numbers(forms: frozenset[str]) -> frozenset[int]:
    return frozenset(get_string_id(form) for form in forms)


def dash(token: Token) -> bool:
    """Whether a hyphen stands between blanks, as a dash: "LIMA - Soldiers"."""
    return (
        token.text in ("-", "--", "–", "—")
        and bool(token.whitespace_)
        and bool(token.i and token.nbor(-1).whitespace_)
    )


def opens(token: Token) -> bool:
    """Whether a word opens its sentence, as behind a dateline's blanks or a quotation mark."""
    first = token
    while not first.is_sent_start and first.i and (first.nbor(-1).is_space or first.nbor(-1).text == '"'):
        first = first.nbor(-1)
    return bool(first.is_sent_start)


OFFICES = frozenset(
    {"state", "health", "home", "staff", "treasury", "education", "agriculture", "homeland", "security"}
)
ROLE_WORDS = among("role_words")
PARTICLES = among("particles")
NOT_NAMES = among("not_names")


@dataclass(frozen=True, slots=True)
class Words:
    """The word classes that decide what a name is."""

    titles: frozenset[str]
    modifiers: frozenset[str]
    honorifics: frozenset[str]
    groups: frozenset[str]
    governments: frozenset[str]
    organisations: frozenset[str]
    places: frozenset[str]
    parts: frozenset[str]
    first_names: dict[str, str]


@lru_cache(maxsize=1)
def words() -> Words:
    """The packaged tables of titles and nominals."""
    titles, nominals = table("titles.toml"), table("nominals.toml")
    humans = [text for name, text in table("peoples.toml")["humans"].items() if name not in ("fleets", "kin")]
    heads = {word for name, text in titles["titles"].items() if name != "honorific" for word in split(text)}
    gender = {name: sex for sex in ("female", "male") for name in split(nominals["gender"][sex])}
    return Words(
        titles=frozenset(heads),
        modifiers=frozenset(split(titles["modifiers"]["words"])),
        honorifics=frozenset(split(titles["titles"]["honorific"])),
        groups=frozenset(word for text in (*nominals["groups"].values(), *humans) for word in split(text)),
        governments=frozenset(split(nominals["governments"]["words"])),
        organisations=frozenset(split(nominals["organisations"]["words"])),
        places=frozenset(split(nominals["places"]["words"])),
        parts=frozenset(split(titles["parts"]["words"])),
        first_names=gender,
    )


def title_case(doc: Doc, i: int) -> bool:
    """Whether the sentence is a headline with capitals throughout, where a capital proves nothing."""
    if next((t.text for t in reversed(doc[i].sent) if not t.is_space and t.text != '"'), "") in (
        ".",
        "!",
        "?",
    ):
        return False
    long = [token.text for token in doc[i].sent if token.is_alpha and len(token) > 3]
    return len(long) > 2 and sum(text[0].isupper() for text in long) > 0.7 * len(long)


def nucleus(doc: Doc, first: int, last: int) -> Token:
    """The noun that a name hangs by; where the parser lifts its "for" above it, the one before that."""
    root = doc[first:last].root
    if root.pos_ == "ADP" and root.i > first:
        return doc[first : root.i].root
    return root


@dataclass(slots=True)
class Span:
    """A candidate: token bounds, its type so far, and the actor's key when a table knows it."""

    first: int
    last: int
    type: ActorType
    kind: MentionKind = "name"
    key: str | None = None
    sure: bool = False
