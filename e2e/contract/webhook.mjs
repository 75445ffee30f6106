// Verifies messages of web hooks by the library of Standard Webhooks. Standard input is
// a JSON list of {secret, headers, body}; what is wrong ends the program.
import { readFileSync } from "node:fs";
import { Webhook } from "standardwebhooks";

for (const { secret, headers, body } of JSON.parse(readFileSync(0, "utf8"))) {
  const event = new Webhook(secret).verify(body, headers);
  console.log(event.type);
  let forged = true;
  try {
    new Webhook(secret).verify(body.replace("{", "{ "), headers);
  } catch {
    forged = false;
  }
  if (forged) throw new Error("a body that was changed is verified");
}
