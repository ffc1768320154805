"""Who is who, corrected by people: merge, split, undo, why, review, identities, reject, forget."""

from __future__ import annotations

import getpass
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands import stores
from commands.options import DEFAULT_GRAPH, AsJson, Graph
from commands.screen import number_of, one_line, paint, quoted, say, write, write_json, write_table
from extract.errors import InputError, QuestionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from graph.deciding import Author
    from graph.embedded import EmbeddedGraph
    from graph.ledger import Rejection
    from graph.model import Judgement
    from graph.why import Doubt, Proof

Name = Annotated[str, typer.Argument(metavar="NAME", help="Any name of the actor, or its id.")]
Keys = {"y": "same", "n": "different", "u": "unsure"}

identities = typer.Typer(no_args_is_help=True, help="The ledger of judgements as a file.")


def author() -> Author:
    """Who decides: DYAD_USER, else the login name; and the time."""
    from graph.deciding import Author

    try:
        name = os.environ.get("DYAD_USER") or getpass.getuser()
    except (KeyError, OSError):
        name = "somebody"
    return Author(" ".join(name.split()), datetime.now(UTC).isoformat(timespec="seconds"))


def merge(a: Name, b: Name, graph: Graph = DEFAULT_GRAPH) -> None:
    """Say that two actors are one."""
    from graph.deciding import merge as decide
    from graph.questions import resolve_name

    with stores.building(graph) as store:
        one, two = resolve_name(store, a), resolve_name(store, b)
        tell(decide(store, one, two, author()))
        store.refresh()


def split(
    actor: Name,
    mentions: Annotated[
        list[str], typer.Argument(metavar="MENTION...", help="An article's id, a name, or 'name @ article'.")
    ],
    graph: Graph = DEFAULT_GRAPH,
) -> None:
    """Say that some mentions of an actor are somebody else."""
    from graph.deciding import split as decide
    from graph.questions import resolve_name

    with stores.building(graph) as store:
        tell(decide(store, resolve_name(store, actor), mentions, author()))
        store.refresh()


def undo(graph: Graph = DEFAULT_GRAPH) -> None:
    """Take back the last merge, split, review answer, import or rejection."""
    from graph.deciding import undo as take_back

    with stores.building(graph) as store:
        gone = take_back(store)
        if not gone:
            raise QuestionError("nothing to undo")
        say(f"undone: {number_of(len(gone), 'decision')}")
        tell(gone)
        store.refresh()


def tell(decisions: Iterable[Judgement | Rejection]) -> None:
    """Print decisions, one a line."""
    from graph.ledger import Rejection

    for found in decisions:
        if isinstance(found, Rejection):
            write(one_line(f"rejected  {found.what}  ({found.article})"))
        else:
            write(one_line(f"{found.verdict}  {found.left}  |  {found.right}"))


def why(a: Name, b: Name, graph: Graph = DEFAULT_GRAPH, as_json: AsJson = False) -> None:
    """Tell why two names are one actor, or not: rule, score, people's words, sentences."""
    from graph.why import why as explain

    with stores.reading(graph) as store:
        answer = explain(store, a, b)
    if as_json:
        write_json(answer)
        return
    write(paint("one actor" if answer.one else "two actors", "bold"))
    for step in answer.steps:
        write(f"  {one_line(step.left)} — {one_line(step.right)}: {one_line(step.rule)} ({step.score:.2f})")
    for word in answer.words:
        write(one_line(f"  {word.verdict}: {word.left} | {word.right} ({word.by}, {word.at})"))
    show_proofs(answer.left)
    show_proofs(answer.right)


def show_proofs(proofs: Sequence[Proof]) -> None:
    """Print sentences with their articles."""
    for proof in proofs:
        write(
            f"  {paint(one_line(proof.name), 'bold')}  {quoted(proof.sentence)}  "
            f"{paint(proof.article, 'dim')}"
        )


def review(
    graph: Graph = DEFAULT_GRAPH,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="Stop after N pairs.")] = 1000,
    as_json: AsJson = False,
) -> None:
    """Ask about the least certain pairs: y same, n different, u unsure, q stop."""
    from graph.why import review as find

    with stores.building(graph) as store:
        if as_json:
            write_json(find(store)[:limit])
            return
        asked: set[tuple[str, str]] = set()
        while len(asked) < limit:
            doubt = next((d for d in find(store) if (d.left, d.right) not in asked), None)
            if doubt is None:
                say("nothing left to review")
                return
            asked.add((doubt.left, doubt.right))
            show_doubt(doubt, len(asked))
            key = read_key()
            if key == "q":
                return
            answer(store, doubt, key)


