// What the keyboard does, in one table: the listener and the list of keys are both made from it.

import { el, find } from "./dom";

export interface Key {
  keys: string[];
  shown: string;
  does: string;
  run: (event: KeyboardEvent) => void;
}

export function listen(keys: Key[]): void {
  document.addEventListener("keydown", (event) => {
    const typing = event.target instanceof HTMLInputElement;
    if (typing || event.ctrlKey || event.metaKey || event.altKey || find<HTMLDialogElement>("keys").open) return;
    const found = keys.find((key) => key.keys.includes(event.key));
    const pressing = event.target instanceof HTMLButtonElement || event.target instanceof HTMLAnchorElement;
    if (!found || (pressing && event.key === "Enter")) return;
    if (event.key.startsWith("Arrow") && event.target !== find("stage") && event.target !== document.body) return;
    event.preventDefault();
    found.run(event);
  });
  const close = () => find<HTMLDialogElement>("keys").close();
  find("keys").append(
    el("h2", { id: "keys-title" }, "Keys"),
    el("dl", {}, ...keys.flatMap((key) => [el("dt", {}, el("kbd", {}, key.shown)), el("dd", {}, key.does)])),
    el("button", { type: "button", click: close }, "Close"),
  );
}
