import type { Platform } from '../platform.js';

export interface TrailEntry {
  /** Place in the log, from 0. */
  readonly position: number;
  readonly event: string;
}

/** The audit service's HTTP interface, as an auditor uses it. */
export class AuditorDesk {
  constructor(private readonly platform: Pick<Platform, 'urls' | 'secrets'>) {}

  async trailOf(caseId: string): Promise<readonly TrailEntry[]> {
    const response = await fetch(`${this.platform.urls.audit}/v1/log/trail/${caseId}`, {
      headers: { authorization: `Bearer ${this.platform.secrets['auditor-key']}` },
    });
    if (!response.ok) throw new Error(`audit answered ${response.status} to the question for a trail`);
    return ((await response.json()) as { entries: TrailEntry[] }).entries;
  }
}
