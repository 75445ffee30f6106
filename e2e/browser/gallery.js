// Looks at every page of the gallery in Chromium, as narrow as a small phone: with
// axe in English, once more for the colours of the dark scheme, and for what words
// decide in German, which are longer. Of the other languages a handful of pages is
// looked at, those with the most words on buttons and in lists: what a language can
// break there is the width, and German words are the longest. Exits 1 with one line
// for each finding.
//
// GALLERY   the folder that the gallery was written to
// CHROMIUM  the browser
// SHOTS     folder for screenshots

import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { audit, colours, find, report, start, texts } from "./audit.js";

const { GALLERY: gallery, SHOTS: shots } = process.env;
const looked = /\.(en|de)\.light\.html$|^(account|devices|factors|passkeys|sign-in)\.[a-zA-Z-]+\.light\.html$/;
const names = (await readdir(gallery)).filter((name) => looked.test(name)).sort();

await mkdir(join(shots, "gallery"), { recursive: true });
const browser = await start();
try {
  const page = await browser.newPage({ bypassCSP: true, viewport: { width: 320, height: 640 }, reducedMotion: "reduce" });
  page.on("pageerror", (e) => find(`${page.url()}: ${e}`));
  const shoot = (name) => page.screenshot({ path: join(shots, "gallery", name.replace(/html$/, "png")), fullPage: true });
  for (const name of names) {
    const english = name.includes(".en.");
    await page.goto(pathToFileURL(join(gallery, name)).href);
    await shoot(name);
    await audit(page, name, true, english ? undefined : texts);
    if (!english) continue;
    // The dark page is this one with another style sheet; a mail has none.
    const dark = name.replace(".light.", ".dark.");
    if (!(await page.evaluate(darken))) continue;
    await shoot(dark);
    await audit(page, dark, true, colours);
  }
} finally {
  await browser.close();
}
report();

// darken puts a page's sheet of the dark scheme in place of the light one.
function darken() {
  const sheet = document.querySelector('link[href$=".light.css"]');
  if (!sheet) return false;
  return new Promise((resolve, reject) => {
    sheet.onload = () => resolve(true);
    sheet.onerror = () => reject(new Error(`no ${sheet.href}`));
    sheet.href = sheet.href.replace(/\.light\.css$/, ".dark.css");
  });
}
