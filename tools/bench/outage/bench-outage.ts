import { setTimeout as sleep } from 'node:timers/promises';
import type { VerificationView } from '@absah/contracts';
import { blurred } from '../../samples/index.js';
import { spawnPlatform, type SpawnedPlatform } from '../../laptop/spawn-platform.js';
import { syntheticMsisdn, syntheticNik } from '../../laptop/synthetic-numbers.js';
import { makeTemporaryData, removeTemporaryData } from '../../laptop/temporary-data.js';
import { OperatorApp } from '../../laptop/tour/operator-app.js';
import { RegistryDesk } from '../../laptop/tour/registry-desk.js';
import type { Tell } from '../measure/benchmark.js';
import { median } from '../measure/statistics.js';
import { prepareFaces, type Face } from '../pipeline/subjects.js';
import { runWindow, type Stream, type TimedByKind } from './load.js';
import { noticedAfterMs, rhythmFor, type Kind, type Rhythm } from './rhythm.js';
import { approvedCase, enrolMany, prepareStock, take, type Stock } from './stock.js';

export interface OutageBenchOptions {
  readonly rounds: number;
  /** Of each window; a round has one with and one without the outage. */
  readonly seconds: number;
}

export interface Window {
  readonly hanging: boolean;
  /** From here on a hanging registry is no news to the gateway. */
  readonly noticedAfterMs: number;
  readonly timed: TimedByKind<Kind>;
  /** From the end of the outage to the last approval. */
  readonly drainedAfterMs: number;
}

/** Until the code of the hot path is compiled. */
const WARM_UP_SECONDS = 10;
/** One after the other, to learn what the machine gives today. */
const SAMPLED = 12;
/** Purges, audit entries and outbox marks of a window belong to it. */
const SETTLE_MS = 2_000;
const DRAIN_LIMIT_MS = 60_000;
const DRAIN_POLL_MS = 250;

export async function benchOutage(options: OutageBenchOptions, tell: Tell): Promise<readonly Window[]> {
  const folder = await makeTemporaryData('bench');
  try {
    const platform = await spawnPlatform(folder);
    try {
      const faces = await prepareFaces(platform.modelsDir);
      const [face] = faces;
      if (!face) throw new Error('there are no sample portraits');
      return await new OutageBench(platform, faces, await blurred(face.image)).run(options, tell);
    } finally {
      await platform.stop();
    }
  } finally {
    await removeTemporaryData(folder);
  }
}

class OutageBench {
  private readonly app: OperatorApp;
  private readonly desk: RegistryDesk;

  constructor(
    private readonly platform: SpawnedPlatform,
    private readonly faces: readonly Face[],
    /** What gets a retake. */
    private readonly unclear: Uint8Array,
  ) {
    this.app = new OperatorApp(platform);
    this.desk = new RegistryDesk(platform);
  }

  async run({ rounds, seconds }: OutageBenchOptions, tell: Tell): Promise<readonly Window[]> {
    const rhythm = rhythmFor(await this.verificationMs());
    await this.window(false, WARM_UP_SECONDS, rhythm);
    const windows: Window[] = [];
    for (let round = 0; round < rounds; round += 1) {
      // In turns, so that a machine that slows down favours neither side.
      for (const hanging of round % 2 === 0 ? [false, true] : [true, false]) {
        windows.push(await this.window(hanging, seconds, rhythm));
        tell(`round ${round + 1} of ${rounds}: registry ${hanging ? 'hung' : 'answered'}`);
      }
    }
    return windows;
  }

  private async verificationMs(): Promise<number> {
    const subjects = await enrolMany(this.platform, this.faces, SAMPLED);
    const times: number[] = [];
    for (const subject of subjects) {
      const startedAt = performance.now();
      await approvedCase(this.platform, subject);
      times.push(performance.now() - startedAt);
    }
    return median(times);
  }

  private async window(hanging: boolean, seconds: number, rhythm: Rhythm): Promise<Window> {
    const windowMs = seconds * 1_000;
    const stock = await prepareStock(this.platform, this.faces, {
      newCases: Math.ceil(windowMs / rhythm['new case']),
      activations: Math.ceil(windowMs / rhythm.activation),
    });
    const told: VerificationView[] = [];
    const streams = this.streams(stock, told, rhythm);
    await sleep(SETTLE_MS);
    if (hanging) await this.desk.beginFault('hang', windowMs + DRAIN_LIMIT_MS);
    const timed = await runWindow(streams, windowMs);
    const stillParked = told.filter(({ status }) => status === 'parked');
    if (hanging && stillParked.length < told.length)
      throw new Error('a case was decided without the registry');
    await this.desk.endFault();
    const endedAt = performance.now();
    await this.approved(told.map(({ id }) => id));
    const drainedAfterMs = performance.now() - endedAt;
    return { hanging, noticedAfterMs: noticedAfterMs(rhythm), timed, drainedAfterMs };
  }

  private streams(stock: Stock, told: VerificationView[], rhythm: Rhythm): Readonly<Record<Kind, Stream>> {
    const verify = (nik: string, image: Uint8Array) =>
      this.app.verify({ nik, msisdn: syntheticMsisdn(), image });
    const send: Readonly<Record<Kind, () => Promise<VerificationView>>> = {
      read: () => this.app.read(stock.readableId),
      activation: () => this.app.activate(take(stock.approvedIds)),
      retake: () => verify(syntheticNik(), this.unclear),
      'new case': async () => {
        const { nik, face } = take(stock.newcomers);
        const view = await verify(nik, face.image);
        told.push(view);
        return view;
      },
    };
    return Object.fromEntries(
      Object.entries(send).map(([kind, request]) => {
        const stream: Stream = {
          everyMs: rhythm[kind as Kind],
          send: async () => (await request()).status,
        };
        return [kind, stream];
      }),
    ) as Record<Kind, Stream>;
  }

  /** Every case is approved in the end, or the benchmark fails. */
  private async approved(ids: readonly string[]): Promise<void> {
    const deadline = performance.now() + DRAIN_LIMIT_MS;
    for (const id of ids) {
      while ((await this.app.read(id)).status !== 'approved') {
        if (performance.now() > deadline)
          throw new Error(`verification ${id} was not approved after the outage`);
        await sleep(DRAIN_POLL_MS);
      }
    }
  }
}
