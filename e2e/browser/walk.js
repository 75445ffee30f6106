// Walks the hosted pages as people do, in Chromium: sign-up, the mailed link,
// sign-in, the account, a new password, a second factor, signing in by mail, passkeys,
// sign-out; a new address and the old one back, devices, deletion (changes.js). Once with JavaScript turned off, so that every form works without;
// once with axe on every page, light and dark. Exits 1 with one line for each
// finding.
//
// URL       where the server is
// MAILBOX   where the list of what it mailed is
// CHROMIUM  the browser
// SHOTS     folder for screenshots
// WAYS      the ways to walk, and "docs", with blanks between; all of them if it is not set

import { mkdir, readFile } from "node:fs/promises";
import { audit, find, report, start } from "./audit.js";
import { changes } from "./changes.js";
import { at, call, context as open, fill, first, focused, follow, grow, look, mail, must, patience, press, second, signInMail, totp, twice, zone } from "./steps.js";

const { URL: site, SHOTS: shots } = process.env;
// authenticator plugs a virtual one into a page (WebAuthn L3 §11.2). Its owner is
// there and is verified, each time or not at all.
async function authenticator(context, page) {
  const cdp = await context.newCDPSession(page);
  await cdp.send("WebAuthn.enable", { enableUI: false });
  const { authenticatorId } = await cdp.send("WebAuthn.addVirtualAuthenticator", {
    options: {
      protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true,
      automaticPresenceSimulation: false,
    },
  });
  return {
    // touch has the page ask for it by its button.
    async touch(page) {
      await this.touched(page, () => page.click("form[data-passkey] button"));
    },
    // touched has its owner touch it as soon as it is asked for, while something is
    // done that leads there.
    async touched(page, doing) {
      await cdp.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled: true });
      await Promise.all([page.waitForEvent("load"), doing()]);
      await cdp.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled: false });
    },
    // refused has it touched, and expects that the page says why it was in vain.
    async refused(page, why) {
      await cdp.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled: true });
      await page.click("form[data-passkey] button");
      await page.waitForSelector(`form[data-passkey] [data-says="${why}"]:not([hidden])`);
      await cdp.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled: false });
    },
    async verified(isUserVerified) {
      await cdp.send("WebAuthn.setUserVerified", { authenticatorId, isUserVerified });
    },
    async keys() {
      return (await cdp.send("WebAuthn.getCredentials", { authenticatorId })).credentials.length;
    },
  };
}

