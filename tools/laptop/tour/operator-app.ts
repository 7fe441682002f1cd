import { verificationView, type VerificationView } from '@absah/contracts';
import type { Platform } from '../platform.js';

export interface Submission {
  readonly nik: string;
  readonly msisdn: string;
  readonly image: Uint8Array;
}

/** Talks to the API as a telco's app would. */
export class OperatorApp {
  constructor(private readonly platform: Pick<Platform, 'urls' | 'secrets'>) {}

  /** Waits for the decision, in the request itself or by asking again. */
  async verify({ nik, msisdn, image }: Submission): Promise<VerificationView> {
    const form = new FormData();
    const consent = { purpose: 'sim-registration', version: '2026-07', givenAt: new Date().toISOString() };
    form.append(
      'request',
      new Blob([JSON.stringify({ nik, msisdn, consent })], { type: 'application/json' }),
    );
    form.append('image', new Blob([new Uint8Array(image)], { type: 'image/jpeg' }), 'capture.jpg');
    const view = await this.call('POST', '/v1/verifications', form);
    return view.status === 'processing' ? this.decided(view.id) : view;
  }

  async activate(id: string): Promise<VerificationView> {
    return this.call('POST', `/v1/verifications/${id}/activation`);
  }

  private async decided(id: string): Promise<VerificationView> {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const view = await this.call('GET', `/v1/verifications/${id}`);
      if (view.status !== 'processing') return view;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`verification ${id} was not decided within ten seconds`);
  }

  private async call(method: string, path: string, body?: FormData): Promise<VerificationView> {
    const response = await fetch(`${this.platform.urls['capture-intake']}${path}`, {
      method,
      headers: { 'x-api-key': this.platform.secrets['operator-api-key'], prefer: 'wait=3' },
      ...(body && { body }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) {
      throw new Error(
        `the API answered ${response.status} ${(answer as { code?: string }).code ?? ''} to ${method} ${path}`,
      );
    }
    return verificationView.parse(answer);
  }
}
