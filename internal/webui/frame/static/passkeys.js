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

  // address is where the page is read once more, so that it asks for the passkey
  // as it does now: what a form is answered with has the address of the form.
  const address = () => {
    const here = new URL(location.href);
    for (const { name, value } of forms[0].elements) {
      if (name === "method" || name === "return_to") here.searchParams.set(name, value);
    }
    return here.href;
  };

  // fresh gets other ceremonies by reading the page once more, where the ones
  // that it came with are about to end. It reports whether the page still asks for
  // a passkey: by now somebody may be signed in, or signed out, or has to say
  // first who they are.
  const fresh = async () => {
    if (Date.now() - born < life) return true;
    const answer = await fetch(address(), { cache: "no-store", redirect: "manual" });
    if (answer.type === "opaqueredirect") return false;
    if (!answer.ok) throw new Error("the page cannot be read");
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const form of forms) {
      const next = page.querySelector(`form[data-passkey="${form.dataset.passkey}"]`);
      if (!next) return false;
      form.dataset.options = next.dataset.options;
      form.elements.ceremony.value = next.elements.ceremony.value;
    }
    born = Date.now();
    return true;
  };

  const press = async (form) => {
    waiting?.abort();
    say(form, "");
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      if (!(await fresh())) {
        location.assign(address()); // what is asked for instead
        return;
      }
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
      if (!(await fresh())) {
        waiting = null;
        return;
      }
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
  addEventListener("pageshow", (e) => {
    if (!e.persisted) return;
    [sent, born] = [false, 0]; // somebody came back to it, and its ceremonies may be spent
    for (const form of forms) form.querySelector("button").disabled = false;
  });
  const again = () => {
    if (document.hidden || !waiting || waiting.signal.aborted || Date.now() - born < life) return;
    waiting.abort();
    offer();
  };
  setInterval(again, 30_000);
  document.addEventListener("visibilitychange", again);
})();
