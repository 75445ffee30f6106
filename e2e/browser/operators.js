// Walks the dashboard as the people do who run the service, in Chromium: an owner
// signs in, looks at the overview, finds a user, disables them and enables them again,
// reads why a sign-in failed, and creates and deletes a role. Once on a desk with
// JavaScript and axe on every page, light and dark; once on a phone without. Exits 1 with
// one line for each finding.
//
// URL, CHROMIUM, SHOTS   as in walk.js
// OWNER                  the address of an owner, whose password is the first

import { mkdir } from "node:fs/promises";
import { find, report, start } from "./audit.js";
import { at, call, context as open, fill, first, look, must, press } from "./steps.js";

const { OWNER: owner, SHOTS: shots } = process.env;

// text is what a page says.
async function text(page) {
  return page.textContent("main");
}

async function operates(browser, way) {
  const email = `found.${way.name}@people.example`;
  const { status, body } = await call("POST", "/auth/login", { email, password: first });
  must(status === 200, `the user signs in: ${status}`);
  const wrong = await call("POST", "/auth/login", { email, password: "not the password 1" });
  must(wrong.status === 401, `a wrong password gets ${wrong.status}`);

  const { context, page } = await open(browser, way);
  await page.goto("/admin");
  at(page, "/sign-in");
  await fill(page, { email: owner, password: first });
  at(page, "/admin");
  await look(page, way, "80-overview");

  // By the navigation, and by the whole address.
  await press(page, 'nav a[href="/admin/users"]');
  await look(page, way, "81-users");
  await fill(page, { user: email });
  must(/^\/admin\/users\/[0-9a-f-]{36}$/.test(new URL(page.url()).pathname), `the user is found at ${page.url()}`);
  const user = new URL(page.url()).pathname;
  must(!page.url().includes("people.example"), "the address of the user is in the URL");
  await look(page, way, "82-user");

  // A wrong address disables nobody.
  await press(page, `a[href="${user}/disable"]`);
  await look(page, way, "83-disable");
  await fill(page, { confirm: owner });
  at(page, `${user}/disable`);
  await look(page, way, "84-disable-wrong");
  must((await call("GET", "/auth/me", undefined, { bearer: body.access_token })).status === 200, "the user is out already");
  await fill(page, { confirm: email });
  at(page, user);
  await look(page, way, "85-disabled");
  const out = await call("GET", "/auth/me", undefined, { bearer: body.access_token });
  must(out.status === 401, `a user who is disabled gets ${out.status}`);
  const refused = await call("POST", "/auth/login", { email, password: first });
  must(refused.status === 403, `a user who is disabled signs in: ${refused.status}`);
  await press(page, `a[href="${user}/enable"]`);
  await press(page, "main form button");
  at(page, user);
  must((await call("POST", "/auth/login", { email, password: first })).status === 200, "a user who is enabled does not sign in");

  // Why sign-ins failed, in words, from the log to the user.
  await press(page, 'nav a[href="/admin/events"]');
  await look(page, way, "86-events");
  await fill(page, { user: email, kind: "login.failed" });
  at(page, "/admin/events");
  must(new URL(page.url()).searchParams.get("user") === user.split("/").pop(), `the events of the user are at ${page.url()}`);
  must((await page.locator("main .log li").count()) === 2, "the log does not show the two sign-ins that failed");
  must(!/invalid_credentials|account_disabled/.test(await text(page)), "the log shows codes");
  await look(page, way, "87-events-found");
  await press(page, 'nav a[href="/admin/events"]');
  await press(page, `main .log a[href="${user}"] >> nth=0`);
  at(page, user);

  // A role, and its end.
  const role = `writers-${way.name}`;
  await press(page, 'nav a[href="/admin/roles"]');
  await look(page, way, "88-roles");
  await press(page, 'a[href="/admin/roles/new"]');
  await look(page, way, "89-role-new");
  await page.check('input[value="admin:events:read"]');
  await fill(page, { permissions: "articles:write", name: role });
  at(page, "/admin/roles");
  must((await text(page)).includes("articles:write"), "the role is not there");
  await press(page, `a[href="/admin/roles/${role}/end"]`);
  await look(page, way, "90-role-delete");
  await fill(page, { confirm: role });
  at(page, "/admin/roles");
  must(!(await text(page)).includes(role), "the role is still there");
  await context.close();
}

const desk = { name: "operator-desk", viewport: { width: 1280, height: 800 }, phone: false, javaScript: true, locale: "en-GB" };
const phone = { name: "operator-phone", viewport: { width: 320, height: 640 }, phone: true, javaScript: false, locale: "de-DE" };

await mkdir(shots, { recursive: true });
const browser = await start();
for (const way of [desk, phone]) {
  try {
    await operates(browser, way);
  } catch (e) {
    find(`${way.name}: ${e.stack ?? e}`);
  }
}
await browser.close();
report();
