// What a person does on a page, and reads in their mail.

import { createHmac } from "node:crypto";
import { join } from "node:path";
import { audit, find } from "./audit.js";

const { URL: site, MAILBOX: mailbox, SHOTS: shots } = process.env;
export const first = "violet umbrella 27";
export const second = "a fresh start 81";
// zone is where everybody is: far from UTC, so that times in it are seen to be.
export const zone = "Asia/Kathmandu";
export const patience = 30_000;

export function must(condition, what) {
  if (!condition) throw new Error(what);
}

// mailed waits for a number of mails to an address whose text has something, and
// gives them, newest first.
export async function mailed(to, number, has = /^/) {
  for (const deadline = Date.now() + patience; Date.now() < deadline; ) {
    const list = await (await fetch(`${mailbox}?to=${encodeURIComponent(to)}`)).json();
    const found = list.filter((m) => has.test(m.text));
    if (found.length >= number) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`no mail ${number} to ${to} with ${has}`);
}

// mail waits for the newest mail to an address that comes after others.
export async function mail(to, after) {
  return (await mailed(to, after + 1))[0];
}

// signInMail waits for the nth mail to an address that signs in.
export async function signInMail(to, nth) {
  const [newest] = await mailed(to, nth, /^[0-9]{6}$/m);
  return { link: newest.links[0], code: newest.text.match(/^[0-9]{6}$/m)[0] };
}

// totp is the code of a base32 key at a time (RFC 6238).
export function totp(key, now) {
  const bits = [...key].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0")).join("");
  const secret = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
  const step = Buffer.alloc(8);
  step.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const mac = createHmac("sha1", secret).update(step).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

// look checks the page that is open.
export async function look(page, way, name) {
  const where = `${way.name}, ${name}`;
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.screenshot({ path: join(shots, `${name}.${way.name}.${colorScheme}.png`), fullPage: true });
    await audit(page, `${where}, ${colorScheme}`, way.javaScript); // axe is a script
    if (!way.javaScript) break;
  }
  const lang = await page.evaluate(() => document.documentElement.lang);
  if (lang !== way.locale.slice(0, 2)) find(`${where}: the page is in ${lang}`);
}

// fill types into the fields of the one form that has them, by keyboard alone,
// and sends it with Enter.
export async function fill(page, values) {
  const names = Object.keys(values);
  for (const name of names) {
    await page.focus(`input[name="${name}"]`);
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type(values[name]);
  }
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
}

// twice types into the fields of a form, and clicks its button twice in a row, as
// many people do everywhere.
export async function twice(page, values, button) {
  for (const [name, value] of Object.entries(values)) await page.fill(`input[name="${name}"]`, value);
  await Promise.all([page.waitForEvent("load"), page.dblclick(button)]);
}

export async function press(page, selector) {
  await Promise.all([page.waitForEvent("load"), page.click(selector)]);
}

// follow opens a mailed link, and expects that its token leaves the address bar.
export async function follow(page, link) {
  await page.goto(link);
  await page.waitForURL((url) => !url.searchParams.has("token"));
  await page.waitForLoadState();
}

export function at(page, path) {
  const here = new URL(page.url()).pathname;
  must(here === path, `at ${here}, want ${path}`);
}

// grow makes a page believe that it has been open for ten minutes, so that what it
// came with to ask for a passkey is too old.
export async function grow(page) {
  await page.evaluate(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 600_000;
  });
}

// focused gives the name of the field that has the focus, or the role of what
// has it. A browser gives it to what the page names a moment after the page is
// loaded.
export async function focused(page) {
  for (const deadline = Date.now() + 5000; Date.now() < deadline; ) {
    const what = await page.evaluate(() => document.activeElement.name || document.activeElement.getAttribute("role") || "");
    if (what) return what;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return "";
}

// context opens a browser of somebody who was never here, and a page in it that
// says what goes wrong in it.
export async function context(browser, way) {
  const context = await browser.newContext({
    baseURL: site, locale: way.locale, timezoneId: zone, viewport: way.viewport, isMobile: way.phone, hasTouch: way.phone,
    javaScriptEnabled: way.javaScript,
  });
  context.setDefaultTimeout(patience);
  const page = await context.newPage();
  page.on("console", (m) => {
    // A refused form is answered 4xx, which the console counts as an error.
    if (m.type() === "error" && !/status of 4(00|03|22)/.test(m.text())) find(`${way.name}: console: ${m.text()}`);
  });
  page.on("pageerror", (e) => find(`${way.name}: ${e}`));
  // What a page was still loading when it was left is aborted by the browser.
  page.on("requestfailed", (r) => r.failure()?.errorText === "net::ERR_ABORTED" || find(`${way.name}: ${r.url()} failed: ${r.failure()?.errorText}`));
  page.on("request", (r) => {
    if (!r.url().startsWith(site)) find(`${way.name}: the page asks ${r.url()}`);
  });
  return { context, page };
}

// call has a program call the API.
export async function call(method, path, body, { bearer, agent = "walk" } = {}) {
  const headers = { "Content-Type": "application/json", "User-Agent": agent };
  if (bearer) headers.Authorization = `Bearer ${bearer}`;
  const answer = await fetch(site + path, { method, headers, body: body && JSON.stringify(body) });
  return { status: answer.status, body: await answer.json() };
}
