// A field that finds an actor by any of its names: a combobox with a list, worked by keys or mouse.

import { el } from "./dom";
import type { Model } from "./model";

export class Picker {
  readonly input: HTMLInputElement;
  private readonly list: HTMLUListElement;
  private found: number[] = [];
  private active = 0;
  value: number | null = null;

  constructor(
    place: HTMLElement,
    private readonly model: Model,
    label: string,
    private readonly picked: (actor: number | null) => void,
    private readonly keeps = true,
  ) {
    const list = `${place.id}-list`;
    this.input = el("input", {
      type: "text", role: "combobox", placeholder: label, "aria-label": label, "aria-controls": list,
      "aria-expanded": "false", "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false",
      input: () => this.look(),
      focus: () => this.input.select(),
      blur: () => this.close(),
      keydown: (event) => this.key(event as KeyboardEvent),
    });
    this.list = el("ul", { id: list, role: "listbox", "aria-label": label, hidden: true });
    place.append(this.input, this.list);
  }

  set(actor: number | null): void {
    this.value = actor;
    this.input.value = actor === null ? "" : this.model.data.actors[actor]!.name;
    this.close();
  }

  private look(): void {
    this.found = this.model.search(this.input.value);
    this.active = 0;
    if (!this.input.value.trim() && this.value !== null) this.pick(null);
    this.draw();
  }

  private draw(): void {
    const rows = this.found.map((actor, row) => {
      const { name, type, aliases } = this.model.data.actors[actor]!;
      return el(
        "li",
        {
          role: "option", id: `${this.list.id}-${row}`, "aria-selected": String(row === this.active),
          mousedown: (event) => { event.preventDefault(); this.pick(actor); },
        },
        el("i", { class: `dot ${type}` }),
        el("span", {}, name),
        aliases.length > 0 && el("small", {}, aliases.slice(0, 3).join(", ")),
      );
    });
    const none = this.input.value.trim() && !rows.length ? [el("li", { class: "none" }, "Nobody of that name")] : [];
    this.list.replaceChildren(...rows, ...none);
    this.list.hidden = !this.list.children.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    if (rows.length) this.input.setAttribute("aria-activedescendant", `${this.list.id}-${this.active}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  private key(event: KeyboardEvent): void {
    event.stopPropagation();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.found.length) {
      this.active = (this.active + step + this.found.length) % this.found.length;
      this.draw();
      event.preventDefault();
    } else if (event.key === "Enter" && this.found[this.active] !== undefined) this.pick(this.found[this.active]!);
    else if (event.key === "Escape") {
      this.set(this.value);
      this.input.blur();
    }
  }

  private pick(actor: number | null): void {
    this.set(this.keeps ? actor : null);
    if (actor !== null) this.input.blur();
    this.picked(actor);
  }

  private close(): void {
    this.found = [];
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
  }
}
