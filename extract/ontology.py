"""What a verb or an event noun means: its PLOVER code, mode, and where its frame puts the two actors.

The tables are TOML (data/ontology.toml, verbs.toml, frames.toml, nouns.toml there), read once. A frame is a
lemma with what must stand beside it: a particle ("call off"), a preposition ("call … on"), an object ("strike
a deal"). The frame with the most matching parts wins, so "strike a deal with" agrees and "strike" attacks.

    words = load()
    words.verb("call", preposition="on").code                          REQUEST
    words.verb("strike", object_lemma="deal").code                     AGREE
    words.noun("attack").targets                                       ('on', 'against', …)
    words.compose(words.light("launch"), words.noun("attack")).code    ASSAULT
    words.compose(words.light("suspend"), words.noun("aid")).code      SANCTION
    words.under(words.verb("threaten"), words.verb("attack")).code     THREATEN

PLOVER: Halterman et al., PLOVER and POLECAT (2023); codes of its 2021 version, with SAY, ROLE and OTHER ours.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal, TypeVar, cast, get_args

from extract.errors import VocabularyError
from extract.model import Code, Status

Quad = Literal["verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"]
CODES: frozenset[str] = frozenset(get_args(Code))
STATUSES: frozenset[str] = frozenset(get_args(Status))
CONTROLS = frozenset({"subject", "object"})
OBJECT = "object"
DATA = Path(__file__).parent / "data"
TABLES = ("ontology.toml", "verbs.toml", "frames.toml", "nouns.toml")

# Words that complete a verb as a particle does: "took X hostage", "found X guilty".
COMPLEMENTS = frozenset(
    {
        "hostage",
        "captive",
        "prisoner",
        "responsible",
        "guilty",
        "accountable",
        "liable",
        "dead",
        "free",
        "no",
        "yes",
        "sorry",
        "packing",
        "unconscious",
        "incommunicado",
        "afloat",
        "offline",
    }
)

PREFIXES = frozenset({"co", "half", "majority", "part", "re"})  # what leaves a verb its sense: "re-elect"

FLAGS = frozenset({"symmetric", "reverse", "reports", "overrides"})
SENSE_KEYS = FLAGS | {"lemmas", "needs", "code", "mode", "target", "place", "source", "complement", "control"}
KEYS = {
    "verb": SENSE_KEYS | {"objects"},
    "noun": SENSE_KEYS,
    "light": frozenset({"lemmas", "needs", "reverse", "cooperation", "conflict", "status"}),
}

VerbFrame = tuple[str, str | None, str | None, str | None]  # lemma, particle, preposition, object
NounFrame = tuple[str, str | None]  # lemma, preposition
Frame = TypeVar("Frame", VerbFrame, NounFrame)
Meaning = TypeVar("Meaning", "Sense", "Light")


@dataclass(frozen=True, slots=True)
class Sense:
    """What a verb or event noun means in one frame.

    `targets` names the slots that bring the target, best first: "object", a preposition, "owner" (whoever
    the object belongs to: "praised Haiti's efforts", "rejected an Israeli offer") or "clause" (the subject
    of its complement clause: "demanded that Israel withdraw"). `places` are those slots whose target may
    be a PLACE; `sources` the prepositions that bring the source (for a noun: "pressure from", "visit of";
    for a reversed verb: "learned from").
    `reverse`: the subject (a noun's possessor) is the target: "fall to", "Gaddafi's murder".
    `reports`: its subject speaks ("say"). `complement`: status of an event in its complement clause or
    noun, None when it leaves it alone. `control`: who does what an infinitive under it tells, "subject"
    (vow to) or "object" (ask X to). `overrides`: its code names the event under it too ("threatened to
    attack" is THREATEN).
    """

    code: Code
    mode: str | None = None
    symmetric: bool = False
    targets: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    reverse: bool = False
    reports: bool = False
    complement: Status | None = None
    control: Literal["subject", "object"] | None = None
    overrides: bool = False


@dataclass(frozen=True, slots=True)
class Light:
    """A verb whose event noun carries the sense: "hold talks", "come under attack", "call off a visit".

    `cooperation` and `conflict` are the codes it gives to a noun of that half of PLOVER, None keeps the
    noun's own ("suspend aid" is SANCTION, "lift sanctions" is CONCEDE). `reverse`: its subject suffers the
    event ("received support from"). `status` is what it makes of the event ("plan a visit": future).
    """

    reverse: bool = False
    cooperation: Code | None = None
    conflict: Code | None = None
    status: Status | None = None


@dataclass(frozen=True)
class Ontology:
    """The tables in memory, keyed by lemma, particle, preposition and object."""

    quads: Mapping[str, Quad]
    verbs: Mapping[VerbFrame, Sense]
    nouns: Mapping[NounFrame, Sense]
    lights: Mapping[NounFrame, Light]

    @cached_property
    def idioms(self) -> Mapping[str, frozenset[str]]:
        """What makes an idiom of a verb, by its lemma: "put" with "on trial", "hold" with "hostage"."""
        found: dict[str, set[str]] = defaultdict(set)
        for lemma, part, _, _ in self.verbs:
            if part is not None and (" " in part or part in COMPLEMENTS):
                found[lemma].add(part)
        return {lemma: frozenset(parts) for lemma, parts in found.items()}

    @cached_property
    def things(self) -> frozenset[str]:
        """Objects of two words that make a frame: "rescue team"."""
        return frozenset(obj for _, _, _, obj in self.verbs if obj is not None and " " in obj)

    def verb(
        self,
        lemma: str,
        *,
        particle: str | None = None,
        preposition: str | None = None,
        object_lemma: str | None = None,
    ) -> Sense | None:
        """The verb's sense in this frame; a particle and a preposition may stand for each other."""
        for obj in (object_lemma, None) if object_lemma else (None,):
            for part, prep in _beside(particle, preposition):
                if sense := self.verbs.get((lemma, part, prep, obj)):
                    return sense
        prefix, _, bare = lemma.partition("-")
        if bare and prefix in PREFIXES:
            return self.verb(bare, particle=particle, preposition=preposition, object_lemma=object_lemma)
        return None

    def noun(self, lemma: str, *, preposition: str | None = None) -> Sense | None:
        """The event noun's sense, with the preposition's own where it has one ("talk of", "talk with")."""
        return self.nouns.get((lemma, preposition)) or self.nouns.get((lemma, None))

    def light(
        self, lemma: str, *, particle: str | None = None, preposition: str | None = None
    ) -> Light | None:
        """The light verb, if it is one: "call off" and "come under" need their particle or preposition."""
        words = [word for word in (particle, preposition) if word]
        return next((self.lights[lemma, w] for w in (*words, None) if (lemma, w) in self.lights), None)

    def light_of(self, lemma: str, particle: str | None, preposition: str) -> Light | None:
        """The light verb whose event noun follows a preposition: "come under", "walk out of"."""
        return self.lights.get((lemma, preposition)) or self.lights.get((lemma, f"{particle} {preposition}"))

    def compose(self, light: Light, noun: Sense) -> Sense:
        """What the light verb makes of the noun: `complement` is then the event's status, None for actual.

        A changed code names the verb's own deed ("refused talks" is an actual REJECT): no status.
        """
        half = (self.quad(noun.code) or "").partition("-")[2]
        code = {"cooperation": light.cooperation, "conflict": light.conflict}.get(half) or noun.code
        if code != noun.code:
            return replace(
                noun, code=code, mode=None, symmetric=False, reverse=light.reverse, complement=None
            )
        return replace(noun, reverse=light.reverse, complement=light.status)

    def under(self, governor: Sense, event: Sense, *, negated: bool = False) -> Sense:
        """The event's sense under a governing verb: "agreed to withdraw", "vowed to attack" (a threat).

        Negated: whether it is promised not to do it ("pledged not to attack").
        """
        if not governor.overrides:
            return event
        ill = (self.quad(event.code) or "").endswith("conflict")
        code: Code = "THREATEN" if governor.code == "AGREE" and ill and not negated else governor.code
        return replace(event, code=code, mode=governor.mode)

    def quad(self, code: Code) -> Quad | None:
        """PLOVER's quarter of the code; None for SAY, ROLE and OTHER."""
        return self.quads.get(code)


def _beside(particle: str | None, preposition: str | None) -> Iterator[tuple[str | None, str | None]]:
    """Pairs to look up, most specific first: parsers label "on" in "call on" either way."""
    if particle and preposition:
        yield particle, preposition
    for word in (particle, preposition):
        if word:
            yield word, None
            yield None, word
    yield None, None


def load(vocabulary: Path | None = None) -> Ontology:
    """The package's tables, a user's own (same format) laid over them; VocabularyError on a wrong one."""
    own = _packaged()
    if vocabulary is None:
        return own
    extra = _parse(_read(vocabulary), str(vocabulary))
    return Ontology(
        quads=own.quads,
        verbs={**own.verbs, **extra.verbs},
        nouns={**own.nouns, **extra.nouns},
        lights={**own.lights, **extra.lights},
    )


@lru_cache(maxsize=1)
def _packaged() -> Ontology:
    parts = [_parse(_read(DATA / name), name) for name in TABLES]
    return Ontology(
        quads={k: v for part in parts for k, v in part.quads.items()},
        verbs={k: v for part in parts for k, v in part.verbs.items()},
        nouns={k: v for part in parts for k, v in part.nouns.items()},
        lights={k: v for part in parts for k, v in part.lights.items()},
    )


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise VocabularyError(f"{path}: can't be read ({error.strerror or error})") from error
    except ValueError as error:
        raise VocabularyError(f"{path}: not a TOML file: {error}") from error
    except RecursionError:
        raise VocabularyError(f"{path}: nested too deep") from None


def _parse(tables: Mapping[str, Any], where: str) -> Ontology:
    if unknown := set(tables) - {"quad", "mode", "verb", "noun", "light"}:
        raise VocabularyError(f"{where}: unknown table [{min(unknown)}]; use [[verb]], [[noun]] or [[light]]")
    table = tables.get("quad", {})
    if not isinstance(table, dict) or not all(isinstance(codes, str) for codes in table.values()):
        raise VocabularyError(f"{where}: [quad] has a text of codes under each class")
    quads = {code: cast(Quad, quad) for quad, codes in table.items() for code in codes.split()}
    verbs: dict[VerbFrame, Sense] = {}
    nouns: dict[NounFrame, Sense] = {}
    lights: dict[NounFrame, Light] = {}
    for group, at in _groups(tables, "verb", where):
        _add(verbs, _verb_frames(group, at), _sense(group, at), at)
    for group, at in _groups(tables, "noun", where):
        _add(nouns, _noun_frames(group, at), _sense(group, at), at)
    for group, at in _groups(tables, "light", where):
        _add(lights, _light_frames(group, at), _light(group, at), at)
    return Ontology(quads=quads, verbs=verbs, nouns=nouns, lights=lights)


def _groups(tables: Mapping[str, Any], kind: str, where: str) -> Iterator[tuple[dict[str, Any], str]]:
    """The groups of one kind, checked, with their place: "verbs.toml: [[verb]] 3 (accuse …)"."""
    groups = tables.get(kind, [])
    if not isinstance(groups, list):
        raise VocabularyError(f"{where}: write [[{kind}]] with two brackets")
    for number, group in enumerate(groups, 1):
        if not isinstance(group, dict):
            raise VocabularyError(f"{where}: write [[{kind}]] with two brackets")
        lemmas: Any = group.get("lemmas")
        at = f"{where}: [[{kind}]] {number}" + (
            f" ({lemmas.split(',')[0].strip()} …)" if isinstance(lemmas, str) else ""
        )
        for key, value in group.items():
            if key not in KEYS[kind]:
                raise VocabularyError(f"{at}: unknown key {key!r}; known: {', '.join(sorted(KEYS[kind]))}")
            if not isinstance(value, bool if key in FLAGS else str):
                raise VocabularyError(f"{at}: {key} must be {'true or false' if key in FLAGS else 'text'}")
        if not _list(group, "lemmas"):
            raise VocabularyError(f"{at}: lemmas are missing")
        if lemmas != lemmas.lower():
            raise VocabularyError(f"{at}: lemmas must be in small letters")
        yield group, at


def _list(group: Mapping[str, str], key: str) -> tuple[str, ...]:
    return tuple(" ".join(word.split()) for word in group.get(key, "").split(",") if word.strip())


def _verb_frames(group: Mapping[str, str], at: str) -> Iterator[VerbFrame]:
    for entry in _list(group, "lemmas"):
        lemma, _, particle = entry.partition(" ")
        for need in _list(group, "needs") or (None,):
            for obj in _list(group, "objects") or (None,):
                yield lemma, particle or None, need, obj


def _noun_frames(group: Mapping[str, str], at: str) -> Iterator[NounFrame]:
    return ((lemma, need) for lemma in _list(group, "lemmas") for need in _list(group, "needs") or (None,))


def _light_frames(group: Mapping[str, str], at: str) -> Iterator[NounFrame]:
    for entry in _list(group, "lemmas"):
        lemma, _, particle = entry.partition(" ")
        for need in _list(group, "needs") or (particle or None,):
            yield lemma, need


def _add(into: dict[Frame, Meaning], frames: Iterator[Frame], meaning: Meaning, at: str) -> None:
    for frame in frames:
        if frame in into:
            name = " ".join(filter(None, frame))
            raise VocabularyError(f"{at}: {name!r} has two senses; tell them apart by needs or objects")
        into[frame] = meaning


def _sense(group: Mapping[str, Any], at: str) -> Sense:
    verb_slots = _list(group, "needs") if "needs" in group else (OBJECT,)
    return Sense(
        code=cast(Code, _one_of(group, "code", CODES, at)),
        mode=group.get("mode"),
        symmetric=group.get("symmetric", False),
        targets=_list(group, "target") if "target" in group else verb_slots,
        places=_list(group, "place"),
        sources=_list(group, "source"),
        reverse=group.get("reverse", False),
        reports=group.get("reports", False),
        complement=cast(Status, _one_of(group, "complement", STATUSES, at))
        if "complement" in group
        else None,
        control=cast(Any, _one_of(group, "control", CONTROLS, at)) if "control" in group else None,
        overrides=group.get("overrides", False),
    )


def _light(group: Mapping[str, Any], at: str) -> Light:
    code = {half: _one_of(group, half, CODES, at) for half in ("cooperation", "conflict") if half in group}
    return Light(
        reverse=group.get("reverse", False),
        cooperation=cast(Any, code.get("cooperation")),
        conflict=cast(Any, code.get("conflict")),
        status=cast(Status, _one_of(group, "status", STATUSES, at)) if "status" in group else None,
    )


def _one_of(group: Mapping[str, Any], key: str, known: frozenset[str], at: str) -> str:
    value = group.get(key)
    if value not in known:
        raise VocabularyError(f"{at}: {key} is {value!r}; known: {', '.join(sorted(known))}")
    return str(value)
