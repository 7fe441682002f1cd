import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from '@jest/globals';
import { everyPid } from '../../laptop/platform-pids.js';
import { cpuByPart, cpuOfAll } from './cpu-by-part.js';
import { cpuSecondsOf } from './cpu-clock.js';

const children: ReturnType<typeof spawn>[] = [];

function run(script: string): ReturnType<typeof spawn> {
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  children.push(child);
  return child;
}

afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

const BURN = 'const until = process.cpuUsage().user + 400_000; while (process.cpuUsage().user < until);';

describe('cpuSecondsOf', () => {
  it('counts what a process used', async () => {
    const child = run(`${BURN} console.log("done"); setInterval(() => {}, 1000);`);
    await once(child.stdout as NodeJS.ReadableStream, 'data');
    const used = cpuSecondsOf([child.pid as number]);
    expect(used).toBeGreaterThanOrEqual(0.35);
    expect(used).toBeLessThan(3);
  });

  it('counts the living children of a process, as PostgreSQL serves by them', async () => {
    // The channel between the two ends with the parent, and the child with the channel.
    const inner = JSON.stringify(
      `process.on("disconnect", () => process.exit()); ${BURN} console.log("done");`,
    );
    const parent = run(
      `require("child_process").spawn(process.execPath, ["-e", ${inner}],
         { stdio: ["ignore", "inherit", "inherit", "ipc"] });`,
    );
    await once(parent.stdout as NodeJS.ReadableStream, 'data');
    expect(cpuSecondsOf([parent.pid as number])).toBeGreaterThanOrEqual(0.4);
  });

  it('is nothing for nobody', () => {
    expect(cpuSecondsOf([])).toBe(0);
  });
});

describe('cpuByPart', () => {
  it('counts each part once, although the services are the parent of the others', async () => {
    const inner = JSON.stringify(
      `process.on("disconnect", () => process.exit()); ${BURN} console.log(process.pid);`,
    );
    const services = run(
      `require("child_process").spawn(process.execPath, ["-e", ${inner}],
         { stdio: ["ignore", "inherit", "inherit", "ipc"] });`,
    );
    const [told] = (await once(services.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
    const pids = { services: [services.pid as number], broker: Number(told.toString()), database: 0 };
    const parts = cpuByPart(pids);
    expect(parts.broker).toBeGreaterThanOrEqual(0.35);
    expect(parts.services).toBeLessThan(parts.broker);
    expect(cpuOfAll(parts)).toBeCloseTo(cpuSecondsOf(everyPid(pids)), 1);
  });
});
