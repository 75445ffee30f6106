// What is looked for on every page, and what was found so far.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const axeSource = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const everything = { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] };
// colours are what differs between the schemes of one page.
export const colours = { type: "rule", values: ["color-contrast", "link-in-text-block"] };
// texts is what differs between the languages of one page.
export const texts = {
  type: "rule",
  values: [
    "aria-command-name", "aria-input-field-name", "button-name", "document-title", "duplicate-id-aria", "empty-heading", "html-has-lang", "html-lang-valid", "image-alt",
    "input-button-name", "label", "label-title-only", "link-name", "summary-name", "target-size", "valid-lang",
  ],
};

const findings = [];
let looked = 0;

export function start() {
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  return chromium.launch({ executablePath: process.env.CHROMIUM, args });
}

export function find(what) {
  findings.push(what);
  console.error(what);
}

// audit has axe look at the page that is open, for some of what it knows, and
// measures whether the page fits.
export async function audit(page, where, withAxe, runOnly = everything) {
  looked++;
  if (withAxe) {
    if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axeSource);
    const { violations } = await page.evaluate((runOnly) => window.axe.run(document, { runOnly }), runOnly);
    for (const v of violations) {
      const bad = v.impact === "serious" || v.impact === "critical";
      const line = `${where}: axe ${v.impact} ${v.id}: ${v.help}: ${v.nodes.map((n) => n.target.join(" ")).join("; ")}`;
      if (bad) find(line);
      else console.log(line);
    }
  }
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) find(`${where}: the page is ${wide} pixels too wide`);
}

// report ends the run: 1 if anything was found, or nothing was looked at.
export function report() {
  console.log(`${looked} pages looked at, ${findings.length} findings`);
  process.exitCode = findings.length === 0 && looked > 0 ? 0 : 1;
}
