import { Inject, Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { LogStore, type PreparedEntry, type StoredEntry, type TreeHead } from '../application/ports.js';
import { MERKLE } from '../application/merkle.js';
import { EMPTY_RANGE, rootOf } from '../domain/compact-range.js';
import type { Growth, LogState } from '../domain/grow-log.js';
import type { HashRun } from '../domain/inclusion-proof.js';
import { APPEND, ONE_WRITER, STATE, UNRECORDED } from './append.sql.js';
import { joinPeaks, splitPeaks } from './peaks-column.js';

// The driver hands over 64-bit integers as text.
interface StateRow {
  readonly size: string;
  readonly peaks: Buffer;
  readonly known: readonly string[];
}

interface HeadRow {
  readonly size: string;
  readonly root_hash: Buffer;
  readonly peaks: Buffer;
  readonly created_at: Date;
}

interface EntryRow {
  readonly position: string;
  readonly message_id: string;
  readonly subject: string;
  readonly occurred_at: string;
  readonly payload: Buffer;
  readonly leaf_hash: Buffer;
}

interface HashRow {
  readonly hash: Buffer;
}

const LEAF_HASHES =
  'SELECT leaf_hash AS hash FROM log_entries WHERE position BETWEEN $1 AND $2 ORDER BY position';
const SUBTREE_HASHES =
  'SELECT hash FROM subtree_hashes WHERE level = $1 AND index BETWEEN $2 AND $3 ORDER BY index';
const ENTRY = 'SELECT position, message_id, subject, occurred_at, payload, leaf_hash FROM log_entries';

@Injectable()
export class PostgresLogStore extends LogStore {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {
    super();
  }

  async append(
    messageIds: readonly string[],
    grow: (state: LogState) => Growth<PreparedEntry>,
  ): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.query(ONE_WRITER);
      const growth = grow(await loadState(manager, messageIds));
      if (growth.entries.length > 0) await manager.query(APPEND, appendParameters(growth));
    });
  }

  async unrecorded(messageIds: readonly string[]): Promise<readonly string[]> {
    const rows = await this.dataSource.query<{ message_id: string }[]>(UNRECORDED, [messageIds]);
    return rows.map(({ message_id }) => message_id);
  }

  async head(): Promise<TreeHead> {
    const [row] = await this.dataSource.query<HeadRow[]>(
      'SELECT * FROM tree_heads ORDER BY size DESC LIMIT 1',
    );
    if (!row) return { range: EMPTY_RANGE, rootHash: rootOf(MERKLE, EMPTY_RANGE), createdAt: undefined };
    return {
      range: splitPeaks(Number(row.size), row.peaks),
      rootHash: row.root_hash,
      createdAt: row.created_at,
    };
  }

  async entriesOfCase(caseId: string, size: number): Promise<readonly StoredEntry[]> {
    const rows = await this.dataSource.query<EntryRow[]>(
      `${ENTRY} WHERE case_id = $1 AND position < $2 ORDER BY position`,
      [caseId, size],
    );
    return rows.map(toStoredEntry);
  }

  async entriesFrom(position: number, limit: number): Promise<readonly StoredEntry[]> {
    const rows = await this.dataSource.query<EntryRow[]>(
      `${ENTRY} WHERE position >= $1 ORDER BY position LIMIT $2`,
      [position, limit],
    );
    return rows.map(toStoredEntry);
  }

  async rootsBetween(after: number, upTo: number): Promise<ReadonlyMap<number, Uint8Array>> {
    const rows = await this.dataSource.query<HeadRow[]>(
      'SELECT size, root_hash FROM tree_heads WHERE size > $1 AND size <= $2',
      [after, upTo],
    );
    return new Map(rows.map((row) => [Number(row.size), row.root_hash]));
  }

  async hashes({ level, from, count }: HashRun): Promise<readonly Uint8Array[]> {
    const last = from + count - 1;
    const rows =
      level === 0
        ? await this.dataSource.query<HashRow[]>(LEAF_HASHES, [from, last])
        : await this.dataSource.query<HashRow[]>(SUBTREE_HASHES, [level, from, last]);
    return rows.map((row) => row.hash);
  }
}

async function loadState(manager: EntityManager, messageIds: readonly string[]): Promise<LogState> {
  const [row] = await manager.query<StateRow[]>(STATE, [messageIds]);
  if (!row) return { range: EMPTY_RANGE, known: new Set() };
  return { range: splitPeaks(Number(row.size), row.peaks), known: new Set(row.known) };
}

function appendParameters({
  entries,
  firstPosition,
  subtrees,
  range,
  rootHash,
}: Growth<PreparedEntry>): unknown[] {
  return [
    firstPosition,
    entries.map((entry) => entry.messageId),
    entries.map((entry) => entry.subject),
    entries.map((entry) => entry.caseId),
    entries.map((entry) => entry.subjectRef),
    entries.map((entry) => entry.occurredAt),
    entries.map((entry) => entry.payload),
    entries.map((entry) => entry.leafHash),
    subtrees.map((subtree) => subtree.level),
    subtrees.map((subtree) => subtree.index),
    subtrees.map((subtree) => subtree.hash),
    range.size,
    rootHash,
    joinPeaks(range),
  ];
}

function toStoredEntry(row: EntryRow): StoredEntry {
  return {
    position: Number(row.position),
    messageId: row.message_id,
    subject: row.subject,
    occurredAt: row.occurred_at,
    payload: row.payload,
    leafHash: row.leaf_hash,
  };
}
