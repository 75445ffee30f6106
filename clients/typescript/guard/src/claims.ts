import { FormError, isUUID, MemberReader, type Members, parseObject, plain } from './json.js';

/** How far the clocks of those who issue and verify may differ, in seconds. */
export const LEEWAY = 60;

/** Who a token is about, whatever it is. */
interface Bearer {
  /** The claim `client_id`: the program that the token was issued to. */
  readonly clientId: string;
  /** The claim `jti`. */
  readonly tokenId: string;
  readonly audience: readonly string[];
  /** The claim `scope`, split. */
  readonly scopes: readonly string[];
  /** When the token was issued and when it expires, in seconds since 1970. */
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** The claim `uep`: a revocation of the subject names the epoch below which it refuses. */
  readonly epoch: number;
  /** Every claim of the token, by name. */
  readonly claims: Readonly<Record<string, unknown>>;
}

/** A person who signed in. */
export interface User extends Bearer {
  readonly kind: 'user';
  /** The claim `sub`: the user's id. */
  readonly id: string;
  /** The claim `sid`. Keep it out of logs. */
  readonly sessionId: string;
  /** When the user last proved who they are, in seconds since 1970. */
  readonly authTime: number;
  /** How they did (RFC 8176), as `pwd`, `otp`, `hwk`, `mfa`. */
  readonly amr: readonly string[];
  readonly acr: string | undefined;
  readonly roles: readonly string[];
}

/** A program that speaks for itself (RFC 6749 §4.4): nobody signed in. */
export interface Client extends Bearer {
  readonly kind: 'client';
  /** The client's id. */
  readonly id: string;
}

export type Identity = User | Client;

/**
 * Reads the payload of an access token (RFC 9068 §2.2) from `issuer` that is meant
 * for one of `audiences`. Claims that it does not know are ignored (RFC 7519 §4),
 * but for `cnf`: a token that is bound to a key is not a bearer token. Whether it
 * has expired is for the caller to say, at every sight.
 *
 * @param now seconds since 1970
 * @throws FormError
 */
export function parseClaims(payload: Uint8Array, issuer: string, audiences: readonly string[], now: number): Identity {
  const members = parseObject(payload);
  const r = new MemberReader(members);
  if (r.text('iss') !== issuer) r.fail('iss', 'not ours');
  const audience = typeof r.required('aud') === 'string' ? [r.text('aud')] : r.texts('aud');
  if (!audience.some((one) => audiences.includes(one))) r.fail('aud', 'not ours');
  const [issuedAt, expiresAt] = [r.date('iat'), r.date('exp')];
  if (expiresAt <= issuedAt) r.fail('exp', 'not after iat');
  if (issuedAt > now + LEEWAY) r.fail('iat', 'in the future');
  if (r.has('nbf') && r.date('nbf') > now + LEEWAY) r.fail('nbf', 'in the future');
  if (r.has('cnf')) r.fail('cnf', 'bound to a key');
  const bearer: Bearer = {
    clientId: r.text('client_id'),
    tokenId: r.uuid('jti'),
    audience,
    scopes: (r.optionalText('scope') ?? '').split(' ').filter((scope) => scope !== ''),
    issuedAt,
    expiresAt,
    epoch: r.integer('uep'),
    claims: plain(members) as Record<string, unknown>,
  };
  return subject(r, bearer, members);
}

/** Says who the token is about. A machine's has no `sid`, and its `sub` is its `client_id`. */
function subject(r: MemberReader, bearer: Bearer, members: Members): Identity {
  const [roles, acr, sub] = [r.optionalTexts('roles'), r.optionalText('acr'), r.text('sub')];
  if (members.has('sid') || isUUID(sub)) {
    return {
      ...bearer,
      kind: 'user',
      id: r.uuid('sub'),
      sessionId: r.uuid('sid'),
      authTime: r.date('auth_time'),
      amr: r.texts('amr'),
      acr,
      roles,
    };
  }
  if (sub !== bearer.clientId) throw new FormError('member sub: neither a user nor the client');
  if (members.has('auth_time') || members.has('amr')) throw new FormError('member amr: nobody signed in');
  return { ...bearer, kind: 'client', id: sub };
}
