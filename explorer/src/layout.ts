// Where the actors stand: a force layout that goes on from where it is when actors come or go.

import {
  forceCollide,
  forceLink,
  forceManyBody,
  forceSimulation,
  forceX,
  forceY,
  type Simulation,
  type SimulationLinkDatum,
  type SimulationNodeDatum,
} from "d3-force";

export interface Body extends SimulationNodeDatum {
  actor: number;
  size: number;
}

type Tie = SimulationLinkDatum<Body> & { weight: number };

export class Layout {
  readonly bodies = new Map<number, Body>();
  private readonly force: Simulation<Body, Tie> = forceSimulation<Body, Tie>().stop();

  set(actors: { actor: number; size: number; by: number | null }[], ties: [number, number, number][], wide: number): void {
    const kept = new Set(actors.map(({ actor }) => actor));
    for (const actor of [...this.bodies.keys()]) if (!kept.has(actor)) this.bodies.delete(actor);
    let fresh = 0;
    for (const { actor, size, by } of actors) {
      const body = this.bodies.get(actor) ?? this.place(actor, by, fresh++);
      body.size = size;
      this.bodies.set(actor, body);
    }
    const links = ties.map(([a, b, weight]) => ({ source: this.bodies.get(a)!, target: this.bodies.get(b)!, weight }));
    const many = actors.length > 400;
    this.force
      .nodes([...this.bodies.values()])
      .force("charge", forceManyBody<Body>().strength(many ? -90 : -900).theta(many ? 1.1 : 0.8).distanceMax(1400))
      .force("link", forceLink<Body, Tie>(links).distance(many ? 45 : 120))
      .force("collide", many ? null : forceCollide<Body>((body) => body.size + 14).strength(0.7))
      .force("x", forceX<Body>(0).strength(0.05 / Math.max(1, wide)))
      .force("y", forceY<Body>(0).strength(0.05 * Math.min(1.6, Math.max(1, wide))))
      .alphaDecay(many ? 0.018 : 0.03);
    if (fresh) this.force.alpha(fresh === actors.length ? 1 : 0.45);
  }

  // A newcomer starts around the neighbour who brought it, each at its own angle.
  private place(actor: number, by: number | null, number: number): Body {
    const from = by === null ? undefined : this.bodies.get(by);
    const angle = number * 2.399963;
    const reach = from ? 60 : 18 * Math.sqrt(number + 0.5);
    return { actor, size: 0, x: (from?.x ?? 0) + reach * Math.cos(angle), y: (from?.y ?? 0) + reach * Math.sin(angle) };
  }

  get settled(): boolean {
    return this.force.alpha() < 0.004;
  }

  // Work for at most so many milliseconds.
  run(budget: number): void {
    const end = performance.now() + budget;
    do this.force.tick();
    while (!this.settled && performance.now() < end);
  }

  warm(): void {
    this.force.alpha(Math.max(this.force.alpha(), 0.25));
  }

  pin(actor: number, at: { x: number; y: number } | null): void {
    const body = this.bodies.get(actor)!;
    body.fx = at ? at.x : null;
    body.fy = at ? at.y : null;
  }

  box(actors: Iterable<number>): { x: number; y: number; width: number; height: number } | null {
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    for (const actor of actors) {
      const { x = 0, y = 0, size } = this.bodies.get(actor) ?? { size: 0 };
      [left, right] = [Math.min(left, x - size), Math.max(right, x + size)];
      [top, bottom] = [Math.min(top, y - size), Math.max(bottom, y + size)];
    }
    if (left > right) return null;
    return { x: (left + right) / 2, y: (top + bottom) / 2, width: right - left, height: bottom - top };
  }
}
