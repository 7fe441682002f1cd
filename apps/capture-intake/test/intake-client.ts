import type { LivenessChallengeView, Problem, VerificationView } from '@absah/contracts';
import { goodPicture } from './pictures.js';

export interface Answer<Body> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Body;
}

export const goodRequest = {
  nik: '9999014101900001',
  msisdn: '081200000001',
  consent: { purpose: 'sim-registration', version: '2026-07', givenAt: '2026-07-01T08:00:00.000Z' },
};

export interface FormParts {
  readonly image?: Uint8Array;
  readonly request?: unknown;
  readonly frames?: readonly Uint8Array[];
}

export function formOf({
  image = goodPicture,
  request = goodRequest,
  frames = [],
}: FormParts = {}): FormData {
  const form = new FormData();
  const json = typeof request === 'string' ? request : JSON.stringify(request);
  form.append('request', new Blob([json], { type: 'application/json' }));
  form.append('image', new Blob([Buffer.from(image)], { type: 'image/jpeg' }), 'face.jpg');
  for (const frame of frames)
    form.append('frame', new Blob([Buffer.from(frame)], { type: 'image/jpeg' }), 'frame.jpg');
  return form;
}

type Sent = Readonly<Record<string, string>>;

/** An operator's system. */
export class IntakeClient {
  constructor(
    readonly url: string,
    private readonly key: string,
  ) {}

  withKey(key: string): IntakeClient {
    return new IntakeClient(this.url, key);
  }

  submit(form: FormData = formOf(), waitSeconds?: number): Promise<Answer<VerificationView>> {
    const prefer = waitSeconds === undefined ? {} : { prefer: `wait=${waitSeconds}` };
    return this.post<VerificationView>(form, prefer);
  }

  /** Expects to be refused. */
  async post<Body = Problem>(body: FormData | string | undefined, headers: Sent = {}): Promise<Answer<Body>> {
    return this.ask<Body>('/v1/verifications', {
      method: 'POST',
      headers,
      ...(body !== undefined && { body }),
    });
  }

  read<Body = VerificationView>(caseId: string): Promise<Answer<Body>> {
    return this.ask<Body>(`/v1/verifications/${caseId}`);
  }

  activate<Body = VerificationView>(caseId: string, headers: Sent = {}): Promise<Answer<Body>> {
    return this.ask<Body>(`/v1/verifications/${caseId}/activation`, { method: 'POST', headers });
  }

  deactivate<Body = VerificationView>(caseId: string, headers: Sent = {}): Promise<Answer<Body>> {
    return this.ask<Body>(`/v1/verifications/${caseId}/deactivation`, { method: 'POST', headers });
  }

  cancel<Body = VerificationView>(caseId: string, headers: Sent = {}): Promise<Answer<Body>> {
    return this.ask<Body>(`/v1/verifications/${caseId}/cancellation`, { method: 'POST', headers });
  }

  challenge<Body = LivenessChallengeView>(headers: Sent = {}): Promise<Answer<Body>> {
    return this.ask<Body>('/v1/liveness-challenges', { method: 'POST', headers });
  }

  private async ask<Body>(path: string, init: RequestInit = {}): Promise<Answer<Body>> {
    const headers = { 'x-api-key': this.key, ...(init.headers as Record<string, string>) };
    const response = await fetch(this.url + path, { ...init, headers });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
  }
}
