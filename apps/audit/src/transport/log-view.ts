import { eventName } from '../application/describe-event.js';
import type { TreeHead } from '../application/ports.js';
import type { ProvenEntry, ProvenTrail } from '../application/prove-trail.js';
import type { Recomputation } from '../application/recompute-log.js';

/** Hashes are written in hex: the form that `sha256sum` prints. */
export interface HeadView {
  readonly size: number;
  readonly rootHash: string;
  readonly createdAt: string | null;
}

export interface EntryView {
  readonly position: number;
  readonly event: string;
  readonly messageId: string;
  readonly subject: string;
  readonly occurredAt: string;
  readonly payload: string;
  readonly leafHash: string;
  readonly inclusionProof: readonly string[];
}

export interface TrailView {
  readonly caseId: string;
  readonly head: HeadView;
  readonly entries: readonly EntryView[];
}

export type RecomputationView =
  | { readonly intact: true; readonly size: number; readonly rootHash: string }
  | Extract<Recomputation, { intact: false }>;

export function viewOfHead(head: TreeHead): HeadView {
  return {
    size: head.range.size,
    rootHash: hex(head.rootHash),
    createdAt: head.createdAt?.toISOString() ?? null,
  };
}

export function viewOfTrail(caseId: string, trail: ProvenTrail): TrailView {
  return { caseId, head: viewOfHead(trail.head), entries: trail.entries.map(viewOfEntry) };
}

export function viewOfRecomputation(result: Recomputation): RecomputationView {
  return result.intact ? { ...result, rootHash: hex(result.rootHash) } : result;
}

function viewOfEntry(entry: ProvenEntry): EntryView {
  const { position, messageId, subject, occurredAt } = entry;
  return {
    position,
    event: eventName(subject),
    messageId,
    subject,
    occurredAt,
    payload: Buffer.from(entry.payload).toString('utf8'),
    leafHash: hex(entry.leafHash),
    inclusionProof: entry.inclusionProof.map(hex),
  };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
