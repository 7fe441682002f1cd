import { percentiles, type Percentiles } from '../measure/statistics.js';
import type { Window } from './bench-outage.js';
import type { Timed } from './load.js';
import type { Kind } from './rhythm.js';

export interface Compared {
  readonly answering: Percentiles;
  readonly hanging: Percentiles;
  /** p99 while the registry hung ÷ p99 while it answered. */
  readonly p99Ratio: number;
}

export interface OutageBenchResult {
  /** All requests that the registry has no part in. */
  readonly others: Compared;
  readonly kinds: Readonly<Record<Exclude<Kind, 'new case'>, Compared>>;
  /** Until a new case was told that it is parked. */
  readonly toldParkedMs: {
    /** Sent before the registry's silence could be noticed. */
    readonly first: Percentiles;
    readonly later: Percentiles;
  };
  readonly parked: number;
  /** Longest time from the end of an outage to the last approval. */
  readonly drainedAfterMs: number;
}

export function summarise(windows: readonly Window[]): OutageBenchResult {
  const hanging = windows.filter((window) => window.hanging);
  const newCases = (first: boolean) =>
    hanging.flatMap(({ timed, noticedAfterMs }) =>
      timed['new case'].filter(({ sentAtMs }) => sentAtMs < noticedAfterMs === first),
    );
  return {
    others: compare(windows, ['read', 'activation', 'retake']),
    kinds: {
      read: compare(windows, ['read']),
      activation: compare(windows, ['activation']),
      retake: compare(windows, ['retake']),
    },
    toldParkedMs: {
      first: latencies(newCases(true)),
      later: latencies(newCases(false)),
    },
    parked: timesOf(hanging, ['new case']).length,
    drainedAfterMs: Math.max(...hanging.map(({ drainedAfterMs }) => drainedAfterMs)),
  };
}

function compare(windows: readonly Window[], kinds: readonly Kind[]): Compared {
  const side = (hung: boolean) =>
    latencies(
      timesOf(
        windows.filter(({ hanging }) => hanging === hung),
        kinds,
      ),
    );
  const [answering, hanging] = [side(false), side(true)];
  return { answering, hanging, p99Ratio: hanging.p99 / answering.p99 };
}

function timesOf(windows: readonly Window[], kinds: readonly Kind[]): readonly Timed[] {
  return windows.flatMap(({ timed }) => kinds.flatMap((kind) => timed[kind]));
}

function latencies(timed: readonly Timed[]): Percentiles {
  return percentiles(timed.map(({ ms }) => ms));
}
