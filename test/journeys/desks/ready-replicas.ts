import { setTimeout as sleep } from 'node:timers/promises';

const PROBE_INTERVAL_MS = 100;

interface Replica {
  readonly url: string;
  isReady: boolean;
}

/** Spreads requests over those replicas that say they are ready, as a Kubernetes Service does. */
export class ReadyReplicas {
  readonly #replicas: Replica[] = [];
  readonly #probing: Promise<void>;
  #isOpen = true;
  #turn = 0;

  constructor() {
    this.#probing = this.probeForEver();
  }

  async add(url: string): Promise<void> {
    this.#replicas.push({ url, isReady: await answersReady(url) });
  }

  remove(url: string): void {
    const index = this.#replicas.findIndex((replica) => replica.url === url);
    if (index >= 0) this.#replicas.splice(index, 1);
  }

  next(): string {
    const ready = this.#replicas.filter(({ isReady }) => isReady);
    const replica = ready[(this.#turn += 1) % Math.max(1, ready.length)];
    if (!replica) throw new Error('no replica is ready');
    return replica.url;
  }

  async close(): Promise<void> {
    this.#isOpen = false;
    await this.#probing;
  }

  private async probeForEver(): Promise<void> {
    while (this.#isOpen) {
      for (const replica of [...this.#replicas]) replica.isReady = await answersReady(replica.url);
      await sleep(PROBE_INTERVAL_MS);
    }
  }
}

/** Only "not ready" counts: a slow answer of a busy machine is none. */
async function answersReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/health/ready`)).ok;
  } catch {
    return false;
  }
}
