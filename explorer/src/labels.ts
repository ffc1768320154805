// Names under their actors, with a halo that keeps them legible over lines.

import type { Theme } from "./theme";

export interface Named {
  name: string;
  more: number; // neighbours not in view
  x: number;
  y: number;
  size: number;
  weight: number; // Infinity for who must be named
}

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

const FONT = "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
const SIZE = 13;
const MOST = 70;

// In the order given, under the actor or else above it; a name that would cover what came before is left out.
export function drawNames(context: CanvasRenderingContext2D, nodes: Named[], theme: Theme): void {
  const taken: Box[] = [];
  let written = 0;
  for (const node of nodes) {
    if (written >= MOST) return;
    taken.push(square(node.x, node.y, node.size * 0.7));
    const places = [node.y + node.size + 2, node.y - node.size - SIZE - 6].map((top) => place(context, node, top));
    const free = places.find((box) => !taken.some((other) => cover(box, other)));
    const box = free ?? (node.weight === Infinity ? places[0] : undefined);
    if (!box) continue;
    taken.push(box);
    written += 1;
    write(context, node, box, theme);
  }
}

function place(context: CanvasRenderingContext2D, node: Named, top: number): Box {
  context.font = `500 ${SIZE}px ${FONT}`;
  let width = context.measureText(short(node.name)).width;
  context.font = `400 ${SIZE - 3}px ${FONT}`;
  width += context.measureText(count(node)).width;
  return { left: node.x - width / 2 - 2, right: node.x + width / 2 + 2, top, bottom: top + SIZE + 3 };
}

function write(context: CanvasRenderingContext2D, node: Named, box: Box, theme: Theme): void {
  const y = box.bottom - 4;
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = theme.ground;
  context.font = `400 ${SIZE - 3}px ${FONT}`;
  context.textAlign = "right";
  put(context, count(node), box.right - 2, y, theme.faint);
  context.font = `500 ${SIZE}px ${FONT}`;
  context.textAlign = "left";
  put(context, short(node.name), box.left + 2, y, theme.ink);
}

function put(context: CanvasRenderingContext2D, text: string, x: number, y: number, ink: string): void {
  context.strokeText(text, x, y);
  context.fillStyle = ink;
  context.fillText(text, x, y);
}

export function drawRing(
  context: CanvasRenderingContext2D,
  node: { x: number; y: number; size: number },
  theme: Theme,
): void {
  context.beginPath();
  context.arc(node.x, node.y, node.size + 4, 0, Math.PI * 2);
  context.lineWidth = 2.5;
  context.strokeStyle = theme.accent;
  context.stroke();
}

const short = (name: string): string => (name.length > 42 ? `${name.slice(0, 40)}…` : name);
const count = ({ more }: Named): string => (more > 0 ? ` +${more}` : "");
const square = (x: number, y: number, half: number): Box => ({
  left: x - half, right: x + half, top: y - half, bottom: y + half,
});
const cover = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