def show_doubt(doubt: Doubt, number: int) -> None:
    """Print a pair side by side with its evidence."""
    say(paint(f"\n{number}.  {doubt.left}   |   {doubt.right}", "bold", to=sys.stderr))
    say(f"    now {'one' if doubt.one else 'two'}: {doubt.rule} ({doubt.score:.2f})")
    for proof in (*doubt.left_proof, *doubt.right_proof):
        say(f"    {one_line(proof.name)}: {quoted(proof.sentence)} ({one_line(proof.article)})")
    say("    same? y yes, n no, u unsure, q quit")


def read_key() -> str:
    """One of y, n, u, q: a single key on a terminal, else a line; the end of input is q."""
    while True:
        try:
            typed = typer.getchar() if sys.stdin.isatty() else (sys.stdin.readline() or "q").strip()[:1]
        except (EOFError, KeyboardInterrupt):
            return "q"
        for key in typed.lower():
            if key in (*Keys, "q"):
                return key
            if key in "\x03\x04":
                return "q"


def answer(store: EmbeddedGraph, doubt: Doubt, key: str) -> None:
    """Keep one answer; one that contradicts an earlier word is told and not kept."""
    from extract.errors import LedgerError
    from graph.deciding import judge, keep

    try:
        word = judge(doubt.left, doubt.right, Keys[key], author())  # type: ignore[arg-type]
        keep(store, [word])
        say(f"    {word.verdict}")
        store.refresh()
    except LedgerError as error:
        say(f"    not kept: {error}")


@identities.command("export")
def export_identities(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="- is standard output.")],
    graph: Graph = DEFAULT_GRAPH,
) -> None:
    """Write all judgements as one sorted text file, fit for git."""
    from graph.exports import write_together
    from graph.ledger import export_lines

    with stores.reading(graph) as store:
        text = "".join(f"{line}\n" for line in export_lines(store.connection))
    if str(file) == "-":
        write(text.rstrip("\n"))
    else:
        write_together({file: iter([text.encode()])})
        say(f"{number_of(len(text.splitlines()) - 1, 'judgement')} in {file}")


@identities.command("import")
def import_identities(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="- is standard input.")],
    graph: Graph = DEFAULT_GRAPH,
) -> None:
    """Take over judgements from a file: all of it, or nothing where a line is wrong."""
    from graph.deciding import take_over

    with stores.building(graph) as store:
        store.refresh()
        words, wrong = take_over(store, read_text(file).splitlines(), str(file))
        store.refresh()
    say(f"{number_of(words, 'judgement')} and {number_of(wrong, 'rejection')} taken over")


def read_text(file: Path) -> str:
    """The text of a file or of standard input."""
    try:
        data = sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(f"{file}: not UTF-8; save it as UTF-8") from None


def reject(
    triple: Annotated[
        str | None, typer.Argument(metavar="[TRIPLE]", help="A triple's id, or how it begins.")
    ] = None,
    graph: Graph = DEFAULT_GRAPH,
    as_json: AsJson = False,
) -> None:
    """Mark a triple as wrong, for good (dyad undo takes it back); without one, list the rejected."""
    from graph.deciding import find_triple
    from graph.deciding import reject as decide
    from graph.ledger import rejections

    if triple is None:
        with stores.reading(graph) as store:
            found = rejections(store.connection)
        if as_json:
            write_json(found)
        else:
            write_table(("article", "claim", "by", "at"), [(r.article, r.what, r.by, r.at) for r in found])
        return
    with stores.building(graph) as store:
        tell([decide(store, find_triple(store, triple), author())])
        store.refresh()


def forget(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="An article's id.")],
    graph: Graph = DEFAULT_GRAPH,
) -> None:
    """Take an article out with all its evidence; judgements stay."""
    with stores.building(graph) as store:
        if not store.remove(article):
            raise QuestionError(f"no article {article!r}; dyad articles lists them")
        store.refresh()
        say(f"forgotten: {article}")
