// Asks the browser for a passkey, or to make one (WebAuthn L3 §5.1), writes what
// it gives into the form that asked, and sends that form. It holds no token and
// decides nothing. Without it the forms stay hidden, and the pages say so.
(() => {
  "use strict";
  const life = 4 * 60_000; // of a ceremony, with a minute to spare
  const forms = [...document.querySelectorAll("form[data-passkey]")];
  const able = typeof PublicKeyCredential === "function" && navigator.credentials;
  let born = Date.now();
  let waiting = null; // stops the offer beside the field for an address

  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

  const read = (form) => {
    const options = JSON.parse(form.dataset.options).publicKey;
    const named = (list) => list?.map((c) => ({ ...c, id: bytes(c.id) }));
    return {
      ...options,
      challenge: bytes(options.challenge),
      ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
      ...(options.allowCredentials && { allowCredentials: named(options.allowCredentials) }),
      ...(options.excludeCredentials && { excludeCredentials: named(options.excludeCredentials) }),
    };
  };

  const written = ({ id, rawId, type, authenticatorAttachment, response, ...c }) => ({
    id, rawId: text(rawId), type, authenticatorAttachment: authenticatorAttachment ?? undefined, clientExtensionResults: {},
    response: response.attestationObject
      ? { clientDataJSON: text(response.clientDataJSON), attestationObject: text(response.attestationObject), transports: response.getTransports?.() ?? [] }
      : {
          clientDataJSON: text(response.clientDataJSON), authenticatorData: text(response.authenticatorData),
          signature: text(response.signature), userHandle: response.userHandle ? text(response.userHandle) : undefined,
        },
  });

  let sent = false;
  const send = (form, credential) => {
    if (sent) return; // by the button and by the offer at once
    sent = true;
    form.elements.credential.value = JSON.stringify(written(credential));
    if (form.requestSubmit) form.requestSubmit(); // as if pressed, so that nothing else is sent beside
    else form.submit();
  };

  const say = (form, what) => {
    for (const p of form.querySelectorAll("[data-says]")) p.hidden = p.dataset.says !== what;
  };

  // fresh gets other ceremonies by reading the page once more, where the ones
  // that it came with are about to end.
  const fresh = async () => {
    if (Date.now() - born < life) return;
    const answer = await fetch(location.href, { cache: "no-store" });
    if (!answer.ok) throw new Error("the page is gone");
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const form of forms) {
      const next = page.querySelector(`form[data-passkey="${form.dataset.passkey}"]`);
      if (!next) throw new Error("the page asks for no passkey any more");
      form.dataset.options = next.dataset.options;
      form.elements.ceremony.value = next.elements.ceremony.value;
    }
    born = Date.now();
  };

  const press = async (form) => {
    waiting?.abort();
    say(form, "");
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      await fresh();
      const make = form.dataset.passkey === "create";
      send(form, await navigator.credentials[make ? "create" : "get"]({ publicKey: read(form) }));
    } catch (e) {
      say(form, e.name === "InvalidStateError" ? "known" : "failed");
      button.disabled = false;
      offer();
    }
  };

  // offer lets the browser name passkeys where an address is typed.
  const offer = async () => {
    const form = forms.find((f) => f.dataset.autofill);
    if (!form || !(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
    const mine = (waiting = new AbortController());
    try {
      await fresh();
      const given = await navigator.credentials.get({ publicKey: read(form), mediation: "conditional", signal: mine.signal });
      if (given && !mine.signal.aborted) send(form, given);
    } catch {
      // Nobody took it up, or the button was pressed.
    }
  };

  if (!able) {
    for (const p of document.querySelectorAll('p[data-says="missing"]')) p.hidden = false;
    return;
  }
  for (const form of forms) {
    form.hidden = false;
    form.addEventListener("submit", (e) => {
      if (sent) return; // with what the authenticator gave
      e.preventDefault();
      press(form);
    });
  }
  offer();
  const again = () => {
    if (document.hidden || !waiting || waiting.signal.aborted || Date.now() - born < life) return;
    waiting.abort();
    offer();
  };
  setInterval(again, 30_000);
  document.addEventListener("visibilitychange", again);
})();
