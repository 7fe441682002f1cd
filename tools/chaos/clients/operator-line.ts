import { z } from 'zod';

/** What came back over a line that may be cut at any moment. */
export type Reply =
  | { readonly kind: 'view'; readonly view: View }
  | { readonly kind: 'refused'; readonly code: string }
  /** Cut, timed out, put off, or the server could not say: the request may have had its effect. */
  | { readonly kind: 'unanswered' };

const view = z.object({ id: z.uuid(), status: z.string() });
type View = z.infer<typeof view>;

const challenge = z.object({ challengeId: z.uuid(), nonce: z.string() });
const refusal = z.object({ code: z.string() });

/** What belongs to the frames of a burst. */
type ChallengeAnswer = Readonly<Record<string, unknown>>;

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

  /** To be fetched once: what is sent again has to be the same. */
  async answerChallenge({ frames }: Submission): Promise<ChallengeAnswer | undefined> {
    if (frames.length === 0) return {};
    const answer = await this.#send('POST', '/v1/liveness-challenges');
    const issued = challenge.safeParse(answer?.body);
    if (!issued.success) return undefined;
    const frameTimes = frames.map((_, index) => index * FRAME_INTERVAL_MS);
    return { challenge: issued.data, frameTimes };
  }

  async submit(submission: Submission, burst: ChallengeAnswer, waitSeconds: number): Promise<Reply> {
    const { id, nik, msisdn, image, frames } = submission;
    const consent = { purpose: 'sim-registration', version: '2026-07', givenAt: id };
    const form = new FormData();
    form.append('request', json({ nik, msisdn, consent, ...burst }));
    form.append('image', jpeg(image), 'capture.jpg');
    for (const frame of frames) form.append('frame', jpeg(frame), 'frame.jpg');
    const headers = { prefer: `wait=${waitSeconds}`, 'idempotency-key': id };
    return this.#view('POST', '/v1/verifications', headers, form);
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

  async #view(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>> = {},
    body?: FormData,
  ): Promise<Reply> {
    const answer = await this.#send(method, path, headers, body);
    if (!answer || answer.status === TOO_MANY || answer.status >= 500) return { kind: 'unanswered' };
    const seen = view.safeParse(answer.body);
    if (answer.status < 300 && seen.success) return { kind: 'view', view: seen.data };
    const code = refusal.safeParse(answer.body).data?.code ?? `HTTP ${answer.status}`;
    return code === IN_FLIGHT ? { kind: 'unanswered' } : { kind: 'refused', code };
  }

  async #send(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>> = {},
    body?: FormData,
  ): Promise<{ readonly status: number; readonly body: unknown } | undefined> {
    try {
      const response = await fetch(`${this.url}${path}`, {
        method,
        headers: { 'x-api-key': this.apiKey, ...headers },
        signal: AbortSignal.timeout(TIMEOUT_MS),
        ...(body && { body }),
      });
      return { status: response.status, body: await response.json() };
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
