import type { SpawnedPlatform } from '../../../tools/laptop/spawn-platform.js';

/** As the audit service writes it: hashes in hex. */
export interface LogHead {
  readonly size: number;
  readonly rootHash: string;
}

export interface LogEntry {
  readonly position: number;
  readonly event: string;
  readonly messageId: string;
  readonly subject: string;
  readonly occurredAt: string;
  readonly payload: string;
  readonly leafHash: string;
  readonly inclusionProof: readonly string[];
}

export interface Trail {
  readonly head: LogHead;
  readonly entries: readonly LogEntry[];
}

const NOT_RECORDED = 404;

type Addressed = Pick<SpawnedPlatform, 'urls' | 'secrets'>;

export async function readHead(platform: Addressed): Promise<LogHead> {
  return (await ask(platform, 'head')) as LogHead;
}

/** Undefined as long as nothing of the case is recorded: the log gathers events for a moment. */
export async function readTrail(platform: Addressed, caseId: string): Promise<Trail | undefined> {
  return (await ask(platform, `trail/${caseId}`)) as Trail | undefined;
}

export function recompute(platform: Addressed): Promise<unknown> {
  return ask(platform, 'recomputation');
}

async function ask({ urls, secrets }: Addressed, question: string): Promise<unknown> {
  const response = await fetch(`${urls.audit}/v1/log/${question}`, {
    headers: { authorization: `Bearer ${secrets['auditor-key']}` },
  });
  if (response.status === NOT_RECORDED) return undefined;
  if (!response.ok) throw new Error(`audit answered ${response.status} to ${question}`);
  return response.json();
}
