"""The graph in Neo4j: the same questions as the embedded file, the same answers.

Paths take the shared search of graph.paths over relationships fetched level by level, so that ties break
alike; they never run through a Statement or an Article.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from extract.model import ActorType, Triple
from graph import belief, neo4j_search, paths
from graph.model import Actor, Edge, Evidence, Subgraph
from graph.neo4j_link import Link
from graph.neo4j_schema import CODES, LOOKUP, actor_of, edge_of, evidence_of, triple_of
from graph.schema import fold
from graph.store import Filter

TIES = "|".join(CODES)
TIE = "startNode(e).id, endNode(e).id, type(e), 'actual', properties(e)"
CLAIM = "s.id, t.id, e.code, e.status, properties(e)"
CLAIM_ENDS = "(e)-[:FROM]->(s:Actor), (e)-[:TO]->(t:Actor)"
PHRASE = 20


class Neo4jGraph:
    """A connection to a graph in Neo4j; answers the Questions protocol."""

    def __init__(self, link: Link) -> None:
        self.link = link
        self.ask = link.ask

    # Actors

    def find(self, name: str) -> list[Actor]:
        """Actors that bear the name; else those one word of whose name it is; the best known first."""
        key = fold(name)
        whole = self.bearers(key, "$key IN a.keys")
        if whole or " " in key or len(key) < 3:
            return whole
        return self.bearers(key, "any(name IN a.keys WHERE $key IN split(name, ' '))")

    def bearers(self, key: str, condition: str) -> list[Actor]:
        """Actors whose names hold the key's words in a row and meet the condition, the best known first."""
        match = "MATCH (a:Actor)"
        if key:
            match = f"CALL db.index.fulltext.queryNodes('{LOOKUP}', $phrase) YIELD node AS a"
        rows = self.ask(
            f"{match} WHERE a.dyad IS NOT NULL AND {condition} "
            "RETURN properties(a) ORDER BY a.articles DESC, a.id",
            key=key,
            phrase=phrase(key),
        )
        return [actor_of(row) for (row,) in rows]

    def suggest(self, name: str, limit: int = 5) -> list[str]:
        """Names near the one given, nearest first."""
        rows = self.ask("MATCH (a:Actor) WHERE a.dyad IS NOT NULL RETURN a.id, a.name, a.keys")
        pairs = sorted((key, id_, full) for id_, full, keys in rows for key in lookups(keys))
        return nearest(name, ((key, full) for key, _, full in pairs), limit)

    def named(self, prefix: str, limit: int) -> list[Actor]:
        """Actors a name of whom, or a word of one, begins with the prefix, the best known first."""
        key = fold(prefix)
        rows = self.ask(
            "MATCH (a:Actor) WHERE a.dyad IS NOT NULL "
            "AND any(name IN a.keys WHERE name STARTS WITH $key OR name CONTAINS $word) "
            "RETURN properties(a), a.keys ORDER BY a.articles DESC, a.id",
            key=key,
            word=f" {key}",
        )
        found = (row for row, keys in rows if any(k.startswith(key) for k in lookups(keys)))
        return [actor_of(row) for row, _ in zip(found, range(limit), strict=False)]

    def actor(self, actor_id: str) -> Actor | None:
        """The actor with this id."""
        return self.fetch_actors([actor_id]).get(actor_id)

    def fetch_actors(self, actor_ids: Iterable[str]) -> dict[str, Actor]:
        """The actors with these ids; unknown ids are left out."""
        rows = self.ask(
            "UNWIND $ids AS id MATCH (a:Actor {id: id}) WHERE a.dyad IS NOT NULL RETURN properties(a)",
            ids=sorted(set(actor_ids)),
        )
        return {row["id"]: actor_of(row) for (row,) in rows}

    def actors(self) -> Iterator[Actor]:
        """All actors, sorted by id."""
        rows = self.ask("MATCH (a:Actor) WHERE a.dyad IS NOT NULL RETURN properties(a) ORDER BY a.id")
        return (actor_of(row) for (row,) in rows)

    def types(self, actor_ids: Iterable[str]) -> dict[str, ActorType]:
        """The types of the actors with these ids."""
        return {id_: actor.type for id_, actor in self.fetch_actors(actor_ids).items()}

    def degrees(self, actor_ids: Iterable[str]) -> dict[str, int]:
        """How many edges each actor has, whatever their status."""
        ids = sorted(set(actor_ids))
        rows = self.ask(
            "UNWIND $ids AS id MATCH (a:Actor {id: id}) "
            f"RETURN id, COUNT {{ (a)-[e:{TIES}]-(:Actor) WHERE e.dyad IS NOT NULL }} "
            "+ COUNT { (a)<-[:FROM|TO]-(e:Claim) WHERE e.dyad IS NOT NULL }",
            ids=ids,
        )
        return dict.fromkeys(ids, 0) | {id_: number for id_, number in rows}

    # Edges

    def neighbours(self, actor_id: str, only: Filter) -> list[tuple[Edge, str]]:
        """Edges at the actor with the other end's id, sorted by edge id."""
        found = self.edges(actor_id, None, only)
        return [(edge, edge.target if edge.source == actor_id else edge.source) for edge in found]

    def edges(self, source: str | None, target: str | None, only: Filter) -> Iterator[Edge]:
        """Edges between two actors in either direction, at one actor, or all; sorted by id."""
        ends = [end for end in (source, target) if end is not None]
        if not ends:
            return iter(self.match_edges("(s:Actor)-[e:TIE]->(t:Actor)", "(e:Claim)", only))
        far = "{id: $far}" if len(ends) == 2 else ""
        tie = f"(:Actor {{id: $near}})-[e:TIE]-(:Actor {far})"
        claim = f"(:Actor {{id: $near}})<-[:FROM|TO]-(e:Claim)-[:FROM|TO]->(:Actor {far})"
        return iter(self.match_edges(tie, claim, only, near=ends[0], far=ends[-1]))

    def weights(self, only: Filter) -> Iterator[tuple[str, str, int, bool]]:
        """Source, target, weight and symmetry of every edge, in the order of their ids."""
        return ((e.source, e.target, belief.weight(e), e.symmetric) for e in self.edges(None, None, only))

    def edges_at(self, actor_ids: Sequence[str], only: Filter) -> list[Edge]:
        """Edges that begin or end at any of the actors, sorted by id."""
        tie, claim = "(a)-[e:TIE]-(:Actor)", "(a)<-[:FROM|TO]-(e:Claim)"
        return self.match_edges(
            tie, claim, only, first="UNWIND $ids AS id MATCH (a:Actor {id: id}) ", ids=list(actor_ids)
        )

    def edges_by_id(self, ids: Sequence[str]) -> list[Edge]:
        """The edges with these ids, sorted by id."""
        anything = Filter(statuses=(), min_sources=0)
        ties = " UNION ".join(
            f"UNWIND $ids AS id MATCH ()-[e:{code} {{id: id}}]->() WHERE e.dyad IS NOT NULL RETURN e"
            for code in CODES
        )
        rows = self.ask(f"CALL () {{ {ties} }} RETURN {TIE}", ids=list(ids))
        claims = self.claims("(e:Claim {id: id})", anything, first="UNWIND $ids AS id ", ids=list(ids))
        return sorted((edge_of(*row) for row in rows + claims), key=lambda e: e.id)

    def match_edges(self, tie: str, claim: str, only: Filter, first: str = "", **values: Any) -> list[Edge]:
        """The edges on either pattern that pass the filter, each once, sorted by id."""
        rows: list[Any] = []
        if not only.statuses or "actual" in only.statuses:
            rows += self.ties(tie, only, first=first, **values)
        if set(only.statuses) != {"actual"}:
            rows += self.claims(claim, only, first=first, **values)
        edges = {row[4]["id"]: edge_of(*row) for row in rows}
        return [edges[key] for key in sorted(edges)]

    def ties(self, pattern: str, only: Filter, *, first: str = "", returns: str = TIE, **values: Any) -> Any:
        """Rows of the relationships on the pattern that pass the filter."""
        types = [code for code in CODES if not only.codes or code in only.codes]
        match = pattern.replace("TIE", "|".join(types))
        return types and self.ask(
            f"{first}MATCH {match} WHERE {CONDITIONS} {self.proof(only)} RETURN {returns}",
            **values,
            **self.filter_values(only),
        )

    def claims(
        self, pattern: str, only: Filter, *, first: str = "", returns: str = CLAIM, **values: Any
    ) -> Any:
        """Rows of the claims on the pattern that pass the filter."""
        allowed = (
            "AND (size($statuses) = 0 OR e.status IN $statuses) AND (size($codes) = 0 OR e.code IN $codes)"
        )
        return self.ask(
            f"{first}MATCH {pattern} WHERE {CONDITIONS} {allowed} {self.proof(only)} "
            f"MATCH {CLAIM_ENDS} RETURN {returns}",
            **values,
            **self.filter_values(only),
        )

    def proof(self, only: Filter) -> str:
        """The condition that one statement under the edge has the date and the publisher asked for."""
        wanted = []
        if only.since or only.until:
            wanted.append("p.date + '-99-99' >= $since AND p.date <= $until + '-99-99'")
        if only.publisher:
            wanted.append("EXISTS { (p)-[:IN]->(o:Article) WHERE o.publisher IN $publishers }")
        if not wanted:
            return ""
        return f"AND EXISTS {{ (p:Statement {{edge: e.id}}) WHERE {' AND '.join(wanted)} }}"

    def filter_values(self, only: Filter) -> dict[str, Any]:
        """The filter as parameters."""
        return {
            "statuses": list(only.statuses),
            "codes": list(only.codes),
            "since": only.since or "",
            "until": only.until or "9999",
            "min_sources": only.min_sources,
            "publishers": self.publishers(only.publisher) if only.publisher else [],
        }

    def publishers(self, name: str) -> list[str]:
        """The outlets of this name as they are written; the case of A to Z does not count."""
        rows = self.ask("MATCH (a:Article) WHERE a.publisher IS NOT NULL RETURN DISTINCT a.publisher")
        return [found for (found,) in rows if lower(found) == lower(name)]

    def size(self) -> int:
        """How many edges there are."""
        rows = self.ask(
            f"RETURN COUNT {{ (:Actor)-[e:{TIES}]->(:Actor) WHERE e.dyad IS NOT NULL }} "
            "+ COUNT { (e:Claim) WHERE e.dyad IS NOT NULL }"
        )
        return int(rows[0][0])

    # Evidence

    def evidence(self, edge_ids: Sequence[str]) -> list[Evidence]:
        """All evidence under the edges, sorted by date, article and offset."""
        rows = self.ask(
            "UNWIND $ids AS id MATCH (s:Statement {edge: id})-[:IN]->(a:Article) WHERE s.dyad IS NOT NULL "
            "OPTIONAL MATCH (s)-[:SAID_BY]->(speaker:Actor) RETURN a.id, speaker.id, properties(s)",
            ids=sorted(set(edge_ids)),
        )
        return sorted(
            (evidence_of(*row) for row in rows),
            key=lambda v: (belief.date_of(v.triple) or "", v.triple.article, v.triple.start, v.id),
        )

    def titles(self, article_ids: Iterable[str]) -> dict[str, str]:
        """Titles of those of the articles that have one."""
        rows = self.ask(
            "UNWIND $ids AS id MATCH (a:Article {id: id}) WHERE a.dyad IS NOT NULL AND a.title > '' "
            "RETURN a.id, a.title",
            ids=sorted(set(article_ids)),
        )
        return {id_: title for id_, title in rows}

    def search(self, text: str, limit: int) -> list[Triple]:
        """Triples of up to `limit` sentences that hold all the words, newest article first."""
        ids = neo4j_search.find_sentences(self.ask, text, limit)
        rows = self.ask(
            "UNWIND $ids AS id MATCH (s:Statement {id: id})-[:IN]->(a:Article) RETURN a.id, properties(s)",
            ids=ids,
        )
        triples = {row["id"]: triple_of(article, row) for article, row in rows}
        return [triples[id_] for id_ in ids]

    # Paths and parts

    def shortest_path(self, source: str, target: str, only: Filter) -> list[Edge]:
        """Edges of the shortest path, in order; ties go to the heavier, then the smaller ids."""
        ids = paths.shortest(source, target, lambda actors, into: self.steps(actors, only, into))
        found = {e.id: e for e in self.edges_by_id(ids)} if ids else {}
        return [found[key] for key in ids]

    def dates(self, edge_ids: Iterable[str], only: Filter) -> dict[str, list[str]]:
        """The dates of each edge's evidence that pass the filter, sorted; edges without one are left out."""
        outlet = "AND EXISTS { (p)-[:IN]->(o:Article) WHERE o.publisher IN $publishers }"
        rows = self.ask(
            "UNWIND $ids AS id MATCH (p:Statement {edge: id}) WHERE p.dyad IS NOT NULL "
            "AND p.date + '-99-99' >= $since AND p.date <= $until + '-99-99' "
            f"{outlet if only.publisher else ''} RETURN id, collect(DISTINCT p.date)",
            ids=sorted(set(edge_ids)),
            **self.filter_values(only),
        )
        return {edge: sorted(dates) for edge, dates in rows}

    def steps(
        self, actor_ids: Sequence[str], only: Filter, into: Collection[str] | None = None
    ) -> Iterator[paths.Step]:
        """Every edge at each of the actors, seen from it, or those to one of `into`; in no fixed order."""
        first, ids = "UNWIND $ids AS id MATCH (a:Actor {id: id}) ", list(actor_ids)
        rows: list[Any] = []
        if not only.statuses or "actual" in only.statuses:
            rows += self.ties("(a)-[e:TIE]-(b:Actor)", only, first=first, returns=step("type(e)"), ids=ids)
        if set(only.statuses) != {"actual"}:
            pattern = "(a)<-[near:FROM|TO]-(e:Claim)-[:FROM|TO]->(b:Actor)"
            rows += self.claims(pattern, only, first=first, returns=step("e.code"), ids=ids)
        found = (paths.Step(*row) for row in rows)
        return (step for step in found if into is None or step.far in into)

    def subgraph(self, actor_ids: Iterable[str] | None, hops: int, only: Filter) -> Subgraph:
        """The actors within `hops` of the given ones and the edges among them; all when None."""
        if actor_ids is None:
            return Subgraph(tuple(self.actors()), tuple(self.edges(None, None, only)))
        actors = self.fetch_actors(actor_ids)
        edges: dict[str, Edge] = {}
        fringe = sorted(actors)
        for step_ in range(hops + 1):
            found = self.edges_at(fringe, only) if fringe else []
            edges |= {edge.id: edge for edge in found}
            if step_ < hops:
                new = self.fetch_actors({end for e in found for end in (e.source, e.target)} - set(actors))
                actors |= new
                fringe = sorted(new)
        inside = (e for _, e in sorted(edges.items()) if e.source in actors and e.target in actors)
        return Subgraph(tuple(actors[i] for i in sorted(actors)), tuple(inside))


