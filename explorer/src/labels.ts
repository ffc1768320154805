// Names under their actors, with a halo that keeps them legible over lines.

import type { Settings } from "sigma/settings";
import type { Theme } from "./theme";

interface Drawn {
  x: number;
  y: number;
  size: number;
  label?: string | null;
  color: string;
  [other: string]: unknown;
}

export function drawLabel(context: CanvasRenderingContext2D, node: Drawn, settings: Settings, theme: Theme): void {
  if (!node.label) return;
  const name = node.label.length > 42 ? `${node.label.slice(0, 40)}…` : node.label;
  const more = Number(node["more"] ?? 0);
  const count = more > 0 ? ` +${more}` : "";
  const size = settings.labelSize;
  const y = node.y + node.size + size + 1;
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = theme.ground;
  context.font = `${settings.labelWeight} ${size}px ${settings.labelFont}`;
  const width = context.measureText(name).width;
  context.font = `400 ${size - 3}px ${settings.labelFont}`;
  const left = node.x - (width + context.measureText(count).width) / 2;
  context.strokeText(count, left + width, y);
  context.fillStyle = theme.faint;
  context.fillText(count, left + width, y);
  context.font = `${settings.labelWeight} ${size}px ${settings.labelFont}`;
  context.strokeText(name, left, y);
  context.fillStyle = theme.ink;
  context.fillText(name, left, y);
}

export function drawHover(context: CanvasRenderingContext2D, node: Drawn, settings: Settings, theme: Theme): void {
  context.beginPath();
  context.arc(node.x, node.y, node.size + 4, 0, Math.PI * 2);
  context.lineWidth = 2.5;
  context.strokeStyle = theme.accent;
  context.stroke();
  drawLabel(context, node, settings, theme);
}
