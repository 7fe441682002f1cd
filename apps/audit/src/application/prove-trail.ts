import { Inject, Injectable } from '@nestjs/common';
import { caseNotRecorded } from '../domain/errors.js';
import { inclusionProof, runsForProof, type HashRun } from '../domain/inclusion-proof.js';
import { MERKLE } from './merkle.js';
import { LogStore, type StoredEntry, type TreeHead } from './ports.js';

export interface ProvenEntry extends StoredEntry {
  /** Sibling hashes from the leaf to the root. */
  readonly inclusionProof: readonly Uint8Array[];
}

export interface ProvenTrail {
  readonly head: TreeHead;
  readonly entries: readonly ProvenEntry[];
}

@Injectable()
export class ProveTrail {
  constructor(@Inject(LogStore) private readonly store: LogStore) {}

  /** Everything recorded about a case, each entry with its proof against one and the same head (A2). */
  async ofCase(caseId: string): Promise<ProvenTrail> {
    const head = await this.store.head();
    const stored = await this.store.entriesOfCase(caseId, head.range.size);
    if (stored.length === 0) throw caseNotRecorded();
    const load = this.loadOnce();
    const entries: ProvenEntry[] = [];
    for (const entry of stored) {
      const runs = runsForProof(entry.position, head.range.size);
      const hashes = await Promise.all(runs.map(load));
      entries.push({ ...entry, inclusionProof: inclusionProof(MERKLE, head.range, entry.position, hashes) });
    }
    return { head, entries };
  }

  /** The entries of a case are neighbours, so their proofs share most of what they need. */
  private loadOnce(): (run: HashRun) => Promise<readonly Uint8Array[]> {
    const loaded = new Map<string, Promise<readonly Uint8Array[]>>();
    return (run) => {
      const key = `${run.level}/${run.from}/${run.count}`;
      const hashes = loaded.get(key) ?? this.store.hashes(run);
      loaded.set(key, hashes);
      return hashes;
    };
  }
}
