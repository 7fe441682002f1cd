import { readFileSync, readdirSync } from 'node:fs';

/** Ticks of /proc are hundredths of a second on every Linux that Node runs on. */
const TICKS_PER_SECOND = 100;

/**
 * Seconds of CPU that the processes used so far, with all threads, their living children (PostgreSQL
 * serves each connection by one) and those that ended and were waited for.
 */
export function cpuSecondsOf(pids: readonly number[]): number {
  const roots = new Set(pids);
  let ticks = 0;
  for (const entry of readdirSync('/proc')) {
    const usage = /^\d+$/.test(entry) ? readUsage(Number(entry)) : undefined;
    if (!usage) continue;
    if (roots.has(usage.pid)) ticks += usage.own + usage.endedChildren;
    else if (roots.has(usage.parent)) ticks += usage.own;
  }
  return ticks / TICKS_PER_SECOND;
}

interface Usage {
  readonly pid: number;
  readonly parent: number;
  readonly own: number;
  readonly endedChildren: number;
}

/** See proc_pid_stat(5): fields are counted from after the command, which may contain blanks. */
function readUsage(pid: number): Usage | undefined {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return undefined;
  }
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [parent, userTime, systemTime, childUser, childSystem] = [1, 11, 12, 13, 14].map(
    (index) => fields[index] ?? 0,
  );
  return {
    pid,
    parent: parent ?? 0,
    own: (userTime ?? 0) + (systemTime ?? 0),
    endedChildren: (childUser ?? 0) + (childSystem ?? 0),
  };
}
