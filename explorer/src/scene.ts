// The drawing: sigma shows what the model admits of the actors in view, and says what was clicked.

import EdgeCurveProgram, { EdgeCurvedArrowProgram } from "@sigma/edge-curve";
import { MultiDirectedGraph } from "graphology";
import Sigma from "sigma";
import { EdgeArrowProgram, EdgeRectangleProgram } from "sigma/rendering";
import { quarterOf } from "./data";
import { drawNames, drawRing, type Named } from "./labels";
import { Layout } from "./layout";
import type { Model } from "./model";
import { fade, mix, type Theme } from "./theme";

export interface Emphasis {
  selected: number | null;
  edges: Set<number> | null; // a path or a pair: all else steps back
  near?: boolean; // the camera goes there
}

interface Events {
  actor(actor: number, shift: boolean): void;
  edge(edge: number): void;
  ground(): void;
}

const SIDE = 1000;

export class Scene {
  readonly inView = new Set<number>();
  private readonly graph = new MultiDirectedGraph();
  private readonly layout = new Layout();
  private readonly sigma: Sigma;
  private emphasis: Emphasis = { selected: null, edges: null };
  private hovered: number | null = null;
  private live = new Set<number>();
  private bright = new Set<number>();
  private readonly names: CanvasRenderingContext2D;
  private following = true;
  private frame = 0;
  private before = 0;
  private bare = false;
  private readonly still = matchMedia("(prefers-reduced-motion: reduce)").matches;

  constructor(
    private readonly stage: HTMLElement,
    private readonly model: Model,
    private theme: Theme,
    events: Events,
  ) {
    this.sigma = new Sigma(this.graph, stage, {
      allowInvalidContainer: true,
      enableEdgeEvents: true,
      zIndex: true,
      defaultEdgeType: "line",
      edgeProgramClasses: {
        line: EdgeRectangleProgram,
        arrow: EdgeArrowProgram,
        curve: EdgeCurveProgram,
        curvedArrow: EdgeCurvedArrowProgram,
      },
      renderLabels: false,
      minEdgeThickness: 1.2,
      stagePadding: 0,
      minCameraRatio: 0.05,
      maxCameraRatio: 12,
      defaultDrawNodeHover: (context, node) => drawRing(context, node, this.theme),
      nodeReducer: (key) => this.drawActor(Number(key)),
      edgeReducer: (key) => this.drawEdge(Number(key)),
    });
    this.sigma.setCustomBBox({ x: [-SIDE / 2, SIDE / 2], y: [-SIDE / 2, SIDE / 2] });
    this.names = this.sigma.createCanvas("names", { style: { pointerEvents: "none" } }).getContext("2d")!;
    this.listen(events);
    new ResizeObserver(() => this.go()).observe(stage);
  }

  private listen(events: Events): void {
    this.sigma.on("afterRender", () => this.write());
    let dragged: number | null = null;
    let moved = false;
    this.sigma.on("clickNode", ({ node, event }) => {
      if (!moved) events.actor(Number(node), event.original.shiftKey);
    });
    this.sigma.on("clickEdge", ({ edge }) => events.edge(Number(edge)));
    this.sigma.on("clickStage", () => events.ground());
    this.sigma.on("doubleClickNode", (event) => event.preventSigmaDefault());
    this.sigma.on("enterNode", ({ node }) => this.hover(Number(node)));
    this.sigma.on("leaveNode", () => this.hover(null));
    this.sigma.on("enterEdge", () => (this.stage.style.cursor = "pointer"));
    this.sigma.on("leaveEdge", () => (this.stage.style.cursor = ""));
    this.sigma.on("downNode", ({ node, preventSigmaDefault }) => {
      [dragged, moved] = [Number(node), false];
      preventSigmaDefault();
    });
    this.sigma.on("moveBody", ({ event, preventSigmaDefault }) => {
      if (dragged === null) return;
      moved = true;
      this.layout.pin(dragged, this.sigma.viewportToGraph(event));
      this.layout.warm();
      this.following = false;
      this.go();
      preventSigmaDefault();
      event.original.preventDefault();
    });
    const drop = () => {
      if (dragged !== null && moved) this.layout.pin(dragged, null);
      dragged = null;
      setTimeout(() => (moved = false));
    };
    this.sigma.on("upNode", drop);
    this.sigma.on("upStage", drop);
    const loose = () => (this.following = false);
    this.sigma.on("wheelStage", loose);
    this.sigma.on("wheelNode", loose);
    this.sigma.on("wheelEdge", loose);
    this.sigma.on("downStage", loose);
  }

