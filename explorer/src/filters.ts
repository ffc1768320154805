// The chips and sliders that say which ties count.

import { QUARTERS, STATUSES, TYPES, type ActorType, type Status } from "./data";
import { el, find } from "./dom";
import type { Choice, Model } from "./model";

export class Filters {
  readonly choice: Choice;

  constructor(model: Model, private readonly changed: () => void) {
    const { actors, edges } = model.data;
    const codes = count(edges.map((edge) => edge.code));
    const statuses = count(edges.map((edge) => edge.status));
    const types = count(actors.map((actor) => actor.type));
    const happened = statuses.has("actual") ? (["actual"] as Status[]) : [...statuses.keys()];
    this.choice = {
      codes: new Set(codes.keys()), statuses: new Set(happened), types: new Set(types.keys()),
      sources: 1, span: null,
    };
    for (const type of Object.keys(TYPES) as ActorType[])
      if (types.has(type)) find("types").append(this.chip(this.choice.types, type, TYPES[type], types.get(type)!, type));
    for (const status of Object.keys(STATUSES) as Status[])
      if (statuses.has(status))
        find("statuses").append(this.chip(this.choice.statuses, status, STATUSES[status], statuses.get(status)!, ""));
    for (const { key, title, codes: members } of QUARTERS) {
      const there = members.filter((code) => codes.has(code));
      if (there.length) find("classes").append(this.group(key, title, there, codes));
    }
    this.slide(Math.max(1, ...edges.map((edge) => edge.sources)));
  }

  private chip<T>(chosen: Set<T>, value: T, title: string, number: number, dot: string): HTMLButtonElement {
    const button = el(
      "button",
      {
        type: "button", class: "chip", "aria-pressed": String(chosen.has(value)), "data-value": String(value),
        click: () => this.toggle(chosen, [value], !chosen.has(value)),
      },
      dot ? el("i", { class: `dot ${dot}` }) : null,
      title,
      el("small", {}, String(number)),
    );
    this.refreshers.push(() => button.setAttribute("aria-pressed", String(chosen.has(value))));
    return button;
  }

  private readonly refreshers: (() => void)[] = [];

  private toggle<T>(chosen: Set<T>, values: T[], on: boolean): void {
    for (const value of values) if (on) chosen.add(value); else chosen.delete(value);
    this.refreshers.forEach((refresh) => refresh());
    this.changed();
  }

  private group(key: string, title: string, codes: string[], counts: Map<string, number>): HTMLElement {
    const { codes: chosen } = this.choice;
    const all = () => codes.every((code) => chosen.has(code));
    const heading = el(
      "button",
      { type: "button", class: "heading", title: "All or none", click: () => this.toggle(chosen, codes, !all()) },
      title,
    );
    const chips = codes.map((code) => this.chip(chosen, code, sentenceCase(code), counts.get(code)!, key));
    return el("section", {}, el("h2", {}, heading), el("div", { class: "chips" }, ...chips));
  }

  private slide(most: number): void {
    const slider = find<HTMLInputElement>("sources");
    slider.max = String(most);
    slider.closest("section")!.hidden = most < 2;
    slider.addEventListener("input", () => {
      this.choice.sources = Number(slider.value);
      find("sources-value").textContent = `at least ${slider.value}`;
      this.changed();
    });
  }
}

export const sentenceCase = (word: string): string => word[0]!.toUpperCase() + word.slice(1).toLowerCase();

function count<T>(values: T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
