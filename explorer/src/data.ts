// The graph as the page carries it; actors and articles are named by their place in the lists.

export type ActorType = "PERSON" | "STATE" | "ORG" | "GROUP" | "PLACE";
export type Status = "actual" | "future" | "hypothetical" | "negated";

export interface Actor {
  id: string;
  name: string;
  type: ActorType;
  aliases: string[];
  articles: number;
}

export interface Proof {
  sentence: string;
  spans: [number, number][];
  article: number;
  date: string | null;
  end: string | null;
  by: string | null;
  confidence: number;
}

export interface Edge {
  source: number;
  target: number;
  code: string;
  status: Status;
  symmetric: boolean;
  label: string;
  weight: number;
  confidence: number;
  sources: number;
  evidence: number;
  proofs: Proof[];
}

export interface Article {
  id: string;
  title: string | null;
  published: string | null;
  publisher: string | null;
  url: string | null;
}

export interface GraphData {
  focus: number[];
  total: { actors: number; edges: number };
  actors: Actor[];
  edges: Edge[];
  articles: Article[];
}

export const read = (): GraphData => JSON.parse(document.getElementById("graph")!.textContent!) as GraphData;

export const TYPES: Record<ActorType, string> = {
  PERSON: "Persons",
  STATE: "States",
  ORG: "Organisations",
  GROUP: "Groups",
  PLACE: "Places",
};

export const STATUSES: Record<Status, string> = {
  actual: "happened",
  negated: "denied",
  future: "planned",
  hypothetical: "supposed",
};

export type Quarter = "friendly" | "helpful" | "hostile" | "violent" | "plain";

// PLOVER's quarters: good words, good deeds, ill words, ill deeds; and what is neither.
export const QUARTERS: { key: Quarter; title: string; codes: string[] }[] = [
  { key: "friendly", title: "Words of cooperation", codes: ["AGREE", "CONSULT", "SUPPORT", "CONCEDE"] },
  { key: "helpful", title: "Deeds of cooperation", codes: ["COOPERATE", "AID", "RETREAT"] },
  { key: "hostile", title: "Words of conflict", codes: ["REQUEST", "ACCUSE", "REJECT", "THREATEN"] },
  { key: "violent", title: "Deeds of conflict", codes: ["PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"] },
  { key: "plain", title: "Roles and statements", codes: ["ROLE", "SAY", "OTHER"] },
];

export const quarterOf = (code: string): Quarter =>
  QUARTERS.find((quarter) => quarter.codes.includes(code))?.key ?? "plain";