  private hover(actor: number | null): void {
    this.hovered = actor;
    this.stage.style.cursor = actor === null ? "" : "pointer";
    this.redraw();
  }

  // Put exactly these actors in view; `by` brought the new ones and is where they start from.
  show(actors: Iterable<number>, by: number | null = null): void {
    const wanted = new Set(actors);
    if (wanted.size === this.inView.size && [...wanted].every((actor) => this.inView.has(actor))) return;
    for (const actor of [...this.inView]) if (!wanted.has(actor)) this.drop(actor);
    for (const actor of wanted) if (!this.inView.has(actor)) this.add(actor);
    const scale = this.crowded ? 0.5 : 1;
    const ties = new Map<string, [number, number, number]>();
    this.graph.forEachEdge((key) => {
      const { source, target, weight } = this.model.data.edges[Number(key)]!;
      const pair = source < target ? `${source} ${target}` : `${target} ${source}`;
      ties.set(pair, [source, target, (ties.get(pair)?.[2] ?? 0) + weight]);
    });
    const { width, height } = this.sigma.getDimensions();
    this.layout.set(
      [...this.inView].map((actor) => ({ actor, size: this.sizeOf(actor, scale), by })),
      [...ties.values()].filter(([a, b]) => a !== b),
      width / Math.max(1, height),
    );
    this.graph.forEachNode((key) => this.graph.setNodeAttribute(key, "size", this.sizeOf(Number(key), scale)));
    this.bend();
    this.following = true;
    this.update();
  }

  private add(actor: number): void {
    this.inView.add(actor);
    this.graph.addNode(String(actor), { x: 0, y: 0, size: 1, label: this.model.data.actors[actor]!.name });
    for (const edge of this.model.near[actor]!) {
      const { source, target, symmetric } = this.model.data.edges[edge]!;
      if (this.inView.has(source) && this.inView.has(target) && !this.graph.hasEdge(String(edge)))
        this.graph.addEdgeWithKey(String(edge), String(source), String(target), { symmetric });
    }
  }

  private drop(actor: number): void {
    this.inView.delete(actor);
    this.graph.dropNode(String(actor));
  }

  // So much in view that single lines no longer tell anything: they are drawn thin, straight and cheap.
  private get crowded(): boolean {
    return this.inView.size > 400;
  }

  private sizeOf(actor: number, scale: number): number {
    return (5 + 17 * Math.sqrt(this.model.strength[actor]! / this.model.most)) * scale;
  }

  // Parallel edges bend apart, so that each can be seen and clicked.
  private bend(): void {
    const pairs = new Map<string, number[]>();
    this.graph.forEachEdge((key) => {
      const { source, target } = this.model.data.edges[Number(key)]!;
      const pair = source < target ? `${source} ${target}` : `${target} ${source}`;
      if (this.model.shown(Number(key))) pairs.set(pair, [...(pairs.get(pair) ?? []), Number(key)]);
    });
    for (const edges of pairs.values())
      edges.forEach((edge, number) => {
        const { source, target, symmetric } = this.model.data.edges[edge]!;
        const curvature = this.crowded ? 0 : (number - (edges.length - 1) / 2) * 0.26 * (source < target ? 1 : -1);
        const type = this.crowded ? "line" : curvature ? (symmetric ? "curve" : "curvedArrow") : symmetric ? "line" : "arrow";
        this.graph.mergeEdgeAttributes(String(edge), { curvature, type });
      });
  }