// passkeys has somebody who is signed in, and has a code generator, add a
// passkey, and use it in every place that there is for one.
async function passkeys(context, page, way, email) {
  await press(page, 'a[href="/account/passkeys"]');
  at(page, "/account/passkeys");
  if (!way.javaScript) {
    must(!(await page.isVisible("form[data-passkey]")), "the form is shown without JavaScript");
    must(await page.isVisible("noscript"), "the page does not say that passkeys need JavaScript");
    await look(page, way, "40-passkeys-no-script");
    await press(page, 'a[href="/account"]');
    return;
  }
  const key = await authenticator(context, page);
  await look(page, way, "40-passkeys-none");
  await key.verified(false); // the finger is a stranger's
  await key.refused(page, "failed");
  await look(page, way, "41-passkeys-failed");
  await key.verified(true);
  await page.fill('form[data-passkey] input[name="name"]', "Ada's phone");
  await key.touch(page);
  at(page, "/account/passkeys");
  must((await page.textContent("h2")) === "Ada's phone" && (await key.keys()) === 1, "the passkey is not there");
  await look(page, way, "42-passkeys-added");
  await page.goto("/account/passkeys");
  await page.fill('form[action="/account/passkeys/rename"] input[name="name"]', "laptop");
  await press(page, 'form[action="/account/passkeys/rename"] button');
  must((await page.textContent("h2")) === "laptop", "the passkey is not renamed");
  // The same device once more.
  await key.refused(page, "known");
  await page.goto("/account");

  // By the button.
  await press(page, '.bar form[action="/sign-out"] button');
  at(page, "/sign-in");
  await look(page, way, "43-sign-in-passkey");
  await key.touch(page);
  at(page, "/account");

  // Beside the field for the address: the authenticator stands for who takes up
  // what the browser offers.
  await key.touched(page, async () => {
    await page.click('.bar form[action="/sign-out"] button');
    await page.waitForURL("**/sign-in");
    await page.waitForURL("**/account");
  });

  // On a page that has grown old while another tab signed in: it leads on.
  await press(page, '.bar form[action="/sign-out"] button');
  const old = await context.newPage();
  await old.goto("/sign-in?return_to=%2Faccount%2Fdevices");
  await key.touch(page);
  at(page, "/account");
  await grow(old);
  await press(old, "form[data-passkey] button");
  at(old, "/account/devices");
  await old.close();

  // As second factor.
  await press(page, '.bar form[action="/sign-out"] button');
  await fill(page, { email, password: first });
  at(page, "/sign-in/second-factor");
  await press(page, 'a[href*="method=passkey"]');
  await look(page, way, "44-second-factor-passkey");
  await key.touch(page);
  at(page, "/account");

  await press(page, 'a[href="/account/second-factor"]');
  await look(page, way, "45-factors-both");
  await page.goto("/account/confirm?method=passkey&return_to=%2Faccount%2Fpasskeys");
  await look(page, way, "46-confirm-passkey");
  // Refused by the server, the page has the address of its form, which asks for
  // the code generator first.
  await page.evaluate(() => { document.querySelector("form[data-passkey]").elements.ceremony.value = "spent"; });
  await key.touch(page);
  at(page, "/account/confirm");
  await look(page, way, "46-confirm-passkey-refused");
  await grow(page);
  await key.touch(page);
  at(page, "/account/passkeys");
  await press(page, 'form[action="/account/passkeys/remove"] button');
  at(page, "/account/passkeys");
  must((await page.locator('form[action="/account/passkeys/remove"]').count()) === 0, "the passkey is still there");
  await look(page, way, "47-passkeys-removed");
  await press(page, 'a[href="/account"]');
}

// strength types passwords into the form of a sign-up. The page shows what is typed,
// if asked to, and says how hard it is to guess; it calls nothing good that the
// server refuses for a reason that it can know. The server has the last word.
async function strength(page, way, email) {
  const field = page.locator("#new-password");
  if (!way.javaScript) {
    must((await page.locator(".show").count()) === 0, "there is a button to show the password, without JavaScript");
    must(!(await page.isVisible(".strength")), "there is a meter without JavaScript");
    return;
  }
  await page.fill('input[name="email"]', email);
  const said = async (typed) => {
    await field.fill(typed);
    const box = page.locator(".strength");
    const word = ["", "bad", "fair", "good"][await box.locator("meter").evaluate((m) => m.value)];
    // What is said comes a moment later, so that a screen reader says it once.
    const expected = await box.evaluate((b, value) => [b.dataset.short, b.dataset.long, b.dataset.regular, b.dataset.own, b.dataset.fair, b.dataset.good]
      .slice(value === 1 ? 0 : value + 2, value === 1 ? 4 : value + 3), await box.locator("meter").evaluate((m) => m.value));
    await page.waitForFunction((texts) => texts.some((t) => document.querySelector(".strength p").textContent.startsWith(t.split("{n}")[0])), expected);
    return word;
  };
  for (const [typed, want] of [
    ["short", "bad"], ["abcdefgh1234", "bad"], ["qwertyuiop12", "bad"], ["24.12.1999", "bad"], ["aaaaaaaaaaaaaaaa", "bad"],
    [`${email}`, "bad"], ["Sallyport 1!", "bad"], ["umbrella 4", "fair"], [first, "good"],
  ]) {
    const word = await said(typed);
    must(word === want, `the meter calls ${JSON.stringify(typed)} ${word}, want ${want}`);
  }
  must((await page.getAttribute(".strength p", "role")) === "status", "what the meter says is not spoken");
  await look(page, way, "03-sign-up-strong");
  await page.click(".show");
  must((await field.getAttribute("type")) === "text", "the password is not shown");
  must((await focused(page)) === "password", "the field has lost the focus");
  await look(page, way, "03-sign-up-shown");
  await page.click(".show");
  must((await field.getAttribute("type")) === "password", "the password is still shown");
}

