// Bundles src/ into one page, its script and style inline and pinned by hash in its content security policy.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const target = new URL("../graph/exports/data/explorer.html", import.meta.url);
const shared = { bundle: true, minify: true, write: false, charset: "utf8", legalComments: "none" };
const [script, style] = await Promise.all(
  [
    { entryPoints: ["src/main.ts"], format: "iife", target: "es2021" },
    { entryPoints: ["src/style.css"], target: ["chrome100", "firefox100", "safari15"] },
  ].map(async (options) => (await build({ ...shared, ...options })).outputFiles[0].text.trim()),
);
if (/<\/script|<!--/i.test(script)) throw new Error("the script would end its own element");

const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const policy = [
  "default-src 'none'",
  `script-src ${hash(script)}`,
  `style-src ${hash(style)}`,
  "img-src data:",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");
const parts = { policy, script, style };
const page = readFileSync("src/page.html", "utf8").replace(/\{\{(\w+)\}\}/g, (_, name) => parts[name]);
mkdirSync(new URL(".", target), { recursive: true });
writeFileSync(target, page);
console.log(`graph/exports/data/explorer.html: ${Math.round(page.length / 1024)} kB`);
