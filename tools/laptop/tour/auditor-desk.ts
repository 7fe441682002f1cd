import type { Platform } from '../platform.js';

export interface TrailEntry {
  /** Place in the log, from 0. */
  readonly position: number;
  readonly event: string;
}

const NOT_RECORDED = 404;

/** The audit service's HTTP interface, as an auditor uses it. */
export class AuditorDesk {
  constructor(private readonly platform: Pick<Platform, 'urls' | 'secrets'>) {}

  /** Empty as long as nothing is recorded: the log gathers events for a moment before it writes. */
  async trailOf(caseId: string): Promise<readonly TrailEntry[]> {
    const response = await fetch(`${this.platform.urls.audit}/v1/log/trail/${caseId}`, {
      headers: { authorization: `Bearer ${this.platform.secrets['auditor-key']}` },
    });
    if (response.status === NOT_RECORDED) return [];
    if (!response.ok) throw new Error(`audit answered ${response.status} to the question for a trail`);
    return ((await response.json()) as { entries: TrailEntry[] }).entries;
  }
}
