import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process id together with its start time, because ids are given out again. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly started: string;
}

const STATE_FIELD = 0;
const START_TIME_FIELD = 19;
const UNKNOWN_START = 'unknown';

export async function identify(pid: number): Promise<ProcessIdentity | undefined> {
  const started = process.platform === 'linux' ? await startTime(pid) : runningElsewhere(pid);
  return started === undefined ? undefined : { pid, started };
}

export async function isRunning(identity: ProcessIdentity): Promise<boolean> {
  return (await identify(identity.pid))?.started === identity.started;
}

/** Asks with each signal in turn until the process is gone. */
export async function endProcess(
  identity: ProcessIdentity,
  signals: readonly NodeJS.Signals[],
  patienceMs: number,
): Promise<void> {
  for (const signal of signals) {
    if (!(await isRunning(identity))) return;
    sendSignal(identity.pid, signal);
    const deadline = Date.now() + patienceMs;
    while (Date.now() < deadline && (await isRunning(identity))) await sleep(20);
  }
  if (await isRunning(identity)) throw new Error(`Process ${identity.pid} does not end`);
}

export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function startTime(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The second field is the program's name in parentheses and may hold spaces itself.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields?.[STATE_FIELD] === 'Z' ? undefined : fields?.[START_TIME_FIELD];
}

function runningElsewhere(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
    return UNKNOWN_START;
  } catch {
    return undefined;
  }
}
