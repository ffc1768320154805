"""What kind of statement a claim is, and who makes it.

"Russia denied bombing Aleppo"             negated
"Kerry will meet Lavrov"                   future
"if Turkey attacks the YPG"                hypothetical
"Assad used gas, HRW said"                 said by HRW
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Doc, Token

from extract import clauses
from extract.binding import SAYS
from extract.claims import Claim
from extract.coreference import SUBJECTS, Cast, quotations
from extract.events import topmost
from extract.grammar import among
from extract.model import Mention, Status
from extract.ontology import Ontology
from extract.parties import actors_at, agents, measured
from extract.subjects import person_above, subject_tokens

FUTURE = frozenset({"will", "'ll", "shall", "wo"})
MAYBE = frozenset({"would", "could", "may", "might", "should", "can", "must", "ought", "ca", "'d"})
IF = frozenset({"if", "unless", "whether", "lest"})
NEGATIONS = frozenset({"not", "n't", "never", "no", "neither", "nor", "hardly", "cannot"})
COMING = among("coming")
POSSIBLE = frozenset(
    [
        "possible",
        "potential",
        "alleged",
        "likely",
        "hypothetical",
        "threatened",
        "prospective",
        "would-be",
        "conceivable",
    ]
)
AHEAD = among("ahead")
DOUBTFUL = among("doubtful")
STAYING = frozenset({"host", "tour", "visit"})
RANKS = frozenset(
    {"first", "second", "third", "fourth", "fifth", "sixth", "last", "latest", "only", "youngest", "oldest"}
)
DONE = frozenset({"manage", "begin", "start", "continue", "help", "come", "go", "stop", "cease", "dare"})
PERHAPS = frozenset({"possibly", "perhaps", "maybe", "allegedly", "supposedly"})
BELIEFS = frozenset({"believe", "think", "suspect", "allege", "presume", "rumor", "rumour", "suppose"})
MOTION = among("motion")
JOURNEYS = MOTION | among("journeys")
FORCING = among("forcing")
SETTING_OUT = among("setting_out")
COMBINING = frozenset({"combine", "team", "unite", "use"})
PROMISED = frozenset({"AID", "SUPPORT", "CONCEDE", "COOPERATE", "RETREAT"})
DENYING = among("denying")
TALES = among("tales")
FEARED = among("feared")
UNDONE = frozenset({"absence", "cancellation", "denial", "lack", "non-existence", "postponement"})
UNTRUE = frozenset({"untrue", "false", "incorrect", "wrong", "impossible", "inconceivable", "unthinkable"})
INVERTED = frozenset({"should", "had", "were"})
CHARGING = frozenset({"accuse", "charge", "suspect", "blame"})
DENIALS = frozenset({"deny", "refuse", "decline", "fail", "reject", "avoid", "forbid", "prevent", "prohibit"})


def status_of(trigger: Token, words: Ontology) -> Status:
    """The status of what a verb or event noun tells, by its own words and by those it hangs on."""
    if trigger.pos_ in ("NOUN", "PROPN"):
        return _noun_status(trigger, words)
    return _verb_status(trigger, words)


def _noun_status(noun: Token, words: Ontology) -> Status:
    low = {child.lower_ for child in noun.children}
    if low & NEGATIONS:
        return "negated"
    own: Status = "future" if low & COMING else "hypothetical" if low & (POSSIBLE | {"any"}) else "actual"
    if own == "actual" and noun.dep_ == "pobj" and noun.head.lower_ in ("of", "about", "for"):
        own = _doubted(noun.head.head) or own
    verb = _carrier(noun)
    if verb is None:
        return own
    sense = words.verb(verb.lemma_.lower(), particle=clauses.particle(verb))
    light = words.light(verb.lemma_.lower(), particle=clauses.particle(verb))
    above = _verb_status(verb, words)
    if (
        own == above == "actual"
        and noun.dep_ == "pobj"
        and noun.head.lower_ == "for"
        and verb.lemma_ in AHEAD
    ):
        return "future"
    if light is not None and light.cooperation == "REJECT" and clauses.has(verb, "neg"):
        return "hypothetical"
    tells = light is not None or verb.lemma_ == "have" or noun.dep_ not in ("dobj", "nsubjpass")
    if above != "actual" and tells:
        return above if own == "actual" or above == "negated" else own
    if noun.dep_ in ("dobj", "nsubjpass") and light is not None:
        event = words.noun(noun.lemma_.lower())
        code = words.compose(light, event).code if event is not None else None
        told = event is not None and code != event.code and code in ("REJECT", "THREATEN")
        return own if told else light.status or own
    if noun.dep_ == "dobj" and sense is not None and sense.complement is not None and own == "actual":
        return sense.complement
    return own


def _doubted(above: Token) -> Status | None:
    """What a noun makes of the deed behind it: "fears of an attack", "denied responsibility for it"."""
    denied = above.lemma_ == "responsibility" and above.dep_ == "dobj" and above.head.lemma_ in DENYING
    if denied or above.lemma_ in UNDONE:
        return "negated"
    return "hypothetical" if above.lemma_ in FEARED else None


def _carrier(noun: Token) -> Token | None:
    """The light verb or clause that an event noun is told by."""
    for child in noun.children:
        if child.dep_ in ("acl", "relcl") and clauses.is_verb(child):
            return child
    while measured(noun):
        noun = noun.head.head
    head = noun.head
    while head.dep_ == "conj" and head.pos_ == "NOUN":
        head = head.head
    if noun.dep_ in ("dobj", "nsubjpass", "nsubj", "attr") and (clauses.is_verb(head) or head.pos_ == "AUX"):
        return head
    if noun.dep_ == "pobj" and (clauses.is_verb(head.head) or head.head.pos_ == "AUX"):
        return head.head if head.lower_ in ("in", "into", "under", "for", "to", "on") else None
    return None


def _verb_status(verb: Token, words: Ontology, depth: int = 0) -> Status:
    own = _own_status(verb)
    if own == "negated" or depth > 6:
        return own
    above = _above(verb, words, depth)
    if above == "negated" or own == "actual":
        return above
    return "hypothetical" if above == "hypothetical" else own


def _own_status(verb: Token) -> Status:
    found: Status = "actual"
    for child in verb.children:
        if child.dep_ == "neg" or (
            child.dep_ in ("advmod", "preconj", "cc") and child.lower_ in ("never", "neither")
        ):
            return "negated"
        if child.dep_ == "aux" and child.i and child.nbor(-1).lower_ == "nor":
            return "negated"
        if child.lower_ == "longer" and child.nbor(-1).lower_ == "no":
            return "negated"
        if child.dep_ in SUBJECTS and any(
            c.lower_ in ("no", "neither") and c.dep_ == "det" for c in child.children
        ):
            return "negated"
        if child.dep_ == "aux":
            if child.lower_ in FUTURE:
                found = "future"
            elif child.lower_ in MAYBE:
                found = "future" if child.lower_ == "would" and _reported(verb) else "hypothetical"
            elif _inverted(child, verb):
                found = "hypothetical"
        elif (child.dep_ == "mark" and child.lower_ in IF) or (
            child.dep_ == "advmod" and child.lower_ in PERHAPS
        ):
            found = "hypothetical"
    if found == "actual" and verb.tag_ == "VBG" and _under_way(verb):
        return "future"
    return found


def _inverted(aux: Token, verb: Token) -> bool:
    """Whether a condition is told by the order of its words: "had Kenya attacked, Peru would have acted"."""
    before = any(c.dep_ in SUBJECTS and c.i > aux.i for c in verb.children)
    return verb.dep_ == "advcl" and aux.lower_ in INVERTED and before


def _under_way(verb: Token) -> bool:
    """Whether a progressive tells what is to come: "is leaving", "is visiting in May", "it was sending"."""
    lemma, helpers = verb.lemma_.lower(), {c.lower_ for c in verb.children if c.dep_ == "aux"}
    if helpers & {"is", "are", "'re", "am"}:
        here = lemma in STAYING and not any(t.ent_type_ == "DATE" for t in verb.subtree)
        return lemma in MOTION and not here
    told = verb.dep_ == "ccomp" and verb.head.lemma_ in (SAYS | {"announce", "confirm"})
    return told and verb.head.tag_ == "VBD" and lemma in SETTING_OUT and bool(helpers & {"was", "were"})


def _reported(verb: Token) -> bool:
    """Whether "would" only moves a "will" into the past: "he said he would meet"."""
    head = verb.head
    while head.dep_ == "conj":
        head = head.head
    return (
        verb.dep_ in ("ccomp", "conj", "relcl")
        and head.tag_ in ("VBD", "VBN", "VBG")
        and head.lemma_
        in (SAYS | {"agree", "promise", "pledge", "vow", "decide", "confirm", "report", "expect"})
    )


def _above(verb: Token, words: Ontology, depth: int) -> Status:
    """What the words a verb hangs on make of it."""
    head = verb.head
    if head == verb:
        return "future" if _headlined(verb) else "actual"
    if verb.dep_ == "conj" and (clauses.is_verb(head) or head.pos_ == "AUX"):
        if _finite(verb) and clauses.infinitive(head):
            return "actual"
        own_clause = any(c.dep_ in ("nsubj", "nsubjpass", "aux") for c in verb.children)
        return _above(head, words, depth + 1) if own_clause else _verb_status(head, words, depth + 1)
    if verb.dep_ in ("xcomp", "ccomp"):
        return _complement(verb, head, words, depth)
    if verb.dep_ == "pcomp":
        above = head.head
        if head.lower_ == "without" or (head.lower_ == "of" and above.lower_ == "short"):
            return "negated"
        if head.lower_ in ("from", "against") and above.lemma_ in DENIALS | {
            "ban",
            "stop",
            "bar",
            "keep",
            "refrain",
        }:
            return "negated"
        if clauses.is_verb(above):
            sense = words.verb(above.lemma_.lower(), particle=clauses.particle(above))
            if above.lemma_ == "suspect":
                return "hypothetical"
            if head.lower_ in ("of", "for", "on", "to") and sense is not None and sense.complement:
                return sense.complement
            return _verb_status(above, words, depth + 1)
        return _noun_complement(above, words) if above.pos_ == "NOUN" else "actual"
    if verb.dep_ == "advcl" and clauses.infinitive(verb):
        return _purpose(verb, head, words, depth)
    if verb.dep_ in ("acl", "relcl") and clauses.infinitive(verb) and _ranked(head):
        return _verb_status(head.head, words, depth + 1) if head.dep_ == "attr" else "actual"
    if verb.dep_ == "acl" and clauses.infinitive(verb):
        return _noun_complement(head, words) or "hypothetical"
    if head.pos_ == "NOUN" and clauses.that(verb):
        return _told(head, words, depth)
    return "actual"


def _headlined(verb: Token) -> bool:
    """Whether an infinitive without a verb above tells a plan: "Putin to visit Kenya"."""
    planned = verb.tag_ == "VB" and any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)
    return planned and any(c.dep_ in ("nsubj", "nsubjpass") for c in verb.children)


def _ranked(noun: Token) -> bool:
    """Whether who did it first, last or alone is told: "the third state to recognise", "the only one to"."""
    marks = {c.lower_ for c in noun.children if c.dep_ in ("amod", "advmod", "nummod")}
    return (
        noun.dep_ in ("attr", "appos")
        and bool(marks & RANKS)
        and any(c.lower_ in ("the", "its", "a") for c in noun.children)
    )


def _told(noun: Token, words: Ontology, depth: int) -> Status:
    """What is told by a noun with "that": "no evidence that", "denied reports that", "fears that"."""
    if any(c.lower_ == "no" for c in noun.children):
        return "negated"
    if noun.lemma_ in FEARED:
        return "hypothetical"
    above = noun.head.head if noun.dep_ == "pobj" else noun.head
    if noun.lemma_ not in TALES or noun.dep_ not in ("dobj", "pobj", "nsubjpass"):
        return "actual"
    denied = above.lemma_ in DENYING or _verb_status(above, words, depth + 1) == "negated"
    return "negated" if denied and clauses.is_verb(above) else "actual"


def _finite(verb: Token) -> bool:
    """Whether the verb has a tense, so that no infinitive shares its clause: "have enlisted"."""
    helped = any(c.dep_ == "aux" and c.lower_ in ("has", "have", "had", "is", "are") for c in verb.children)
    return verb.tag_ in ("VBZ", "VBP") or helped


def _purpose(verb: Token, head: Token, words: Ontology, depth: int) -> Status:
    """What an infinitive behind a clause tells: what was travelled for was done, the rest is only meant."""
    if any(child.lower_ == "only" for child in verb.children):
        return "actual"
    to_streets = head.lemma_ == "take" and any(n.lemma_ == "street" for _, n in clauses.prepositions(head))
    if (to_streets or head.lemma_.lower() in JOURNEYS | COMBINING) and head.tag_ in ("VBD", "VBN"):
        return _verb_status(head, words, depth + 1)
    sense = words.verb(head.lemma_.lower(), particle=clauses.particle(head))
    if head.lemma_.lower() in AHEAD or (sense is not None and sense.complement == "future"):
        return "future"
    return "hypothetical"


def _noun_complement(noun: Token, words: Ontology) -> Status:
    """What a noun makes of the infinitive or gerund behind it: "plans to attack", "no intention of"."""
    if any(c.lower_ == "no" for c in noun.children) and noun.dep_ in ("dobj", "attr"):
        return "negated"
    sense = words.noun(noun.lemma_.lower())
    if sense is not None and sense.complement is not None:
        return sense.complement
    return "hypothetical" if noun.lemma_ not in ("decision", "move", "step", "role", "way") else "actual"


def _complement(verb: Token, head: Token, words: Ontology, depth: int) -> Status:
    lemma = head.lemma_.lower()
    upper = _verb_status(head, words, depth + 1) if clauses.is_verb(head) or head.pos_ == "AUX" else "actual"
    if lemma in ("have", "be") and clauses.infinitive(verb) and any(c.lower_ == "yet" for c in head.children):
        return "negated"
    if lemma == "be" and clauses.infinitive(verb) and verb.dep_ == "xcomp":
        return "future" if upper == "actual" else upper
    if verb.dep_ == "ccomp" and verb.tag_ == "VBG" and lemma in DENIALS:
        return "negated"
    if verb.dep_ == "ccomp" and not clauses.infinitive(verb):
        traits = {lemma, *(c.lemma_.lower() for c in head.children if c.dep_ in ("acomp", "attr"))}
        if traits & UNTRUE or (lemma in DENYING and verb.i > head.i):
            return "negated"
        if "be" in traits or head.pos_ == "ADJ":
            return "hypothetical" if traits & (DOUBTFUL | AHEAD) else upper
        sense = words.verb(lemma, particle=clauses.particle(head))
        if sense is not None and sense.complement is not None and not sense.reports:
            return sense.complement
        return upper if upper in ("hypothetical",) and not _says(head, words) else "actual"
    if lemma in DENIALS:
        return "hypothetical" if upper == "negated" else "negated"
    if lemma in BELIEFS and clauses.passive(head):
        return "hypothetical" if upper == "actual" else upper
    if lemma in DONE:
        return upper
    if lemma in FORCING and head.tag_ in ("VBD", "VBN"):
        return upper
    if lemma in AHEAD:
        return "future" if upper == "actual" else upper
    if lemma in DOUBTFUL:
        return "hypothetical" if upper != "negated" else "negated"
    sense = words.verb(lemma, particle=clauses.particle(head))
    if sense is not None and sense.complement is not None:
        if sense.complement == upper == "negated":
            return "hypothetical"
        return sense.complement if upper == "actual" else upper
    if head.pos_ == "ADJ":
        return "future" if lemma in AHEAD else "hypothetical"
    return upper


def _says(verb: Token, words: Ontology) -> bool:
    lemma = verb.lemma_.lower()
    if lemma in SAYS:
        return True
    sense = words.verb(lemma)
    return sense is not None and sense.reports


class Speakers:
    """Who says what: found by reporting verbs, "according to" and quotation marks."""

    def __init__(self, doc: Doc, cast: Cast, words: Ontology) -> None:
        self.doc, self.cast, self.words = doc, cast, words
        self.quoted = quotations(doc)

    def of(self, trigger: Token) -> Mention | None:
        """The actor that the sentence or its quotation makes the claim's speaker."""
        node = trigger
        for _ in range(12):
            found = self._beside(node)
            if found is not None:
                return found
            if node.head == node:
                break
            if node.dep_ in ("pcomp", "pobj") and (charge := node.head.head).lemma_ in CHARGING:
                return self._accuser(charge)
            if node.dep_ in ("ccomp", "parataxis"):
                found = self._subject(node.head, node)
                if found is not None:
                    return found
            node = node.head
        return self._quoting(trigger) if self.quoted[trigger.i] else self._before_colon(trigger)

    def _before_colon(self, trigger: Token) -> Mention | None:
        """Whoever a headline names before a colon: "Kenya: Somali rebels shelled Lamu"."""
        first = trigger.sent.start
        found = self.cast.at(first)
        if found is None or found.first != first or found.type == "PLACE" or found.last >= trigger.i:
            return None
        return found if self.doc[found.last].text == ":" else None

    def _accuser(self, verb: Token) -> Mention | None:
        """Who says it in "Kenya accused Peru of spying", "Peru was blamed by Kenya for the raid"."""
        if clauses.passive(verb):
            found = [party.mention for party in agents(verb, self.cast)]
        else:
            found = self._speaking(verb)
        return found[0] if found else None

    def _beside(self, node: Token) -> Mention | None:
        for child in node.children:
            if child.lower_ == "according":
                for prep in child.children:
                    if prep.lower_ == "to":
                        for token in clauses.objects_of(prep):
                            found = self.cast.headed(token.i) or next(
                                (m for m, _ in actors_at(token, self.cast)), None
                            )
                            if found is not None:
                                return found
            elif self._comments(child, node):
                bare = not any(c.dep_ in ("ccomp", "dobj", "xcomp") for c in child.children)
                found = self._subject(child, node) if bare else None
                if found is not None:
                    return found
        return None

    def _comments(self, child: Token, node: Token) -> bool:
        """Whether a clause beside the claim is its speaker's: "…, Turkey said", "as Turkey said"."""
        if child.i < node.i or not _says(child, self.words):
            return False
        as_said = child.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "as" for c in child.children)
        return child.dep_ == "parataxis" or as_said

    def _subject(self, verb: Token, below: Token) -> Mention | None:
        if not _says(verb, self.words):
            return None
        found = self._speaking(verb)
        return found[0] if found else None

    def _speaking(self, verb: Token) -> list[Mention]:
        """Who speaks in the verb's subject: in "the lawyer of Peter Brandt" not Brandt, in his letter he."""
        pairs = subject_tokens(verb, self.words)
        tokens = [person_above(t, self.cast) if way == "relative" else t for t, way in pairs]
        if verb.lemma_ == "quote":
            tokens = [token for token, _ in clauses.object_tokens(verb)]
        return [
            mention
            for token in tokens
            for mention, through in actors_at(token, self.cast)
            if mention.type != "PLACE" and through != "modifier" and _speaks_for(token, mention, through)
        ]

    def _quoting(self, trigger: Token) -> Mention | None:
        """The speaker of the quotation around the token, in its sentence or the next to it."""
        sent = trigger.sent
        near = [sent]
        if sent.end < len(self.doc):
            near.append(self.doc[sent.end].sent)
        if sent.start > 0:
            near.append(self.doc[sent.start - 1].sent)
        for one in near:
            for token in one:
                if clauses.is_verb(token) and not self.quoted[token.i] and token.lemma_.lower() in SAYS:
                    found = self._subject(token, trigger)
                    if found is not None:
                        return found
        return None


