import { readFileSync } from 'node:fs';

/** The most memory that each process had in use so far, together; see proc_pid_status(5). */
export function highWaterMebibytes(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + highWaterOf(pid), 0) / 1024;
}

function highWaterOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0);
}
