import { verificationView, type VerificationView } from '@absah/contracts';
import type { SpawnedPlatform } from '../../../tools/laptop/spawn-platform.js';
import { syntheticMsisdn } from '../../../tools/laptop/synthetic-numbers.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

export interface Picture {
  readonly bytes: Uint8Array;
  /** JPEG when left out. */
  readonly mediaType?: string;
}

export interface Burst {
  readonly frames: readonly Uint8Array[];
  /** What the part `request` says of them. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** Sees the API bare: status and headers, where the tour's app sees decisions alone. */
export class OperatorClient {
  constructor(
    private readonly platform: Pick<SpawnedPlatform, 'urls' | 'secrets'>,
    private readonly apiKey: string = platform.secrets['operator-api-key'],
  ) {}

  submit(
    nik: string,
    picture: Picture,
    headers: Readonly<Record<string, string>> = {},
    { frames, fields }: Burst = { frames: [], fields: {} },
  ): Promise<Answer> {
    const form = new FormData();
    const consent = { purpose: 'sim-registration', version: '2026-07', givenAt: new Date().toISOString() };
    const request = JSON.stringify({ nik, msisdn: syntheticMsisdn(), consent, ...fields });
    const type = picture.mediaType ?? 'image/jpeg';
    form.append('request', new Blob([request], { type: 'application/json' }));
    form.append('image', new Blob([new Uint8Array(picture.bytes)], { type }), 'capture');
    for (const frame of frames)
      form.append('frame', new Blob([new Uint8Array(frame)], { type: 'image/jpeg' }), 'frame.jpg');
    return this.ask('/v1/verifications', { method: 'POST', body: form, headers: { ...headers } });
  }

  /** Waits as long as the API allows, so that the answer is the decision. */
  async decide(nik: string, picture: Picture): Promise<VerificationView> {
    const { status, body } = await this.submit(nik, picture, { prefer: 'wait=10' });
    if (status !== 201) throw new Error(`the API answered ${status}: ${JSON.stringify(body)}`);
    return verificationView.parse(body);
  }

  async read(id: string): Promise<VerificationView> {
    return verificationView.parse((await this.ask(`/v1/verifications/${id}`)).body);
  }

  async ask(path: string, init: RequestInit = {}): Promise<Answer> {
    const headers = { 'x-api-key': this.apiKey, ...(init.headers as Record<string, string>) };
    const response = await fetch(`${this.platform.urls['capture-intake']}${path}`, { ...init, headers });
    return { status: response.status, headers: response.headers, body: await response.json() };
  }
}
