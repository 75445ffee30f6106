// Walks through what changes an account, or ends a part of it: a new address and
// the old one back, the devices of others, deletion and keeping, and where a
// sign-in leads.

import { at, call, context as open, fill, first, follow, look, mailed, must, press } from "./steps.js";

const { URL: site } = process.env;

// linkTo waits for a mail to an address with a link to a path.
async function linkTo(to, path) {
  for (let number = 1; ; number++) {
    const link = (await mailed(to, number)).flatMap((m) => m.links).find((link) => URL.canParse(link) && new URL(link).pathname === path);
    if (link) return link;
  }
}

const firefox = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0";

// device signs in on a device that nobody has seen.
async function device(email) {
  const { status, body } = await call("POST", "/auth/login", { email, password: first }, { agent: firefox });
  must(status === 200, `another device signs in: ${status}`);
  return {
    async isOut() {
      const { status } = await call("GET", "/auth/me", undefined, { bearer: body.access_token });
      must(status === 401, `a device that was signed out gets ${status}`);
    },
  };
}

export async function changes(browser, way) {
  const { context, page } = await open(browser, way);
  const [email, other] = [`moves.${way.name}@people.example`, `moved.${way.name}@people.example`];
  await call("POST", "/auth/sign_up", { email, password: first });
  const token = new URL(await linkTo(email, "/auth/verify-email")).searchParams.get("token");
  await call("POST", "/auth/verify-email", { token, password: first });

  // A sign-in leads to where one was going, and to no other site.
  await page.goto("/sign-in?return_to=%2F%2Felsewhere.example%2F");
  await fill(page, { email, password: first });
  must(page.url() === `${site}/account`, `signed in, one is at ${page.url()}`);
  await press(page, '.bar form[action="/sign-out"] button');
  await page.goto("/account/email");
  at(page, "/sign-in");
  await fill(page, { email, password: first });
  at(page, "/account/email");

  await look(page, way, "60-email");
  await fill(page, { new_email: other });
  at(page, "/account");
  await look(page, way, "61-email-asked");
  await follow(page, await linkTo(other, "/auth/confirm-email"));
  await look(page, way, "62-confirm-email");
  await press(page, "main button");
  await look(page, way, "63-email-changed");
  await page.goto("/account");
  must((await page.textContent("main")).includes(other), "the account does not show the new address");

  // Another device is signed out from the mail that told of it.
  const thief = await device(other);
  await follow(page, await linkTo(other, "/auth/sessions/not-me"));
  await look(page, way, "64-not-me");
  await press(page, "main button");
  await look(page, way, "65-not-me-done");
  await thief.isOut();

  // And one from the list.
  const stray = await device(other);
  await page.goto("/account/devices");
  await look(page, way, "66-devices");
  await press(page, 'form[action="/account/devices"]:has(input[name="device"]) button');
  at(page, "/account/devices");
  await look(page, way, "67-device-ended");
  await stray.isOut();

  await page.goto("/account/data");
  await fill(page, { confirm: other });
  at(page, "/sign-in");
  await look(page, way, "68-deleted");
  await fill(page, { email: other, password: first });
  at(page, "/sign-in");
  await look(page, way, "69-keep");
  await press(page, "main button");
  at(page, "/sign-in");
  await look(page, way, "70-kept");
  await fill(page, { email: other, password: first });
  at(page, "/account");

  // The owner of the old mailbox puts the address back, and everybody is out.
  await follow(page, await linkTo(email, "/auth/undo-email"));
  await look(page, way, "71-undo");
  await press(page, "main button");
  await look(page, way, "72-undone");
  await page.goto("/account");
  at(page, "/sign-in");
  await context.close();
}