def _speaks_for(token: Token, mention: Mention, through: str) -> bool:
    """Whether what a noun says its owner says: a person's letter, a state's minister, no person's lawyer."""
    owned = through in ("owner", "office") and mention.type == "PERSON"
    return not owned or token.lemma_ in clauses.MESSAGES


def state(claim: Claim, doc: Doc, words: Ontology, speakers: Speakers) -> Claim:
    """The claim with its status and its speaker; a role told in passing is a fact, by the article."""
    if claim.code == "ROLE" and claim.stated is None and claim.features:
        return claim
    trigger = doc[claim.trigger if claim.stated is None else claim.stated]
    status = status_of(_ruling(trigger, claim), words)
    if "governed" in claim.features and claim.code == "AGREE" and status == "actual":
        status = "future"
    if claim.stated is not None and claim.status == "negated":
        status = "negated"
    speaker = speakers.of(trigger)
    code = "AGREE" if status == "future" and claim.code in PROMISED and _willed(trigger) else claim.code
    return replace(claim, code=code, status=status, attribution=speaker.name if speaker else None)


def _willed(trigger: Token) -> bool:
    """Whether the actor's will is told: "will send help", "would lend 150 million"."""
    return any(c.dep_ == "aux" and c.lower_ in ("will", "would", "'ll", "shall") for c in trigger.children)


def _ruling(trigger: Token, claim: Claim) -> Token:
    """The word that decides a claim's status: the trigger, or the verb that it stands under."""
    if "governed" in claim.features:
        return _governor(trigger)
    if "purpose" in claim.features:
        return next((node.head for node in (trigger, *trigger.ancestors) if node.dep_ == "advcl"), trigger)
    return trigger


def _governor(trigger: Token) -> Token:
    """The governing verb whose deed a governed claim is: "refused" in "refused to meet"."""
    for node in (trigger, *trigger.ancestors):
        if node.dep_ == "xcomp":
            return topmost(node).head
    return trigger