// localTimes expects the times of a page in the zone of the reader, or in UTC
// where no script can know it.
async function localTimes(page, way) {
  const times = await page.locator("time[data-local]").evaluateAll((all) => all.map((t) => ({ at: t.dateTime, says: t.textContent })));
  must(times.length > 0, "the page has no times");
  for (const { at, says } of times) {
    if (!way.javaScript) {
      must(says.includes("UTC"), `${says} does not say which zone`);
      continue;
    }
    const want = new Intl.DateTimeFormat(way.locale, { dateStyle: "long", timeStyle: "short", timeZone: zone }).format(new Date(at));
    must(says.replace(/\s/g, " ") === want.replace(/\s/g, " "), `${at} is written ${says}, want ${want}`);
  }
}

async function walk(browser, way) {
  const { context, page } = await open(browser, way);
  const email = `${way.name}@people.example`;

  await page.goto("/");
  at(page, "/sign-in");
  await look(page, way, "01-sign-in");
  await fill(page, { email, password: "nobody knows me" });
  must((await focused(page)) === "alert", "the reason does not have the focus");
  await look(page, way, "02-sign-in-wrong");

  await press(page, 'a[href^="/sign-up"]');
  at(page, "/sign-up");
  await look(page, way, "03-sign-up");
  await strength(page, way, email);
  await fill(page, { name: "Ada Lovelace", email, password: "password1" });
  must((await focused(page)) === "password", "the field at fault does not have the focus");
  must((await page.inputValue('input[name="email"]')) === email, "what was typed is gone");
  must((await page.inputValue('input[name="password"]')) === "", "the password is shown again");
  await look(page, way, "04-sign-up-weak");
  await fill(page, { password: first });
  at(page, "/check-mail");
  await look(page, way, "05-check-mail");
  const verification = await mail(email, 0);

  await page.goto("/sign-in");
  await fill(page, { email, password: first });
  await look(page, way, "06-unverified");

  await follow(page, verification.links[0]);
  await look(page, way, "07-verify");
  must((await page.locator('input[type="password"]').count()) === 0, "the browser that signed up asks for the password again");
  await press(page, "main button");
  at(page, "/account");
  await look(page, way, "08-verified");
  await press(page, '.bar form[action="/sign-out"] button');
  at(page, "/sign-in");

  await page.goto("/account/password");
  at(page, "/sign-in");
  await fill(page, { email, password: first });
  at(page, "/account/password");
  await press(page, 'a[href="/account"]');
  await look(page, way, "09-account");
  await fill(page, { name: "Countess <b>" });
  at(page, "/account");
  must((await page.inputValue('input[name="name"]')) === "Countess <b>", "the name is not saved");
  await look(page, way, "10-account-saved");

  await press(page, 'a[href="/account/devices"]');
  await localTimes(page, way);
  await look(page, way, "10-devices");
  await press(page, 'a[href="/account"]');
  await press(page, 'a[href="/account/data"]');
  await look(page, way, "10-data");
  const [file] = await Promise.all([page.waitForEvent("download"), page.click('form[action="/account/data/export"] button')]);
  must(file.suggestedFilename() === "account.json", `the export is saved as ${file.suggestedFilename()}`);
  must(JSON.parse(await readFile(await file.path(), "utf8")).user.email === email, "the export is somebody else's");
  at(page, "/account/data");
  // The page is still the same, and its other form goes on working.
  await press(page, 'form[action="/account/data"] button');
  must((await focused(page)) === "confirm", "the form beside the download is not sent");
  await press(page, 'a[href="/account"]');
  await press(page, 'a[href="/account/password"]');
  await look(page, way, "11-password");
  await fill(page, { current_password: "not it", new_password: second });
  must((await focused(page)) === "current_password", "the field at fault does not have the focus");
  await look(page, way, "12-password-wrong");
  const change = { current_password: first, new_password: second };
  if (way.javaScript) await twice(page, change, 'main form button[type="submit"]');
  else await fill(page, change);
  at(page, "/account");
  await look(page, way, "13-password-changed");
  await press(page, '.bar form[action="/sign-out"] button');
  at(page, "/sign-in");
  await look(page, way, "14-signed-out");
  await page.goto("/account");
  at(page, "/sign-in");

  await press(page, 'a[href="/forgot-password"]');
  await look(page, way, "15-forgot");
  await fill(page, { email });
  at(page, "/check-mail");
  await look(page, way, "16-check-mail-reset");
  const reset = await mail(email, 2); // after the notice that the password was changed
  await follow(page, reset.links[0]);
  await look(page, way, "17-reset");
  await fill(page, { new_password: "short" });
  await look(page, way, "18-reset-weak");
  await fill(page, { new_password: first });
  await look(page, way, "19-reset-done");
  await page.goto("/sign-in");
  await fill(page, { email, password: first });
  at(page, "/account");

  // A second factor, and what it asks of the next sign-in.
  await press(page, 'a[href="/account/second-factor"]');
  await look(page, way, "20-factors-none");
  await press(page, 'form[action="/account/second-factor/enrol"] button');
  await look(page, way, "21-enrol");
  const key = (await page.textContent(".address code")).replaceAll(" ", "");
  await fill(page, { code: "000000" });
  must((await focused(page)) === "code", "the field at fault does not have the focus");
  await look(page, way, "22-enrol-wrong");
  if (way.javaScript) await twice(page, { code: totp(key, Date.now()) }, "main form button");
  else await fill(page, { code: totp(key, Date.now()) });
  const codes = await page.locator(".codes code").allTextContents();
  must(codes.length === 10, `${codes.length} recovery codes`);
  await look(page, way, "23-codes");
  await press(page, 'a[href="/account/second-factor"]');
  at(page, "/account/confirm");
  await press(page, 'a[href*="method=recovery_code"]');
  await look(page, way, "24-confirm");
  await fill(page, { code: codes[0] });
  at(page, "/account/second-factor");
  await look(page, way, "25-factors");
  await press(page, 'a[href="/account"]');
  await press(page, '.bar form[action="/sign-out"] button');
  await fill(page, { email, password: first });
  at(page, "/sign-in/second-factor");
  await look(page, way, "26-second-factor");
  await fill(page, { code: "000000" });
  must((await focused(page)) === "code", "the field at fault does not have the focus");
  await look(page, way, "27-second-factor-wrong");
  await press(page, 'a[href*="method=recovery_code"]');
  await fill(page, { code: codes[1] });
  at(page, "/account");

  // By mail: the code in this browser, then the link; each asks for the second factor.
  await press(page, '.bar form[action="/sign-out"] button');
  await press(page, 'a[href^="/sign-in/mail"]');
  at(page, "/sign-in/mail");
  await look(page, way, "28-by-mail");
  await fill(page, { email });
  at(page, "/sign-in/mail/code");
  await look(page, way, "29-mail-code");
  const { code } = await signInMail(email, 1);
  await fill(page, { code: code === "000000" ? "000001" : "000000" });
  must((await focused(page)) === "code", "the field at fault does not have the focus");
  await look(page, way, "30-mail-code-wrong");
  await fill(page, { code });
  at(page, "/sign-in/second-factor");
  await press(page, 'a[href*="method=recovery_code"]');
  await fill(page, { code: codes[2] });
  at(page, "/account");
  await press(page, '.bar form[action="/sign-out"] button');
  await page.goto("/sign-in/mail");
  await fill(page, { email });
  const { link } = await signInMail(email, 2);
  await follow(page, link);
  await look(page, way, "31-magic-link");
  await press(page, "main button");
  at(page, "/sign-in/second-factor");
  await page.goto(link);
  await look(page, way, "32-magic-link-spent");
  await page.goto("/sign-in/second-factor?method=recovery_code");
  await fill(page, { code: codes[3] });
  at(page, "/account");

  await passkeys(context, page, way, email);

  // The code generator is taken away, and the next sign-in asks for no code.
  await press(page, 'a[href="/account/second-factor"]');
  if (new URL(page.url()).pathname === "/account/confirm") {
    await page.goto("/account/confirm?method=recovery_code&return_to=%2Faccount%2Fsecond-factor");
    await fill(page, { code: codes[4] });
  }
  await press(page, 'form[action="/account/second-factor/remove"] button');
  at(page, "/account/second-factor");
  await look(page, way, "48-factors-removed");
  await press(page, '.bar form[action="/sign-out"] button, a[href="/account"]');
  await press(page, '.bar form[action="/sign-out"] button');
  await fill(page, { email, password: first });
  at(page, "/account");

  // The other language, by its button, and back.
  const other = way.locale.startsWith("de") ? "en" : "de";
  await press(page, `.languages button[value="${other}"]`);
  at(page, "/account");
  must((await page.evaluate(() => document.documentElement.lang)) === other, "the language does not change");
  await press(page, `.languages button[value="${way.locale.slice(0, 2)}"]`);

  const cookies = await context.cookies();
  const session = cookies.find((c) => c.name === "sallyport_session");
  must(session && session.httpOnly && session.sameSite === "Lax" && session.path === "/", `the cookie is ${JSON.stringify(session)}`);
  must(!cookies.some((c) => /^spr_|\..*\./.test(c.value)), "the browser holds a token");
  await press(page, 'form[action="/sign-out"]:has(input[name="everywhere"]) button');
  at(page, "/sign-in");
  must(!(await context.cookies()).some((c) => c.name === "sallyport_session"), "the cookie stays");
  await context.close();
}