  // Something else is admitted or emphasised.
  update(emphasis: Emphasis = this.emphasis): void {
    this.emphasis = emphasis;
    this.bend();
    this.live = new Set();
    this.graph.forEachEdge((key) => {
      const edge = Number(key);
      if (!this.model.shown(edge)) return;
      this.live.add(this.model.data.edges[edge]!.source).add(this.model.data.edges[edge]!.target);
    });
    for (const actor of this.inView) {
      const more = this.model.neighbours(actor).filter((near) => !this.inView.has(near.actor)).length;
      this.graph.setNodeAttribute(String(actor), "more", more);
    }
    this.redraw();
    this.go();
  }

  visible(actor: number): boolean {
    return this.inView.has(actor) && (this.live.has(actor) || this.emphasis.selected === actor);
  }

  get counts(): { actors: number; edges: number } {
    let edges = 0;
    this.graph.forEachEdge((key) => (edges += Number(this.model.shown(Number(key)))));
    return { actors: [...this.inView].filter((actor) => this.visible(actor)).length, edges };
  }

  private redraw(): void {
    const { selected, edges } = this.emphasis;
    const centre = this.hovered ?? (edges ? null : selected);
    this.bright = new Set(centre === null ? [] : [centre]);
    if (centre !== null) for (const near of this.model.neighbours(centre)) this.bright.add(near.actor);
    else
      for (const edge of edges ?? []) {
        const { source, target } = this.model.data.edges[edge]!;
        this.bright.add(source).add(target);
      }
    this.sigma.scheduleRefresh();
  }

  private drawActor(actor: number): Record<string, unknown> {
    const found = this.model.data.actors[actor]!;
    const raw = this.graph.getNodeAttributes(String(actor));
    const colour = this.theme.types[found.type];
    const apart = this.bright.size > 0 && !this.bright.has(actor);
    return {
      ...raw,
      hidden: !this.visible(actor),
      color: apart ? mix(colour, this.theme.ground, 0.28) : colour,
      highlighted: actor === this.emphasis.selected,
      zIndex: apart ? 0 : 1,
    };
  }

  // Names of what stands out, or of all; the stronger first, as many as find room.
  private write(): void {
    const { width, height } = this.sigma.getDimensions();
    const canvas = this.names.canvas;
    const ratio = window.devicePixelRatio || 1;
    if (canvas.width !== width * ratio || canvas.height !== height * ratio) {
      [canvas.width, canvas.height] = [width * ratio, height * ratio];
      [canvas.style.width, canvas.style.height] = [`${width}px`, `${height}px`];
    }
    this.names.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.names.clearRect(0, 0, width, height);
    const near = this.bright.size ? this.bright : this.inView;
    const few = this.emphasis.edges !== null && this.hovered === null;
    const must = (actor: number) => few || actor === (this.hovered ?? this.emphasis.selected);
    const drawn: Named[] = [];
    for (const actor of near) {
      if (!this.inView.has(actor) || !this.visible(actor)) continue;
      const { x, y } = this.at(actor);
      if (x < 0 || y < 0 || x > width || y > height) continue;
      const { size, more } = this.graph.getNodeAttributes(String(actor)) as { size: number; more: number };
      const { name } = this.model.data.actors[actor]!;
      const weight = must(actor) ? Infinity : this.model.strength[actor]!;
      drawn.push({ name, more, x, y, size: this.sigma.scaleSize(size), weight });
    }
    drawNames(this.names, drawn.sort((a, b) => (a.weight === b.weight ? 0 : b.weight - a.weight)), this.theme);
  }

  private drawEdge(edge: number): Record<string, unknown> {
    const { source, target, code, status, weight } = this.model.data.edges[edge]!;
    const raw = this.graph.getEdgeAttributes(String(edge));
    const colour = this.theme.quarters[quarterOf(code)];
    const centre = this.hovered ?? this.emphasis.selected;
    const picked = this.hovered === null && this.emphasis.edges ? this.emphasis.edges.has(edge) : source === centre || target === centre;
    const apart = this.bright.size > 0 && !picked;
    const plain = this.crowded ? 0.4 : status === "actual" ? 0.62 : 0.35;
    return {
      ...raw,
      hidden: this.bare || !this.model.shown(edge),
      color: apart ? fade(colour, 0.1) : mix(colour, this.theme.ground, picked ? 1 : plain),
      size: Math.min(6, 1.2 + Math.log2(weight + 1) * 0.55) * (picked ? 1.5 : 1) * (this.crowded ? 0.7 : 1),
      zIndex: picked ? 2 : apart ? 0 : 1,
    };
  }

