// What can be asked of the graph without drawing it: who is near whom, under which filter, by which path.

import type { ActorType, Edge, GraphData, Proof, Status } from "./data";

export interface Choice {
  codes: Set<string>;
  statuses: Set<Status>;
  types: Set<ActorType>;
  sources: number;
  span: [number, number] | null; // months counted from year 0; null is all of time, undated included
}

export interface Hop {
  edge: number;
  from: number;
  to: number;
}

const MARKS = /\p{M}/gu;
export const fold = (text: string): string => text.normalize("NFKD").replace(MARKS, "").toLowerCase().trim();

export const months = (date: string, last = false): number => {
  const [year, month] = date.split("-");
  return Number(year) * 12 + (month ? Number(month) - 1 : last ? 11 : 0);
};

export class Model {
  readonly near: number[][];
  readonly strength: number[];
  readonly most: number;
  readonly period: [number, number] | null;
  private readonly keys: string[][];
  private choice: Choice | null = null;
  private readonly admitted: boolean[];

  constructor(readonly data: GraphData) {
    this.near = data.actors.map(() => []);
    this.strength = data.actors.map(() => 0);
    this.admitted = data.edges.map(() => true);
    data.edges.forEach((edge, index) => {
      for (const end of new Set([edge.source, edge.target])) {
        this.near[end]!.push(index);
        this.strength[end]! += edge.status === "actual" ? edge.weight : 0;
      }
    });
    this.most = Math.max(1, ...this.strength);
    this.keys = data.actors.map((actor) => [actor.name, ...actor.aliases].map(fold));
    this.period = this.measure();
  }

  private measure(): [number, number] | null {
    const dated = this.data.edges.flatMap((edge) => edge.proofs).filter((proof) => proof.date);
    if (!dated.length) return null;
    let [first, last] = [Infinity, -Infinity];
    for (const proof of dated) {
      first = Math.min(first, months(proof.date!));
      last = Math.max(last, months(proof.end ?? proof.date!, true));
    }
    return [first, last];
  }

  apply(choice: Choice): void {
    this.choice = choice;
    this.data.edges.forEach((edge, index) => (this.admitted[index] = this.admits(edge)));
  }

  admits(edge: Edge): boolean {
    const choice = this.choice!;
    const ends = [edge.source, edge.target];
    return (
      choice.codes.has(edge.code) &&
      choice.statuses.has(edge.status) &&
      edge.sources >= choice.sources &&
      ends.every((end) => choice.types.has(this.data.actors[end]!.type)) &&
      (!choice.span || edge.proofs.some((proof) => this.within(proof)))
    );
  }

  within(proof: Proof): boolean {
    const span = this.choice?.span;
    if (!span) return true;
    if (!proof.date) return false;
    return months(proof.date) <= span[1] && months(proof.end ?? proof.date, true) >= span[0];
  }

  shown(edge: number): boolean {
    return this.admitted[edge]!;
  }

  other(edge: number, end: number): number {
    const { source, target } = this.data.edges[edge]!;
    return source === end ? target : source;
  }

  // The neighbours of an actor with the edges to each, the strongest first.
  neighbours(actor: number): { actor: number; edges: number[]; weight: number }[] {
    const found = new Map<number, number[]>();
    for (const edge of this.near[actor]!) {
      if (!this.shown(edge)) continue;
      const other = this.other(edge, actor);
      found.set(other, [...(found.get(other) ?? []), edge]);
    }
    return [...found]
      .map(([other, edges]) => ({
        actor: other,
        edges,
        weight: edges.reduce((sum, edge) => sum + this.data.edges[edge]!.weight, 0),
      }))
      .sort((a, b) => b.weight - a.weight || this.strength[b.actor]! - this.strength[a.actor]! || a.actor - b.actor);
  }

  between(one: number, two: number): number[] {
    return this.near[one]!.filter((edge) => this.other(edge, one) === two);
  }

  // Actors whose name, or a word of it, begins with the text; whole names first, then the strongest.
  search(text: string, limit = 8): number[] {
    const wanted = fold(text);
    if (!wanted) return [];
    const ranks = this.keys.map((names) => Math.min(...names.map((name) => rank(name, wanted))));
    return ranks
      .map((_, actor) => actor)
      .filter((actor) => ranks[actor]! < 4)
      .sort((a, b) => ranks[a]! - ranks[b]! || this.strength[b]! - this.strength[a]! || a - b)
      .slice(0, limit);
  }

  // The strongest part: from the given actors (else the strongest one) to the neighbour most tied to what is there.
  core(size: number, seeds: number[] = []): number[] {
    const start = seeds.length ? seeds : [this.strength.indexOf(Math.max(...this.strength))];
    const kept = new Set(start.filter((actor) => actor >= 0));
    const pull = new Map<number, number>();
    const add = (actor: number) => {
      kept.add(actor);
      for (const { actor: other, weight } of this.neighbours(actor))
        pull.set(other, (pull.get(other) ?? 0) + weight);
    };
    kept.forEach(add);
    while (kept.size < size) {
      let next = -1;
      let most = 0;
      for (const [actor, weight] of pull)
        if (!kept.has(actor) && (weight > most || (weight === most && actor < next))) [next, most] = [actor, weight];
      if (next < 0) break;
      add(next);
    }
    return [...kept];
  }

  // Fewest hops, then the stronger; an actor entered by a role at a state or place is not left by one.
  path(start: number, goal: number): Hop[] {
    interface Step extends Hop {
      before: Step | null;
      stop: boolean;
      weight: number;
    }
    const stops = (edge: Edge, at: number) =>
      edge.code === "ROLE" && ["STATE", "PLACE"].includes(this.data.actors[at]!.type);
    const passed = (step: Step, actor: number): boolean =>
      step.to === actor || (step.before !== null && passed(step.before, actor));
    let fringe: Step[] = [{ edge: -1, from: -1, to: start, before: null, stop: false, weight: 0 }];
    const seen = new Set<string>([`${start}`]);
    while (fringe.length) {
      const next = new Map<string, Step>();
      for (const step of fringe)
        for (const index of this.near[step.to]!) {
          const edge = this.data.edges[index]!;
          const to = this.other(index, step.to);
          if (!this.shown(index) || (step.stop && stops(edge, step.to)) || passed(step, to)) continue;
          const stop = stops(edge, to) && to !== goal;
          const key = `${to}${stop ? "!" : ""}`;
          const weight = step.weight + edge.weight;
          if (seen.has(key) || (next.get(key)?.weight ?? -1) >= weight) continue;
          next.set(key, { edge: index, from: step.to, to, before: step, stop, weight });
        }
      const found = next.get(`${goal}`);
      if (found) return walk(found);
      next.forEach((_, key) => seen.add(key));
      fringe = [...next.values()];
    }
    return [];

    function walk(step: Step): Hop[] {
      return step.before ? [...walk(step.before), { edge: step.edge, from: step.from, to: step.to }] : [];
    }
  }
}

function rank(name: string, wanted: string): number {
  if (name === wanted) return 0;
  if (name.split(/[\s-]+/).includes(wanted)) return 1;
  if (name.startsWith(wanted) || name.includes(` ${wanted}`)) return 2;
  return name.includes(wanted) ? 3 : 4;
}
