import { setTimeout as sleep } from 'node:timers/promises';
import { verificationView, type Problem } from '@absah/contracts';
import type { Picture } from '../../../tools/laptop/verification-form.js';
import type { OperatorClient } from './operator-client.js';

const ACCEPTED = [201, 202];

export interface LoadReport {
  readonly ids: readonly string[];
  /** What a client would have to call a failure, in words. */
  readonly failures: readonly string[];
}

/** People who come at a fixed pace, whatever became of those before them. Nobody asks twice. */
export class SteadyLoad {
  readonly #ids: string[] = [];
  readonly #failures: string[] = [];
  readonly #underWay: Promise<void>[] = [];
  readonly #pacing: Promise<void>;
  #isOpen = true;
  #meanwhile = 'start';

  constructor(
    private readonly client: () => OperatorClient,
    private readonly niks: string[],
    private readonly picture: Picture,
    private readonly everyMs: number,
  ) {
    this.#pacing = this.pace();
  }

  /** Of the cases that were accepted so far. */
  get ids(): readonly string[] {
    return this.#ids;
  }

  /** What goes on beside the requests from now on, for whoever reads of a failure. */
  meanwhile(event: string): void {
    this.#meanwhile = event;
  }

  async finish(): Promise<LoadReport> {
    this.#isOpen = false;
    await this.#pacing;
    await Promise.all(this.#underWay);
    return { ids: this.#ids, failures: this.#failures };
  }

  private async pace(): Promise<void> {
    for (let nik = this.niks.pop(); nik && this.#isOpen; nik = this.niks.pop()) {
      this.#underWay.push(this.send(nik));
      await sleep(this.everyMs);
    }
  }

  private async send(nik: string): Promise<void> {
    try {
      const { status, body } = await this.client().submit(nik, this.picture, { prefer: 'wait=3' });
      if (ACCEPTED.includes(status)) this.#ids.push(verificationView.parse(body).id);
      else this.fail(`${status} ${(body as Problem).code}`);
    } catch (error) {
      this.fail(String(error instanceof Error ? (error.cause ?? error) : error));
    }
  }

  private fail(how: string): void {
    this.#failures.push(`${how} (${this.#meanwhile})`);
  }
}
