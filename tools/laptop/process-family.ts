import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

interface Descent {
  readonly pid: number;
  readonly parent: number;
}

/** A process and its children: PostgreSQL serves each connection by one. */
export async function processFamily(pid: number): Promise<readonly number[]> {
  const all = await (process.platform === 'linux' ? descentsFromProc() : descentsFromPs());
  return [pid, ...all.filter(({ parent }) => parent === pid).map((child) => child.pid)];
}

/** A small container has no `ps`. */
async function descentsFromProc(): Promise<readonly Descent[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  return Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
      // The second field is the program's name in parentheses and may hold spaces itself.
      return { pid, parent: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) };
    }),
  );
}

async function descentsFromPs(): Promise<readonly Descent[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']);
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([pid = 0, parent = 0]) => ({ pid, parent }));
}
