// The time slider: how much is told of each month, and two handles between which ties count.

import { el, find } from "./dom";
import { months, type Model } from "./model";

const BARS = 96;
const NAMES = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
export const monthName = (month: number): string => `${NAMES[month % 12]} ${Math.floor(month / 12)}`;

export class Timeline {
  private readonly low: HTMLInputElement;
  private readonly high: HTMLInputElement;
  private readonly says = el("output", {});
  private readonly bars: HTMLElement[] = [];
  private readonly step: number;
  private readonly first: number;
  private readonly last: number;

  constructor(model: Model, private readonly changed: (span: [number, number] | null) => void) {
    const [first, last] = model.period ?? [0, 0];
    this.step = Math.max(1, Math.ceil((last - first + 1) / BARS));
    const bins = Math.ceil((last - first + 1) / this.step);
    [this.first, this.last] = [first, first + bins * this.step - 1];
    this.low = this.handle("From", 0, bins - 1, 0);
    this.high = this.handle("Until", 0, bins - 1, bins - 1);
    find("time").hidden = !model.period || bins < 2;
    if (find("time").hidden) return;
    const heights = this.measure(model, bins);
    const most = Math.max(...heights);
    this.bars = heights.map((height) => {
      const bar = el("i", {});
      bar.style.height = height ? `${8 + (92 * height) / most}%` : "0";
      return bar;
    });
    const clear = el("button", { type: "button", click: () => this.reset() }, "All of time");
    find("time").append(
      el("div", { class: "caption" }, this.says, clear),
      el("div", { class: "bars", "aria-hidden": "true" }, ...this.bars),
      el("div", { class: "handles" }, this.low, this.high),
    );
    this.show();
  }

  private measure(model: Model, bins: number): number[] {
    const heights = Array.from({ length: bins }, () => 0);
    for (const proof of model.data.edges.flatMap((edge) => edge.proofs))
      if (proof.date) heights[Math.floor((months(proof.date) - this.first) / this.step)]! += 1;
    return heights;
  }

  private handle(label: string, min: number, max: number, value: number): HTMLInputElement {
    const input = el("input", {
      type: "range", "aria-label": label, min, max, value, step: 1,
      input: () => this.move(input),
      keydown: (event) => event.stopPropagation(),
    });
    return input;
  }

  private move(moved: HTMLInputElement): void {
    const [low, high] = [Number(this.low.value), Number(this.high.value)];
    if (low > high) moved.value = String(moved === this.low ? high : low);
    this.show();
    this.changed(this.span);
  }

  private get span(): [number, number] | null {
    const [low, high] = [Number(this.low.value), Number(this.high.value)];
    const whole = low === 0 && high === this.bars.length - 1;
    return whole ? null : [this.first + low * this.step, this.first + (high + 1) * this.step - 1];
  }

  private show(): void {
    const [low, high] = [Number(this.low.value), Number(this.high.value)];
    const [from, until] = this.span ?? [this.first, this.last];
    this.bars.forEach((bar, i) => bar.toggleAttribute("data-on", i >= low && i <= high));
    this.says.value = from === until ? monthName(from) : `${monthName(from)} – ${monthName(until)}`;
    this.low.setAttribute("aria-valuetext", monthName(from));
    this.high.setAttribute("aria-valuetext", monthName(until));
    this.low.style.zIndex = low > this.bars.length / 2 ? "2" : "1";
  }

  private reset(): void {
    [this.low.value, this.high.value] = ["0", String(this.bars.length - 1)];
    this.show();
    this.changed(null);
  }
}
