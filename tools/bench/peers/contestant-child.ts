import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { ContestantName, Described, FromContestant, ToContestant } from './contestant-messages.js';

const PROGRAM = new URL('contestant-process.js', import.meta.url);

/** A contestant in its own process. Asked for one image at a time. */
export class ContestantChild {
  private constructor(
    readonly name: ContestantName,
    readonly about: string,
    readonly child: ChildProcess,
  ) {}

  static async start(name: ContestantName, packagesFolder: string): Promise<ContestantChild> {
    // Vectors travel as they are, and not as text.
    const child = fork(PROGRAM, [name, packagesFolder], { serialization: 'advanced' });
    const answer = await nextAnswer(name, child);
    if (answer.kind !== 'ready') throw new Error(`${name} did not start as expected`);
    return new ContestantChild(name, answer.about, child);
  }

  async describe(path: string): Promise<Described> {
    const request: ToContestant = { path };
    this.child.send(request);
    const answer = await nextAnswer(this.name, this.child);
    if (answer.kind !== 'described') throw new Error(`${this.name} answered out of turn`);
    return answer;
  }

  close(): void {
    this.child.kill();
  }
}

async function nextAnswer(name: ContestantName, child: ChildProcess): Promise<FromContestant> {
  const controller = new AbortController();
  const { signal } = controller;
  const ended = once(child, 'exit', { signal }).then((): never => {
    throw new Error(`${name} ended`);
  });
  try {
    const [answer] = (await Promise.race([once(child, 'message', { signal }), ended])) as [FromContestant];
    if (answer.kind === 'failed') throw new Error(`${name}: ${answer.message}`);
    return answer;
  } finally {
    controller.abort();
    ended.catch(() => undefined);
  }
}
