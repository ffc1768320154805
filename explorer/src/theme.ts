// Colours of the drawing; those of the page around it stand in style.css.

import type { ActorType, Quarter } from "./data";

export interface Theme {
  dark: boolean;
  ground: string;
  ink: string;
  faint: string;
  veil: string;
  accent: string;
  types: Record<ActorType, string>;
  quarters: Record<Quarter, string>;
}

export const LIGHT: Theme = {
  dark: false,
  ground: "#fbfaf8",
  ink: "#1c2230",
  faint: "#7d8494",
  veil: "#e7e5e0",
  accent: "#1c2230",
  types: { PERSON: "#e08a1e", STATE: "#3b6fd4", ORG: "#9457c9", GROUP: "#2f9e63", PLACE: "#1f9bb0" },
  quarters: { friendly: "#5a9bd8", helpful: "#3aa678", hostile: "#e39a3b", violent: "#d4493f", plain: "#a9adb8" },
};

export const DARK: Theme = {
  dark: true,
  ground: "#11151d",
  ink: "#edf0f6",
  faint: "#8a93a6",
  veil: "#232a37",
  accent: "#ffffff",
  types: { PERSON: "#f5ad4e", STATE: "#6f9df5", ORG: "#bb86ea", GROUP: "#55c98b", PLACE: "#4cc3d6" },
  quarters: { friendly: "#6fb0ec", helpful: "#4fc795", hostile: "#f0b25c", violent: "#f0665b", plain: "#6f7788" },
};

// The colour as a veil, multiplied by its share as sigma's shaders want it: what lies under it shows.
export const fade = (colour: string, share: number): string =>
  mix(colour, "#000000", share) + Math.round(share * 255).toString(16).padStart(2, "0");

// The colour seen through the ground: solid, so that crossing lines don't add up.
export function mix(colour: string, ground: string, share: number): string {
  const parts = (hex: string) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
  const under = parts(ground);
  const mixed = parts(colour).map((value, i) => Math.round(value * share + under[i]! * (1 - share)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, "0")).join("")}`;
}
