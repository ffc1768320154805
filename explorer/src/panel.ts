// The panel at the side: who an actor is, what two do to each other, by which sentences.

import { quarterOf, STATUSES, type Edge, type Proof } from "./data";
import { el, find, plural } from "./dom";
import { sentenceCase } from "./filters";
import type { Hop, Model } from "./model";

export interface Actions {
  open(actor: number): void;
  pair(one: number, two: number): void;
  grow(actor: number): void;
  hide(actor: number): void;
  from(actor: number): void;
  to(actor: number): void;
  hidden(actor: number): number;
}

const KINDS = { PERSON: "Person", STATE: "State", ORG: "Organisation", GROUP: "Group", PLACE: "Place" };

export class Panel {
  private readonly place = find("panel");

  constructor(private readonly model: Model, private readonly act: Actions) {}

  private fill(...children: (Node | null)[]): void {
    this.place.replaceChildren(...children.filter((child): child is Node => child !== null));
    this.place.scrollTop = 0;
  }

  start(actors: number[]): void {
    const { total, actors: all } = this.model.data;
    const part = all.length < total.actors ? ` The ${all.length.toLocaleString("en")} best connected are in this page.` : "";
    const ranked = [...actors].sort((a, b) => this.model.strength[b]! - this.model.strength[a]!).slice(0, 14);
    this.fill(
      el("h2", {}, "Who did what to whom"),
      el("p", { class: "note" },
        `${plural(total.actors, "actor")} and ${plural(total.edges, "tie")}, each traced to the sentences that say so.${part} ` +
        "Click an actor to see its neighbours, a line to read its evidence; shift-click a second actor for the path."),
      el("h3", {}, "Strongest in view"),
      el("ul", { class: "rows" }, ...ranked.map((actor) => this.row(actor, this.model.neighbours(actor).flatMap((n) => n.edges), () => this.act.open(actor)))),
    );
  }

  actor(actor: number): void {
    const { name, type, aliases, articles } = this.model.data.actors[actor]!;
    const near = this.model.neighbours(actor);
    const dates = near.flatMap((n) => n.edges).flatMap((edge) => this.model.data.edges[edge]!.proofs).map((proof) => proof.date).filter((date): date is string => date !== null).sort();
    const seen = dates.length ? `, ${dates[0]} to ${dates[dates.length - 1]}` : "";
    const more = this.act.hidden(actor);
    this.fill(
      el("p", { class: "kind" }, el("i", { class: `dot ${type}` }), KINDS[type]),
      el("h2", {}, name),
      aliases.length ? el("p", { class: "note" }, `also ${aliases.join(", ")}`) : null,
      el("p", { class: "note" }, `in ${plural(articles, "article")}${seen}`),
      el("div", { class: "buttons" },
        more > 0 ? el("button", { type: "button", click: () => this.act.grow(actor) }, `Show ${more} more`) : null,
        el("button", { type: "button", click: () => this.act.from(actor) }, "Path from here"),
        el("button", { type: "button", click: () => this.act.to(actor) }, "Path to here"),
        el("button", { type: "button", click: () => this.act.hide(actor) }, "Hide"),
      ),
      ...this.roles(actor),
      el("h3", {}, `Tied to ${near.length ? near.length.toLocaleString("en") : "nobody, as filtered"}`),
      el("ul", { class: "rows" }, ...near.map((tie) => this.row(tie.actor, tie.edges, () => this.act.pair(actor, tie.actor)))),
    );
  }

  private roles(actor: number): Node[] {
    const held = this.model.near[actor]!
      .filter((edge) => this.model.shown(edge))
      .map((edge) => this.model.data.edges[edge]!)
      .filter((edge) => edge.code === "ROLE" && edge.source === actor);
    if (!held.length) return [];
    const lines = held.map((edge) => el("li", {}, `${edge.label} `, el("b", {}, this.model.data.actors[edge.target]!.name)));
    return [el("h3", {}, "Roles"), el("ul", { class: "roles" }, ...lines)];
  }

  private row(actor: number, edges: number[], click: () => void): HTMLElement {
    const { name, type } = this.model.data.actors[actor]!;
    const found = edges.map((edge) => this.model.data.edges[edge]!);
    const quarters = [...new Set(found.map((edge) => quarterOf(edge.code)))];
    const sentences = found.reduce((sum, edge) => sum + edge.evidence, 0);
    return el("li", {}, el("button", { type: "button", click },
      el("i", { class: `dot ${type}` }),
      el("span", {}, name),
      el("em", {}, ...quarters.map((quarter) => el("i", { class: `bar ${quarter}` }))),
      el("small", { title: plural(sentences, "sentence") }, String(sentences))));
  }

