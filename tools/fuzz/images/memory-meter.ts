import { readFileSync, writeFileSync } from 'node:fs';

const KIB_PER_MB = 1024;
const BYTES_PER_MB = 2 ** 20;

function statusMb(field: 'VmRSS' | 'VmHWM'): number {
  const match = new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(match?.[1]) / KIB_PER_MB;
}

interface MemoryMeter {
  reset(): void;
  nowMb(): number;
  /** Since `reset`. */
  highWaterMb(): number;
}

/** The kernel counts, so that no peak between two looks is missed. See proc_pid_clear_refs(5). */
const linuxMeter: MemoryMeter = {
  reset: () => writeFileSync('/proc/self/clear_refs', '5'),
  nowMb: () => statusMb('VmRSS'),
  highWaterMb: () => statusMb('VmHWM'),
};

const rssMb = (): number => process.memoryUsage.rss() / BYTES_PER_MB;

/** Sees what a file leaves behind, not what it took meanwhile. */
const portableMeter: MemoryMeter = { reset: () => undefined, nowMb: rssMb, highWaterMb: rssMb };

/** Resident memory of this process. */
export const memoryMeter = process.platform === 'linux' ? linuxMeter : portableMeter;
