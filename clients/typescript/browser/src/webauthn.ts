const bytes = (text: string) =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0));

const text = (buffer: ArrayBuffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');

/** Options as the server writes them (WebAuthn L3 §5.1.8, §5.1.9), as the browser takes them. */
// biome-ignore lint/suspicious/noExplicitAny: they are the server's and go to the browser
function options(json: any): any {
  const ids = (list: { id: string }[] = []) => list.map((one) => ({ ...one, id: bytes(one.id) }));
  const made = { ...json, challenge: bytes(json.challenge) };
  if (json.user) made.user = { ...json.user, id: bytes(json.user.id) };
  if (json.allowCredentials) made.allowCredentials = ids(json.allowCredentials);
  if (json.excludeCredentials) made.excludeCredentials = ids(json.excludeCredentials);
  return made;
}

/** A credential as JSON (§5.1), also where the browser cannot write it. */
function written(credential: PublicKeyCredential): unknown {
  if (typeof credential.toJSON === 'function') return credential.toJSON();
  const response: Record<string, unknown> = {};
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    const value = (credential.response as unknown as Record<string, ArrayBuffer | undefined>)[name];
    if (value) response[name] = text(value);
  }
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

/** Lets the browser make a passkey, or sign with one. */
export async function passkey(kind: 'create' | 'get', json: unknown): Promise<unknown> {
  const credential = await navigator.credentials[kind]({ publicKey: options(json) });
  if (!credential) throw new DOMException('no passkey was chosen', 'NotAllowedError');
  return written(credential as PublicKeyCredential);
}