CONDITIONS = "e.dyad IS NOT NULL AND e.sources >= $min_sources"


def step(code: str) -> str:
    """The columns of a Step from actor a over edge e to actor b."""
    outward = "startNode(e) = a" if code == "type(e)" else "s = a"
    weight = "e.weight" if code == "type(e)" else "0"
    stops = ", ".join(
        f"CASE WHEN {code} = 'ROLE' AND ({n}:State OR {n}:Place) THEN 1 ELSE 0 END" for n in "ab"
    )
    return f"e.id, a.id, b.id, {weight}, {stops}, toInteger({outward}), toInteger(e.symmetric), {code}"


def phrase(key: str) -> str:
    """The beginning of a folded name as a full-text query in which nothing of it is an operator."""
    words = " ".join(key.split(" ")[:PHRASE])
    return '"' + words.replace("\\", "\\\\").replace('"', '\\"') + '"'


def lookups(keys: Iterable[str]) -> set[str]:
    """The folded names, and their words longer than two letters."""
    whole = set(keys)
    return whole | {word for name in whole for word in name.split() if len(word) > 2}


def nearest(name: str, pairs: Iterable[tuple[str, str]], limit: int) -> list[str]:
    """Of the pairs of folded and full names, sorted, the full ones nearest to the name."""
    from rapidfuzz import fuzz, process

    shown: dict[str, str] = {}
    for key, full in pairs:
        shown.setdefault(key, full)
    near = process.extract(fold(name), list(shown), scorer=fuzz.ratio, limit=limit * 4, score_cutoff=60)
    ranked = sorted(near, key=lambda hit: (-hit[1], hit[0]))
    return list(dict.fromkeys(shown[key] for key, _, _ in ranked))[:limit]


def lower(text: str) -> str:
    """The text with A to Z made small, as SQLite does it."""
    return text.encode().lower().decode()
