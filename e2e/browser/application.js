// Signs in to an application that a proxy guards on another host than the pages, in
// Chromium, and out again. Exits 1 with what went wrong.
//
// URL          where the pages are
// APPLICATION  where the application is
// EMAIL, PASSWORD  of somebody who has an account
// CHROMIUM     the browser

import { start } from "./audit.js";
import { must } from "./steps.js";

const { URL: site, APPLICATION: application, EMAIL: email, PASSWORD: password } = process.env;
const browser = await start();
try {
  const context = await browser.newContext();
  const page = await context.newPage();
  const refused = [];
  page.on("console", (m) => m.type() === "error" && refused.push(m.text()));
  const seen = async () => Object.fromEntries(JSON.parse(await page.textContent("body")).headers.map(([name, value]) => [name.toLowerCase(), value]));
  const at = (address) => must(page.url() === address, `at ${page.url()}, not ${address}; ${refused.join("; ")}`);

  await page.goto(`${application}/orders?page=2`);
  must(page.url().startsWith(`${site}/sign-in?`), `a stranger is at ${page.url()}`);
  await page.fill("#email", email);
  await page.fill("#password", password);
  await Promise.all([page.waitForURL(`${application}/**`), page.click('form[action="/sign-in"] button[type=submit]')]);
  at(`${application}/orders?page=2`);
  must((await seen())["x-sallyport-email"] === email, "the application does not hear who it is");
  must(!/sallyport/.test((await seen()).cookie ?? ""), "the application gets a cookie of ours");

  const cookies = await context.cookies();
  const own = cookies.find((c) => c.name === "sallyport_visitor");
  must(own?.httpOnly && own.sameSite === "Lax" && own.domain === new globalThis.URL(application).hostname, `the cookie is ${JSON.stringify(cookies)}`);
  const sent = async (address) => (await (await page.goto(address)).request().allHeaders()).cookie ?? "";
  const there = await sent(`${application}/orders`);
  must(/sallyport_visitor=/.test(there) && !/sallyport_session=/.test(there), `sent to the application: ${there}`);
  const here = await sent(`${site}/account`);
  must(/sallyport_session=/.test(here) && !/sallyport_visitor=/.test(here), `sent to the pages: ${here}`);

  await context.clearCookies({ name: "sallyport_visitor" });
  await page.goto(`${application}/again`);
  at(`${application}/again`);

  await page.goto(`${application}/.sallyport/sign-out`);
  at(`${site}/sign-out`);
  await Promise.all([page.waitForURL(`${site}/sign-in`), page.click('form[action="/sign-out"] button')]);
  await page.goto(`${application}/orders`);
  must(page.url().startsWith(`${site}/sign-in?`), `after the sign-out at ${page.url()}`);
} catch (wrong) {
  console.log(wrong.message);
  process.exitCode = 1;
} finally {
  await browser.close();
}