  pair(one: number, two: number, first: number | null): void {
    const edges = this.model.between(one, two);
    const shown = edges.filter((edge) => this.model.shown(edge));
    const hidden = edges.filter((edge) => !this.model.shown(edge));
    const order = (a: number, b: number) =>
      Number(b === first) - Number(a === first) || this.model.data.edges[b]!.weight - this.model.data.edges[a]!.weight;
    const disputed = (edge: Edge) =>
      edges.map((index) => this.model.data.edges[index]!).some((other) =>
        other.code === edge.code && other.source === edge.source && other.status !== edge.status &&
        [other.status, edge.status].includes("negated") && [other.status, edge.status].includes("actual"));
    const block = (edge: number) => this.tie(edge, disputed(this.model.data.edges[edge]!));
    this.fill(
      el("h2", { class: "two" }, this.link(one), el("span", {}, "and"), this.link(two)),
      ...shown.sort(order).map(block),
      hidden.length ? el("details", {}, el("summary", {}, `${plural(hidden.length, "tie")} outside the filters`), ...hidden.sort(order).map(block)) : null,
    );
    this.place.focus({ preventScroll: true });
  }

  path(hops: Hop[]): void {
    const ends = [hops[0]!.from, hops[hops.length - 1]!.to] as const;
    this.fill(
      el("p", { class: "kind" }, `A path of ${plural(hops.length, "hop")}`),
      el("h2", { class: "two" }, this.link(ends[0]), el("span", {}, "to"), this.link(ends[1])),
      el("ol", { class: "hops" }, ...hops.map(({ edge, from, to }) =>
        el("li", {}, this.tie(edge, false, 1),
          el("button", { type: "button", class: "more", click: () => this.act.pair(from, to) }, "All between these two")))),
    );
    this.place.focus({ preventScroll: true });
  }

  private link(actor: number): HTMLElement {
    const { name, type } = this.model.data.actors[actor]!;
    return el("button", { type: "button", class: "name", click: () => this.act.open(actor) }, el("i", { class: `dot ${type}` }), name);
  }

  private tie(index: number, disputed: boolean, limit = 99): HTMLElement {
    const edge = this.model.data.edges[index]!;
    const [source, target] = [edge.source, edge.target].map((end) => this.model.data.actors[end]!.name);
    const facts = [plural(edge.sources, "independent source"), `confidence ${edge.confidence.toFixed(2)}`];
    const left = edge.evidence - Math.min(limit, edge.proofs.length);
    return el("article", { class: `tie ${quarterOf(edge.code)}` },
      el("h3", {}, el("b", {}, source!), ` ${edge.label} `, el("b", {}, target!)),
      el("p", { class: "facts" },
        el("span", { class: `badge ${quarterOf(edge.code)}` }, sentenceCase(edge.code)),
        edge.status !== "actual" && el("span", { class: "badge status" }, STATUSES[edge.status]),
        disputed && el("span", { class: "badge disputed" }, "disputed"),
        facts.join(" · ")),
      ...edge.proofs.slice(0, limit).map((proof) => this.proof(proof)),
      left > 0 && el("p", { class: "note" }, `and ${plural(left, "more sentence")}`));
  }

  private proof(proof: Proof): HTMLElement {
    const article = this.model.data.articles[proof.article]!;
    const title = article.title ?? `Article ${article.id}`;
    const source = article.url
      ? el("a", { href: article.url, target: "_blank", rel: "noopener noreferrer" }, title)
      : el("span", {}, title);
    const rest = [proof.by && `as ${proof.by} says`, article.publisher, proof.date].filter(Boolean).join(" · ");
    return el("figure", { class: this.model.within(proof) ? "" : "outside" },
      el("blockquote", {}, ...this.marked(proof)),
      el("figcaption", {}, source, rest && el("span", {}, rest)));
  }

  private marked({ sentence, spans }: Proof): (Node | string)[] {
    const parts: (Node | string)[] = [];
    let done = 0;
    for (const [start, end] of spans) {
      if (start < done) continue;
      parts.push(sentence.slice(done, start), el("mark", {}, sentence.slice(start, end)));
      done = end;
    }
    return [...parts, sentence.slice(done)];
  }
}
