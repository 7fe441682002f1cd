import { Agent, request } from 'undici';
import type { SpawnedPlatform } from '../../laptop/spawn-platform.js';
import type { PreparedUpload } from './prepared-upload.js';

/** What became of one request. */
export type Fate = 'in-time' | 'late' | 'refused' | 'failed';

export interface Outcome {
  readonly fate: Fate;
  readonly milliseconds: number;
}

/** V2: from the request to its decision. */
const IN_TIME_MS = 3_000;
const WAIT_SECONDS = 10;
const CREATED = 201;
const REFUSED: ReadonlySet<number> = new Set([429, 503]);

/** Operators' systems that wait for each decision, and take a refusal for an answer. */
export class Operators {
  readonly #agent = new Agent({ connections: 512 });

  constructor(
    private readonly platform: Pick<SpawnedPlatform, 'urls' | 'secrets'>,
    private readonly upload: PreparedUpload,
  ) {}

  async verify(nik: string): Promise<Outcome> {
    const startedAt = performance.now();
    const answer = await this.post(nik).catch(() => undefined);
    const milliseconds = performance.now() - startedAt;
    return { fate: answer ? fateOf(answer, milliseconds) : 'failed', milliseconds };
  }

  close(): Promise<void> {
    return this.#agent.close();
  }

  private async post(nik: string): Promise<Answer> {
    const { statusCode, headers, body } = await request(
      `${this.platform.urls['capture-intake']}/v1/verifications`,
      {
        method: 'POST',
        dispatcher: this.#agent,
        headers: {
          'x-api-key': this.platform.secrets['operator-api-key'],
          'content-type': this.upload.contentType,
          prefer: `wait=${WAIT_SECONDS}`,
        },
        body: this.upload.bodyFor(nik),
      },
    );
    await body.dump();
    return { status: statusCode, hasRetryAfter: headers['retry-after'] !== undefined };
  }
}

interface Answer {
  readonly status: number;
  readonly hasRetryAfter: boolean;
}

function fateOf({ status, hasRetryAfter }: Answer, milliseconds: number): Fate {
  if (REFUSED.has(status) && hasRetryAfter) return 'refused';
  if (status === CREATED) return milliseconds <= IN_TIME_MS ? 'in-time' : 'late';
  return status === 202 ? 'late' : 'failed';
}
