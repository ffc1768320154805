"""How good the extraction is: score."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands import likeness
from commands.options import (
    Endpoint,
    ExtractorKind,
    Kind,
    LlmKey,
    LlmModel,
    LlmUrl,
    Model,
    Vocabulary,
    open_extractor,
)
from commands.screen import one_line, say, write, write_json, write_table
from extract.errors import InputError

if TYPE_CHECKING:
    from extract.leads import GoldLead
    from extract.model import Article, Triple
    from extract.score import GoldArticle, Score

GoldFile = Annotated[
    Path | None, typer.Argument(metavar="[GOLD]", help="Gold articles (JSON Lines), as seeds/gold.jsonl.")
]
Found = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Score these triples (of dyad extract) instead of extracting now."),
]
Leads = Annotated[Path | None, typer.Option("--plover", metavar="FILE", help="Gold wire leads to score too.")]
HoldOut = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Ids of gold articles scored as a part of their own, errors unseen."),
]
Pairs = Annotated[
    Path | None, typer.Option("--pairs", metavar="FILE", help="Labelled pairs of names to decide too.")
]
Errors = Annotated[int, typer.Option(min=0, metavar="N", help="List N missed and N wrong triples.")]
Board = Annotated[
    Path | None,
    typer.Option("--scoreboard", metavar="FILE", help="Add the figures to this file (SCOREBOARD.md)."),
]
LeadFigures = dict[str, Any]


def score(
    gold: GoldFile = None,
    found: Found = None,
    plover: Leads = None,
    pairs: Pairs = None,
    holdout: HoldOut = None,
    errors: Errors = 0,
    scoreboard: Board = None,
    model: Model = None,
    vocabulary: Vocabulary = None,
    extractor: Kind = ExtractorKind.rules,
    llm_url: LlmUrl = None,
    llm_model: LlmModel = None,
    llm_key: LlmKey = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Measure extraction against what careful readers wrote down."""
    if pairs is not None:
        likeness.show_pairs(pairs, errors, as_json)
        if gold is None and plover is None:
            return
    if gold is None and plover is None:
        raise typer.BadParameter("name a file of gold articles, --plover FILE or --pairs FILE")
    if found is not None:
        triples = load_triples(found)
        names = sorted({t.extractor for t in triples})

        def read(articles: Iterable[Article]) -> list[Triple]:
            return triples
    else:
        reader = open_extractor(extractor, model, vocabulary, Endpoint(llm_url, llm_model, llm_key))
        names = [reader.name]

        def read(articles: Iterable[Article]) -> list[Triple]:
            return [t for _, part in reader.extract(iter(articles)) for t in part]

    parts = score_articles(gold, holdout, read) if gold else {}
    leads = score_wire(plover, read) if plover else {}
    if as_json:
        write_json({"extractor": names, "articles": {k: fields(s) for k, s in parts.items()}, "leads": leads})
    else:
        show_parts(parts, errors)
        show_leads(leads)
    if scoreboard is not None:
        keep(scoreboard, ", ".join(names), parts, leads)


def score_articles(
    gold: Path, holdout: Path | None, read: Callable[[Iterable[Article]], list[Triple]]
) -> dict[str, Score]:
    """The scores by part: all, and with a hold-out also open and holdout."""
    from extract.score import load_gold
    from extract.score import score as compare

    articles = load_gold(gold)
    held = set(lines_of(holdout)) if holdout else set()
    triples = read(as_articles(articles))
    parts = {"all": articles}
    if held:
        parts["open"] = [a for a in articles if a.id not in held]
        parts["holdout"] = [a for a in articles if a.id in held]
    scores = {name: compare(part, triples) for name, part in parts.items()}
    for name, part in parts.items():
        scores[name].figures["identity"] = likeness.identity_figures(part, triples)
    return scores


def as_articles(gold: Iterable[GoldArticle]) -> list[Article]:
    """The gold articles without their gold."""
    from extract.model import Article

    return [Article(g.id, g.text, title=g.title, published=g.published) for g in gold]


def score_wire(file: Path, read: Callable[[Iterable[Article]], list[Triple]]) -> dict[str, LeadFigures]:
    """The figures of wire leads by part; every third lead is held out."""
    from extract.leads import load_leads, score_leads
    from extract.model import Article

    leads = load_leads(file)
    triples = read(Article(lead.id, lead.text) for lead in leads)
    parts: dict[str, list[GoldLead]] = {
        "all": leads,
        "open": [lead for i, lead in enumerate(leads) if i % 3 != 2],
        "holdout": leads[2::3],
    }
    return {name: score_leads(part, triples) for name, part in parts.items()}


def lines_of(file: Path) -> list[str]:
    """The file's lines without blanks; InputError when it can't be read."""
    try:
        return file.read_text(encoding="utf-8").split()
    except (OSError, ValueError) as error:
        raise InputError(f"{file}: can't be read: {error}") from None


