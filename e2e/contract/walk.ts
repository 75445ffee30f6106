// From sign-up to logout, by a client whose types are made of the contract: what
// the contract does not say does not compile. Prints "done" at the end.
import createClient from "openapi-fetch";
import type { paths } from "./out/contract.js";

declare const process: { argv: string[] };

const base = process.argv[2]!;
const email = process.argv[3]!;
const password = "a walk in TypeScript, in the rain";
const api = createClient<paths>({ baseUrl: base });

function need(ok: boolean, what: string, of?: unknown): asserts ok {
  if (!ok) throw new Error(`${what}: ${JSON.stringify(of)}`);
}

async function mailed(): Promise<string> {
  for (let n = 0; n < 200; n++) {
    const mails: { links: string[] }[] = await (await fetch(`${base}/dev/mailbox.json?to=${encodeURIComponent(email)}`)).json();
    const link = mails[0]?.links.find((l) => l.includes("/auth/verify-email"));
    if (link) return new URL(link).searchParams.get("token")!;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error("no mail came");
}

const signedUp = await api.POST("/auth/sign_up", { body: { email, password, name: "Ada" } });
need(signedUp.response.status === 202, "sign-up", signedUp.error);

const token = await mailed();
const looked = await api.GET("/auth/verify-email", { params: { query: { token } }, headers: { Accept: "application/json" } });
need(looked.response.status === 200, "look at the link", looked.error);
const verified = await api.POST("/auth/verify-email", { body: { token } });
need(verified.response.status === 200, "verify", verified.error);

const wrong = await api.POST("/auth/login", { body: { email, password: "another one" } });
need(wrong.response.status === 401 && wrong.error?.code === "invalid_credentials", "a wrong password", wrong.error);
const login = await api.POST("/auth/login", { body: { email, password, device_name: "walk" } });
need(login.data !== undefined && "access_token" in login.data, "login", login.error);
const first = login.data;
need(first.user.email === email && first.expires_in > 0, "the tokens", first);

const me = await api.GET("/auth/me", { headers: { Authorization: `Bearer ${first.access_token}` } });
need(me.data?.name === "Ada", "who am I", me.error);
const refreshed = await api.POST("/auth/refresh", { body: { refresh_token: first.refresh_token } });
need(refreshed.data !== undefined && refreshed.data.refresh_generation > first.refresh_generation, "refresh", refreshed.error);
const second = refreshed.data;

const bearer = { Authorization: `Bearer ${second.access_token}` };
const proved = await api.POST("/auth/reauthenticate", { headers: bearer, body: { password } });
need(proved.data !== undefined, "reauthenticate", proved.error);
const devices = await api.GET("/auth/sessions", { headers: bearer });
need(devices.data?.items.length === 1 && devices.data.items[0]!.current, "devices", devices.error);

const out = await api.POST("/auth/logout", { headers: bearer, body: {} });
need(out.response.status === 200, "logout", out.error);
const after = await api.GET("/auth/me", { headers: bearer });
need(after.response.status === 401, "after the logout", after.data);
console.log("done");
