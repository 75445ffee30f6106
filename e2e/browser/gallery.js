// Looks at every page of the gallery in Chromium with axe, as narrow as a small
// phone: each state in English and in German, whose words are longer, and the
// colours of the dark scheme. Exits 1 with one line for each finding.
//
// GALLERY   the folder that the gallery was written to
// CHROMIUM  the browser
// SHOTS     folder for screenshots

import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { audit, colours, find, report, start } from "./audit.js";

const { GALLERY: gallery, SHOTS: shots } = process.env;
const names = (await readdir(gallery)).filter((name) => /\.(en\.(light|dark)|de\.light)\.html$/.test(name)).sort();

await mkdir(join(shots, "gallery"), { recursive: true });
const browser = await start();
try {
  const page = await browser.newPage({ bypassCSP: true, viewport: { width: 320, height: 640 }, reducedMotion: "reduce" });
  page.on("pageerror", (e) => find(`${page.url()}: ${e}`));
  for (const name of names) {
    await page.goto(pathToFileURL(join(gallery, name)).href);
    await page.screenshot({ path: join(shots, "gallery", name.replace(/html$/, "png")), fullPage: true });
    await audit(page, name, true, name.includes(".dark.") ? colours : undefined);
  }
} finally {
  await browser.close();
}
report();
