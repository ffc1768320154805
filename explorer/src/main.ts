// The page: what is in view and chosen, and what each click and key does to it.

import { read } from "./data";
import { find, plural } from "./dom";
import { Filters } from "./filters";
import { listen } from "./keys";
import { Model, type Hop } from "./model";
import { Panel } from "./panel";
import { Picker } from "./picker";
import { Scene, type Emphasis } from "./scene";
import { DARK, LIGHT } from "./theme";
import { Timeline } from "./timeline";

const START = 36;
const GROWTH = 12;

class Explorer {
  private readonly model = new Model(read());
  private readonly filters = new Filters(this.model, () => this.filter());
  private readonly scene: Scene;
  private readonly panel: Panel;
  private readonly from: Picker;
  private readonly to: Picker;
  private selected: number | null = null;
  private dark = matchMedia("(prefers-color-scheme: dark)").matches;
  private again: () => void = () => this.home();

  constructor() {
    this.model.apply(this.filters.choice);
    this.dress();
    this.scene = new Scene(find("stage"), this.model, this.dark ? DARK : LIGHT, {
      actor: (actor, shift) => (shift && this.selected !== null ? this.connect(this.selected, actor) : this.open(actor)),
      edge: (edge) => this.pair(this.model.data.edges[edge]!.source, this.model.data.edges[edge]!.target, edge),
      ground: () => this.clear(),
    });
    this.panel = new Panel(this.model, {
      open: (actor) => this.open(actor),
      pair: (one, two) => this.pair(one, two),
      grow: (actor) => this.open(actor),
      hide: (actor) => this.hide(actor),
      from: (actor) => { this.from.set(actor); this.seek(); },
      to: (actor) => { this.to.set(actor); this.seek(); },
      hidden: (actor) => this.model.neighbours(actor).filter((near) => !this.scene.inView.has(near.actor)).length,
    });
    const search = new Picker(find("search"), this.model, "Find an actor", (actor) => actor !== null && this.open(actor), false);
    this.from = new Picker(find("from"), this.model, "From", () => this.seek());
    this.to = new Picker(find("to"), this.model, "To", () => this.seek());
    new Timeline(this.model, (span) => { this.filters.choice.span = span; this.filter(); });
    this.wire(search);
    this.home();
  }

  private wire(search: Picker): void {
    const click = (id: string, run: () => void) => find(id).addEventListener("click", run);
    const help = () => find<HTMLDialogElement>("keys").showModal();
    const theme = () => { this.dark = !this.dark; this.dress(); this.scene.dress(this.dark ? DARK : LIGHT); };
    const actions = {
      home: () => this.home(), all: () => this.everything(), fit: () => this.scene.fit(),
      closer: () => this.scene.zoom(1.5), farther: () => this.scene.zoom(1 / 1.5), theme, help,
    };
    for (const [id, run] of Object.entries(actions)) click(id, run);
    const arrow = (right: number, down: number) => () => this.move(right, down);
    listen([
      { keys: ["/"], shown: "/", does: "find an actor", run: () => search.input.focus() },
      { keys: ["p"], shown: "p", does: "a path between two", run: () => (this.from.value === null ? this.from : this.to).input.focus() },
      { keys: ["ArrowUp"], shown: "↑ ↓ ← →", does: "to the neighbour on that side; without one chosen, move the view", run: arrow(0, -1) },
      { keys: ["ArrowDown"], shown: "", does: "", run: arrow(0, 1) },
      { keys: ["ArrowLeft"], shown: "", does: "", run: arrow(-1, 0) },
      { keys: ["ArrowRight"], shown: "", does: "", run: arrow(1, 0) },
      { keys: ["Enter"], shown: "Enter", does: "more neighbours of the chosen actor", run: () => this.open(this.selected ?? this.scene.inView.values().next().value!) },
      { keys: ["h"], shown: "h", does: "hide the chosen actor", run: () => this.selected !== null && this.hide(this.selected) },
      { keys: ["+", "="], shown: "+", does: "closer", run: actions.closer },
      { keys: ["-"], shown: "-", does: "farther", run: actions.farther },
      { keys: ["0"], shown: "0", does: "fit to the window", run: actions.fit },
      { keys: ["r"], shown: "r", does: "back to the start", run: actions.home },
      { keys: ["a"], shown: "a", does: "show every actor", run: actions.all },
      { keys: ["t"], shown: "t", does: "dark or light", run: theme },
      { keys: ["Escape"], shown: "Esc", does: "let go of what is chosen", run: () => this.clear() },
      { keys: ["?"], shown: "?", does: "these keys", run: help },
    ]);
  }

