import { z } from 'zod';

/** What came back over a line that may be cut at any moment. */
export type Reply =
  | { readonly kind: 'view'; readonly view: View }
  | { readonly kind: 'refused'; readonly code: string }
  /** Cut, timed out, put off, or the server could not say: the request may have had its effect. */
  | { readonly kind: 'unanswered'; readonly code?: string; readonly retryAfterMs?: number };

const view = z.object({ id: z.uuid(), status: z.string() });
type View = z.infer<typeof view>;

const challenge = z.object({ challengeId: z.uuid(), nonce: z.string() });
const refusal = z.object({ code: z.string() });

/** A submission in the bytes in which it is sent, every time. */
interface Letter {
  readonly id: string;
  readonly contentType: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** For how long, when it is. */
  readonly putOff: { readonly retryAfterMs?: number };
}

export interface Submission {
  /** Moment of consent, and idempotency key: however often it is sent, it is one request. */
  readonly id: string;
  readonly nik: string;
  readonly msisdn: string;
  readonly image: Uint8Array;
  readonly frames: readonly Uint8Array[];
}

const TIMEOUT_MS = 12_000;
const FRAME_INTERVAL_MS = 300;
const TOO_MANY = 429;
/** An earlier copy of the request is still worked on, perhaps by a process that was killed. */
const IN_FLIGHT = 'INTAKE.IDEMPOTENCY_KEY_IN_FLIGHT';

/** One operator's connection to the API, which answers or does not. */
export class OperatorLine {
  constructor(
    private readonly url: string,
    private readonly apiKey: string,
  ) {}

  /** Undefined when no liveness challenge is to be had for its frames. */
  async write(submission: Submission): Promise<Letter | undefined> {
    const { id, nik, msisdn, image, frames } = submission;
    const burst = await this.#answerChallenge(frames.length);
    if (!burst) return undefined;
    const consent = { purpose: 'sim-registration', version: '2026-07', givenAt: id };
    const form = new FormData();
    form.append('request', json({ nik, msisdn, consent, ...burst }));
    form.append('image', jpeg(image), 'capture.jpg');
    for (const frame of frames) form.append('frame', jpeg(frame), 'frame.jpg');
    // In one piece: Node's client breaks when a form that it still reads is cut off.
    const encoded = new Response(form);
    const contentType = encoded.headers.get('content-type') ?? '';
    return { id, contentType, bytes: new Uint8Array(await encoded.arrayBuffer()) };
  }

  submit({ id, contentType, bytes }: Letter, waitSeconds: number): Promise<Reply> {
    const headers = {
      'content-type': contentType,
      'idempotency-key': id,
      prefer: `wait=${waitSeconds}`,
    };
    return this.#view('POST', '/v1/verifications', headers, bytes);
  }

  read(caseId: string): Promise<Reply> {
    return this.#view('GET', `/v1/verifications/${caseId}`);
  }

  /** Both may be repeated: a case is activated once, and deactivated once. */
  ask(caseId: string, step: 'activation' | 'deactivation'): Promise<Reply> {
    return this.#view('POST', `/v1/verifications/${caseId}/${step}`, {
      'idempotency-key': `${caseId}-${step}`,
    });
  }

  async #answerChallenge(frameCount: number) {
    if (frameCount === 0) return {};
    const answer = await this.#send('POST', '/v1/liveness-challenges');
    const issued = challenge.safeParse(answer?.body);
    if (!issued.success) return undefined;
    const frameTimes = Array.from({ length: frameCount }, (_, index) => index * FRAME_INTERVAL_MS);
    return { challenge: issued.data, frameTimes };
  }

  async #view(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>> = {},
    body?: Letter['bytes'],
  ): Promise<Reply> {
    const answer = await this.#send(method, path, headers, body);
    if (!answer) return { kind: 'unanswered' };
    const seen = view.safeParse(answer.body);
    if (answer.status < 300 && seen.success) return { kind: 'view', view: seen.data };
    const code = refusal.safeParse(answer.body).data?.code ?? `HTTP ${answer.status}`;
    const isPutOff = answer.status === TOO_MANY || answer.status >= 500 || code === IN_FLIGHT;
    return isPutOff ? { kind: 'unanswered', code, ...answer.putOff } : { kind: 'refused', code };
  }

  async #send(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>> = {},
    body?: Letter['bytes'],
  ): Promise<Answer | undefined> {
    try {
      const response = await fetch(`${this.url}${path}`, {
        method,
        headers: { 'x-api-key': this.apiKey, ...headers },
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...(body && { body }),
      });
      const seconds = response.headers.get('retry-after');
      const putOff = seconds === null ? {} : { retryAfterMs: Number(seconds) * 1000 };
      return { status: response.status, body: await response.json(), putOff };
    } catch {
      return undefined;
    }
  }
}

function json(value: unknown): Blob {
  return new Blob([JSON.stringify(value)], { type: 'application/json' });
}

function jpeg(bytes: Uint8Array): Blob {
  return new Blob([new Uint8Array(bytes)], { type: 'image/jpeg' });
}
