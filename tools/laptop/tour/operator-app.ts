import { livenessChallengeView, verificationView, type VerificationView } from '@absah/contracts';
import type { Platform } from '../platform.js';
import { verificationForm } from '../verification-form.js';

export interface Submission {
  readonly nik: string;
  readonly msisdn: string;
  readonly image: Uint8Array;
  /** Taken while a liveness challenge was shown. */
  readonly frames?: readonly Uint8Array[];
}

/** As an app would that spreads few frames over the time that three movements take. */
const FRAME_INTERVAL_MS = 300;

/** Talks to the API as a telco's app would. */
export class OperatorApp {
  constructor(private readonly platform: Pick<Platform, 'urls' | 'secrets'>) {}

  /** Waits for the decision, in the request itself or by asking again. */
  async verify({ nik, msisdn, image, frames = [] }: Submission): Promise<VerificationView> {
    const answer = frames.length > 0 ? await this.answer(frames.length) : {};
    const form = verificationForm({ fields: { nik, msisdn, ...answer }, picture: { bytes: image }, frames });
    const view = verificationView.parse(await this.call('POST', '/v1/verifications', form));
    return view.status === 'processing' ? this.decided(view.id) : view;
  }

  async activate(id: string): Promise<VerificationView> {
    return verificationView.parse(await this.call('POST', `/v1/verifications/${id}/activation`));
  }

  async read(id: string): Promise<VerificationView> {
    return verificationView.parse(await this.call('GET', `/v1/verifications/${id}`));
  }

  /** The frames are there already: an app would take them now, while it shows the challenge. */
  private async answer(frameCount: number) {
    const issued = livenessChallengeView.parse(await this.call('POST', '/v1/liveness-challenges'));
    const { challengeId, nonce } = issued;
    const frameTimes = Array.from({ length: frameCount }, (_, index) => index * FRAME_INTERVAL_MS);
    return { challenge: { challengeId, nonce }, frameTimes };
  }

  private async decided(id: string): Promise<VerificationView> {
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const view = await this.read(id);
      if (view.status !== 'processing') return view;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error(`verification ${id} was not decided within ten seconds`);
  }

  private async call(method: string, path: string, body?: FormData): Promise<unknown> {
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
    return answer;
  }
}