  // One loop moves actors and camera until both are at rest.
  private go(): void {
    if (!this.frame) this.frame = requestAnimationFrame((now) => this.step(now));
  }

  // Where drawing is slow, more of the layout is worked out between two frames, and a crowd moves without lines.
  private pace(now: number): number {
    const gap = now - this.before;
    this.before = now;
    if (gap > 1000) return 9;
    if (gap > 70 && this.crowded && !this.bare) {
      this.bare = true;
      this.sigma.setSetting("hideEdgesOnMove", true);
    }
    return Math.min(100, Math.max(9, gap * 0.6));
  }

  private step(now: number): void {
    this.frame = 0;
    const moving = !this.layout.settled;
    if (moving) {
      this.layout.run(this.still ? 3000 : this.pace(now));
      this.graph.updateEachNodeAttributes(
        (key, attributes) => {
          const { x = 0, y = 0 } = this.layout.bodies.get(Number(key))!;
          return Object.assign(attributes, { x, y });
        },
        { attributes: ["x", "y"] },
      );
    }
    if (this.bare && !moving) {
      this.bare = false;
      this.sigma.scheduleRefresh();
    }
    const catching = this.following && this.follow(this.still ? 1 : 0.22);
    this.stage.toggleAttribute("data-moving", moving || catching);
    if (moving || catching) this.go();
  }

  // Bring the camera nearer to where everything is seen; whether it is still on its way.
  private follow(share: number): boolean {
    const chosen = this.emphasis.near ? [...this.bright] : [...this.inView].filter((actor) => this.visible(actor));
    const box = this.layout.box(chosen);
    if (!box) return false;
    const { width, height } = this.sigma.getDimensions();
    const side = Math.min(width, height);
    const room = (length: number, space: number) => (length / SIDE) * (side / Math.max(80, space - 2 * 70));
    const aim = {
      x: 0.5 + box.x / SIDE,
      y: 0.5 + box.y / SIDE,
      ratio: Math.max(this.emphasis.near ? 0.6 : 0.32, room(box.width, width), room(box.height, height)),
    };
    const camera = this.sigma.getCamera();
    const far = Math.abs(aim.x - camera.x) + Math.abs(aim.y - camera.y) + Math.abs(aim.ratio - camera.ratio);
    const move = (from: number, to: number) => from + (to - from) * share;
    camera.setState({ x: move(camera.x, aim.x), y: move(camera.y, aim.y), ratio: move(camera.ratio, aim.ratio) });
    return far > 0.004;
  }

  fit(): void {
    this.following = true;
    this.go();
  }

  zoom(factor: number): void {
    this.following = false;
    void this.sigma.getCamera().animatedZoom({ factor, duration: this.still ? 1 : 200 });
  }

  pan(right: number, down: number): void {
    this.following = false;
    const camera = this.sigma.getCamera();
    const { width, height } = this.sigma.getDimensions();
    const unit = (80 / Math.min(width, height)) * camera.ratio;
    camera.setState({ x: camera.x + right * unit, y: camera.y - down * unit });
  }

  // The visible neighbour of an actor that lies most in this direction on the screen.
  toward(actor: number, right: number, down: number): number | null {
    const here = this.at(actor);
    let [best, least] = [null as number | null, Infinity];
    for (const { actor: other } of this.model.neighbours(actor)) {
      if (!this.visible(other) || other === actor) continue;
      const there = this.at(other);
      const [dx, dy] = [there.x - here.x, there.y - here.y];
      const along = dx * right + dy * down;
      const across = Math.abs(dx * down) + Math.abs(dy * right);
      if (along > 0 && along + 2 * across < least) [best, least] = [other, along + 2 * across];
    }
    return best;
  }

  at(actor: number): { x: number; y: number } {
    const { x, y } = this.graph.getNodeAttributes(String(actor)) as { x: number; y: number };
    return this.sigma.graphToViewport({ x, y });
  }

  dress(theme: Theme): void {
    this.theme = theme;
    this.sigma.refresh();
  }
}