def load_triples(file: Path) -> list[Triple]:
    """The triples that dyad extract printed; InputError names the first wrong line."""
    import msgspec

    from extract.model import triple_from_dict

    triples = []
    try:
        lines = file.read_text(encoding="utf-8").split("\n")
    except (OSError, ValueError) as error:
        raise InputError(f"{file}: can't be read: {error}") from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                triples.append(triple_from_dict(msgspec.json.decode(line)))
            except (msgspec.MsgspecError, TypeError, ValueError) as error:
                raise InputError(f"{file}:{number}: not a triple of dyad extract: {error}") from None
    return triples


def fields(result: Score) -> dict[str, Any]:
    """The score as JSON shows it."""
    from extract.score import reliability

    rows, ece = reliability(result)
    return {
        **result.figures,
        "calibration_error": ece,
        "reliability": [
            dict(zip(("from", "to", "triples", "confidence", "right"), row, strict=True)) for row in rows
        ],
        "phenomena": result.phenomena,
        "confusion": [{"gold": g, "found": f, "times": n} for (g, f), n in result.confusion.items()],
    }


def show_parts(parts: dict[str, Score], errors: int) -> None:
    """The figures side by side, then the details of the first part; errors of the open part only."""
    if not parts:
        return
    scores = [s.figures for s in parts.values()]
    rows: list[Sequence[Any]] = [("core triples", *(f["core_gold"] for f in scores))]
    rows.append(("found", *(f["found"] for f in scores)))
    for title, key in (("triples", "triple"), ("pairs", "dyad"), ("events", "events"), ("roles", "roles"),
                       ("attribution", "attribution"), ("actors (B-cubed)", "identity")):  # fmt: skip
        rows += [(f"{title} {short}", *(f[key][figure] for f in scores))
                 for short, figure in (("precision", "p"), ("recall", "r"), ("F1", "f1"))]  # fmt: skip
    for title, key in (("code accuracy", "code_accuracy"), ("status accuracy", "status_accuracy"),
                       ("denied as fact", "denied_as_fact"), ("one name per actor", "one_name_per_actor"),
                       ("one actor per name", "one_actor_per_name")):  # fmt: skip
        rows.append((title, *(f[key] for f in scores)))
    write_table(("articles", *parts), rows)
    shown = parts.get("open") or parts["all"]
    show_details("open" if "open" in parts else "all", shown)
    show_errors(shown, errors)


def show_details(part: str, result: Score) -> None:
    """Recall per phenomenon, how far confidence can be trusted, and codes taken for others."""
    from extract.score import reliability

    write()
    rows = [(name, int(c["core"]), c["recall"], c["pair_recall"]) for name, c in result.phenomena.items()]
    write_table((f"phenomenon ({part})", "core triples", "triple recall", "pair recall"), rows)
    write()
    bins, ece = reliability(result)
    write_table(
        ("confidence", "triples", "mean", "share right"),
        [(f"{low:.1f} to {high:.1f}", n, mean, right) for low, high, n, mean, right in bins],
    )
    write(f"expected calibration error {ece}")
    if result.confusion:
        write()
        write_table(
            ("gold code", "found code", "times"), [(g, f, n) for (g, f), n in result.confusion.items()]
        )


def show_errors(result: Score, limit: int) -> None:
    """Missed and wrong triples with their sentences."""
    missed = [(a, g.source, g.relation, g.target, g.sentence) for a, g in result.missed[:limit]]
    wrong = [(t.article, t.source, t.relation, t.target, t.sentence) for t in result.wrong[:limit]]
    for title, rows in (("missed", missed), ("wrong", wrong)):
        for article, source, relation, target, sentence in rows:
            write()
            write(one_line(f"{title} in {article}: {source} | {relation} | {target}"))
            write(one_line(f"  {sentence}"))


def show_leads(leads: dict[str, LeadFigures]) -> None:
    """The figures of the wire leads side by side."""
    if leads:
        write()
        titles = next(iter(leads.values()))
        rows = [(title.replace("_", " "), *(f[title] for f in leads.values())) for title in titles]
        write_table(("wire leads", *leads), rows)


def keep(board: Path, model: str, parts: dict[str, Score], leads: dict[str, LeadFigures]) -> None:
    """Add the figures to the scoreboard."""
    from extract.score import reliability
    from extract.scoreboard import LeadRun, Run, write_scoreboard

    now, commit = datetime.now(UTC).date().isoformat(), commit_here()
    runs = [
        Run(now, commit, model, name, s.figures, reliability(s)[1], s.phenomena, s.confusion)
        for name, s in parts.items()
    ]
    told = [LeadRun(now, commit, model, name, figures) for name, figures in leads.items()]
    write_scoreboard(board, runs, told)
    say(f"added {len(runs) + len(told)} rows to {board}")


def commit_here() -> str:
    """The commit checked out here, with a plus when files differ from it; - outside a repository."""
    command = ["git", "describe", "--always", "--dirty=+", "--exclude=*"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=True)
    except (OSError, subprocess.SubprocessError):
        return "-"
    return done.stdout.strip()
