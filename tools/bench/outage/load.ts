import { setTimeout as sleep } from 'node:timers/promises';

/** One kind of request, sent at fixed times whatever became of the ones before it. */
export interface Stream {
  readonly everyMs: number;
  /** Returns what came of it, as a word. */
  readonly send: () => Promise<string>;
}

export interface Timed {
  /** Since the window opened. */
  readonly sentAtMs: number;
  readonly ms: number;
  readonly outcome: string;
}

export type TimedByKind<Kind extends string> = Readonly<Record<Kind, readonly Timed[]>>;

/** Open loop: a platform that slows down gets no fewer requests for it. */
export async function runWindow<Kind extends string>(
  streams: Readonly<Record<Kind, Stream>>,
  windowMs: number,
): Promise<TimedByKind<Kind>> {
  const openedAt = performance.now();
  const kinds = Object.entries<Stream>(streams).map(async ([kind, stream]) => {
    return [kind, await runStream(stream, openedAt, windowMs)] as const;
  });
  return Object.fromEntries(await Promise.all(kinds)) as Record<Kind, Timed[]>;
}

async function runStream({ everyMs, send }: Stream, openedAt: number, windowMs: number): Promise<Timed[]> {
  const sent: Promise<Timed>[] = [];
  for (let atMs = everyMs / 2; atMs < windowMs; atMs += everyMs) {
    await sleep(Math.max(0, openedAt + atMs - performance.now()));
    sent.push(timed(send, atMs));
  }
  return Promise.all(sent);
}

async function timed(send: () => Promise<string>, sentAtMs: number): Promise<Timed> {
  const startedAt = performance.now();
  const outcome = await send();
  return { sentAtMs, ms: performance.now() - startedAt, outcome };
}
