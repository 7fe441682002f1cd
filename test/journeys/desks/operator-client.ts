import { verificationView, type VerificationView } from '@absah/contracts';
import type { SpawnedPlatform } from '../../../tools/laptop/spawn-platform.js';
import { syntheticMsisdn } from '../../../tools/laptop/synthetic-numbers.js';
import { verificationForm, type Picture } from '../../../tools/laptop/verification-form.js';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
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
    const form = verificationForm({ fields: { nik, msisdn: syntheticMsisdn(), ...fields }, picture, frames });
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
