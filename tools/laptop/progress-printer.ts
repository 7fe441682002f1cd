import type { Progress } from '@absah/local-infra';

/** One line per step, with the time since the start. */
export function progressPrinter(write: (line: string) => void, startedAt: number): Progress {
  return (step, detail) => {
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1).padStart(6);
    write(`${seconds} s  ${step}${detail ? `  ${detail}` : ''}`);
  };
}
