/** The codes that a refusal may have. They are permanent. */
export type RefusalCode =
  | 'malformed_request'
  | 'token_required'
  | 'invalid_token'
  | 'insufficient_scope'
  | 'forbidden'
  | 'insufficient_user_authentication'
  | 'not_current';

const TITLES: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  503: 'Service Unavailable',
};

/** A problem (RFC 9457), as a refused caller sees it. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: RefusalCode;
  readonly detail: string;
}

interface RefusalOptions {
  readonly status: 400 | 401 | 403 | 503;
  readonly detail: string;
  /** The `error` of the challenge and its other parameters; none without a challenge. */
  readonly challenge?: Readonly<Record<string, string>>;
  /** Seconds. */
  readonly retryAfter?: number;
  /** Why, for the log alone. It holds no piece of a token. */
  readonly why?: string;
}

/** Why a request does not get through. It holds no piece of a token. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly status: 400 | 401 | 403 | 503;
  /** For the log alone. */
  readonly why: string | undefined;
  private readonly detail: string;
  private readonly challenge: Readonly<Record<string, string>> | undefined;
  private readonly retryAfter: number | undefined;

  constructor(
    readonly code: RefusalCode,
    options: RefusalOptions,
  ) {
    super(options.detail);
    this.status = options.status;
    this.detail = options.detail;
    this.challenge = options.challenge;
    this.retryAfter = options.retryAfter;
    this.why = options.why;
  }

  /** The body of the answer. */
  get problem(): Problem {
    return {
      type: `https://sallyport.example/errors/${this.code}`,
      title: TITLES[this.status] ?? 'Forbidden',
      status: this.status,
      code: this.code,
      detail: this.detail,
    };
  }

  /** The header fields of the answer, `WWW-Authenticate` (RFC 6750 §3, RFC 9470 §3) among them. */
  get headers(): Record<string, string> {
    const headers: Record<string, string> = {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
    };
    if (this.challenge) {
      const parameters = Object.entries(this.challenge).map(([name, value]) => `${name}="${value}"`);
      headers['www-authenticate'] = ['Bearer realm="sallyport"', ...parameters].join(', ');
    }
    if (this.retryAfter !== undefined) headers['retry-after'] = `${this.retryAfter}`;
    return headers;
  }

  /** The answer, for servers that speak in `Response`. */
  toResponse(): Response {
    return new Response(JSON.stringify(this.problem), { status: this.status, headers: this.headers });
  }
}

export function tokenRequired(): Refusal {
  // Without credentials a challenge has no error (RFC 6750 §3.1).
  return new Refusal('token_required', {
    status: 401,
    detail: 'Send an access token: Authorization: Bearer ...',
    challenge: {},
  });
}

export function malformedRequest(): Refusal {
  return new Refusal('malformed_request', {
    status: 400,
    detail: 'The request has more than one Authorization header.',
    challenge: { error: 'invalid_request' },
  });
}

export function forbidden(detail: string): Refusal {
  return new Refusal('forbidden', { status: 403, detail });
}

export function invalidToken(why: string): Refusal {
  return new Refusal('invalid_token', {
    status: 401,
    detail: 'The access token is missing, malformed, expired or revoked.',
    challenge: { error: 'invalid_token' },
    why,
  });
}

export function notCurrent(why: string): Refusal {
  return new Refusal('not_current', {
    status: 503,
    detail: 'Whether the access token was revoked cannot be told right now. Try again.',
    retryAfter: 2,
    why,
  });
}
