import { readFileSync, writeFileSync } from 'node:fs';

const KIB_PER_MB = 1024;

function statusMb(field: 'VmRSS' | 'VmHWM'): number {
  const match = new RegExp(`${field}:\\s+(\\d+) kB`).exec(readFileSync('/proc/self/status', 'utf8'));
  return Number(match?.[1]) / KIB_PER_MB;
}

/** Resident memory of this process, and the most of it since `reset`: the kernel counts, so that no peak between
 *  two looks is missed. */
export const memoryMeter = {
  /** See proc_pid_clear_refs(5). */
  reset(): void {
    writeFileSync('/proc/self/clear_refs', '5');
  },
  nowMb: (): number => statusMb('VmRSS'),
  highWaterMb: (): number => statusMb('VmHWM'),
};