// claim opens the mail of a sign-up that a stranger made, in a browser that was
// never here: the one button of before is gone, and what is typed decides.
async function claim(browser, way) {
  const { context, page } = await open(browser, way);
  const email = `squatted.${way.name}@people.example`;
  const planted = "planted by a stranger 5";
  const post = (path, body) => call("POST", path, body);
  must((await post("/auth/sign_up", { email, password: planted, name: "Mallory" })).status === 202, "the stranger cannot sign up");
  const { links } = await mail(email, 0);
  await follow(page, links[0]);
  await look(page, way, "50-claim");
  must((await page.textContent("q")) === "Mallory", "the page does not quote the name that was typed");
  await fill(page, { password: "what could it be 7" });
  at(page, "/auth/verify-email");
  await look(page, way, "51-claim-wrong");
  must((await post("/auth/login", { email, password: planted })).status === 403, "the stranger is in, or hears of it");
  await page.click("summary");
  await fill(page, { new_password: first });
  at(page, "/account");
  await look(page, way, "52-claimed");
  must((await post("/auth/login", { email, password: planted })).status === 403, "the stranger is in, or hears of it");
  await context.close();
}

// docs opens the contract's page, and an operation in it.
async function docs(browser) {
  const context = await browser.newContext({ baseURL: site, bypassCSP: true }); // axe is none of its scripts
  context.setDefaultTimeout(2 * patience); // the contract is long, and drawn by a script
  const page = await context.newPage();
  page.on("pageerror", (e) => find(`docs: ${e}`));
  await page.goto("/docs");
  await page.click(".opblock-summary-control");
  await page.waitForSelector(".opblock.is-open .responses-wrapper");
  must(new URL(page.url()).hash !== "", "an operation has no address");
  await audit(page, "docs", true);
  await context.close();
}

const wanted = (name) => !process.env.WAYS || process.env.WAYS.split(" ").includes(name);
await mkdir(shots, { recursive: true });
const browser = await start();
try {
  try {
    if (wanted("docs")) await docs(browser);
  } catch (e) {
    find(`docs: ${e.stack ?? e}`);
  }
  const phone = { phone: true, viewport: { width: 320, height: 640 } };
  const desktop = { phone: false, viewport: { width: 1280, height: 800 } };
  for (const way of [
    { name: "phone-no-script", changes: true, ...phone, locale: "en-GB", javaScript: false },
    { name: "desktop-no-script", ...desktop, locale: "de-DE", javaScript: false },
    { name: "phone", changes: true, ...phone, locale: "de-DE", javaScript: true },
    { name: "desktop", ...desktop, locale: "en-US", javaScript: true },
  ].filter(({ name }) => wanted(name))) {
    const started = Date.now();
    try {
      await walk(browser, way);
      await claim(browser, way);
      if (way.changes) await changes(browser, way);
      console.log(`${way.name}: walked in ${Date.now() - started} ms`);
    } catch (e) {
      find(`${way.name}: ${e.stack ?? e}`);
    }
  }
} finally {
  await browser.close();
}
report();