  private dress(): void {
    document.documentElement.dataset["theme"] = this.dark ? "dark" : "light";
  }

  private choose(selected: number | null, again: () => void, also: Partial<Emphasis> = {}): void {
    this.selected = selected;
    this.again = again;
    this.scene.update({ selected, edges: null, ...also });
    const { actors, edges: ties } = this.scene.counts;
    const { total } = this.model.data;
    find("count").textContent = `${actors.toLocaleString("en")} of ${plural(total.actors, "actor")}, ${ties.toLocaleString("en")} of ${plural(total.edges, "tie")} in view`;
  }

  home(): void {
    const { focus } = this.model.data;
    this.scene.show(this.model.core(START, focus));
    if (focus.length) return this.look(focus[0]!);
    this.clear();
    this.scene.fit();
  }

  everything(): void {
    this.scene.show(this.model.data.actors.keys());
    this.clear();
    this.scene.fit();
  }

  clear(): void {
    find("path-note").textContent = "";
    this.choose(null, () => this.clear());
    this.panel.start([...this.scene.inView].filter((actor) => this.scene.visible(actor)));
  }

  // Choose an actor and bring the strongest of its neighbours that are not yet in view.
  open(actor: number): void {
    const fresh = this.model.neighbours(actor).map((near) => near.actor).filter((other) => !this.scene.inView.has(other));
    this.scene.show([...this.scene.inView, actor, ...fresh.slice(0, GROWTH)], actor);
    this.look(actor);
  }

  private look(actor: number): void {
    this.choose(actor, () => this.look(actor));
    this.panel.actor(actor);
  }

  pair(one: number, two: number, first: number | null = null): void {
    this.scene.show([...this.scene.inView, one, two], one);
    this.choose(null, () => this.pair(one, two, first), { edges: new Set(this.model.between(one, two)) });
    this.panel.pair(one, two, first);
  }

  hide(actor: number): void {
    this.scene.show([...this.scene.inView].filter((other) => other !== actor));
    this.clear();
  }

  connect(one: number, two: number): void {
    this.from.set(one);
    this.to.set(two);
    this.seek();
  }

  private seek(): void {
    const [one, two] = [this.from.value, this.to.value];
    const note = find("path-note");
    note.textContent = "";
    if (one === null || two === null) return;
    const hops = one === two ? [] : this.model.path(one, two);
    if (hops.length) this.walk(hops);
    else note.textContent = one === two ? "These are one actor." : "No path between them over what the filters admit.";
  }

  private walk(hops: Hop[]): void {
    this.scene.show([...this.scene.inView, hops[0]!.from, ...hops.map((hop) => hop.to)], hops[0]!.from);
    this.choose(null, () => this.seek(), { edges: new Set(hops.map((hop) => hop.edge)), near: true });
    this.panel.path(hops);
    this.scene.fit();
  }

  private filter(): void {
    this.model.apply(this.filters.choice);
    this.again();
  }

  private move(right: number, down: number): void {
    if (this.selected === null) return this.scene.pan(right, down);
    const next = this.scene.toward(this.selected, right, down);
    if (next !== null) this.look(next);
  }
}

try {
  new Explorer();
} catch (error) {
  find("panel").textContent = `The graph can't be drawn here: ${String(error)}. A browser with WebGL is needed.`;
}
