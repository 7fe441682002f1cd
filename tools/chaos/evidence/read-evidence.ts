import { CAPTURE_STREAM, captureSubject, SERVICE_NAMES } from '@absah/contracts';
import { connectNats } from '@absah/messaging';
import { jetstreamManager } from '@nats-io/jetstream';
import { z } from 'zod';
import type { Platform } from '../../laptop/platform.js';
import type { ToldRequest } from '../clients/client-book.js';
import { rowsOf } from './database.js';
import { readEmissions } from './emission-record.js';
import type { DeadLetter, Evidence, TakenEvent } from './evidence.js';
import type { RegisteredNumbers } from './registered-numbers.js';

type Bed = Pick<Platform, 'urls' | 'secrets' | 'infrastructure'>;

/** One look at everything; it throws while something is down. */
export async function readEvidence(
  bed: Bed,
  requests: readonly ToldRequest[],
  numbers: RegisteredNumbers,
): Promise<Evidence> {
  const urls = bed.infrastructure.addresses.databaseUrls;
  // The effects first: what is said after them was not taken yet, and is looked at next time.
  const [business, taken, deadLetters, imagesHeld, auditLogVerifies] = await Promise.all([
    readBusiness(bed),
    readOfEach<TakenEvent>(bed, 'SELECT consumer, message_id AS "messageId" FROM inbox'),
    readOfEach<DeadLetter>(bed, 'SELECT consumer, message_id AS "messageId", code FROM dead_letters'),
    heldCaptures(bed),
    recomputes(bed),
  ]);
  const registered = await numbers.read(business.cases);
  const emitted = await readEmissions(urls);
  return { requests, ...business, ...registered, emitted, taken, deadLetters, imagesHeld, auditLogVerifies };
}

async function readBusiness({ infrastructure }: Bed) {
  const urls = infrastructure.addresses.databaseUrls;
  const [cases, ledgerEntries, slots, accesses, verifications, feedbackRecords, auditLog, ...purges] =
    await Promise.all([
      rowsOf<Evidence['cases'][number]>(urls['capture-intake'], CASES),
      rowsOf<Evidence['ledgerEntries'][number]>(urls['quota-ledger'], LEDGER_ENTRIES),
      rowsOf<Evidence['slots'][number]>(urls['quota-ledger'], SLOTS),
      rowsOf<Evidence['accesses'][number]>(urls['ikd-gateway'], ACCESSES),
      rowsOf<Evidence['verifications'][number]>(urls['dukcapil-sandbox'], VERIFICATIONS),
      rowsOf<Evidence['feedbackRecords'][number]>(urls['data-balikan'], FEEDBACK_RECORDS),
      rowsOf<{ message_id: string }>(urls.audit, AUDIT_LOG),
      rowsOf<{ capture_id: string }>(urls.liveness, 'SELECT capture_id FROM assessments WHERE purge_due'),
      rowsOf<{ capture_id: string }>(
        urls['template-extraction'],
        'SELECT capture_id FROM templates WHERE purge_due',
      ),
    ]);
  return {
    cases,
    ledgerEntries,
    slots,
    accesses,
    verifications,
    feedbackRecords,
    auditLog: auditLog.map((row) => row.message_id),
    purgesDue: purges.flat().map((row) => row.capture_id),
  };
}

const CASES = `
  SELECT id, consent ->> 'givenAt' AS "requestId", subject_ref AS "subjectRef",
    capture_id AS "captureId", status, reasons
  FROM cases ORDER BY received_at`;
const LEDGER_ENTRIES = `
  SELECT transfer_id AS "transferId", case_id AS "caseId", subject_ref AS "subjectRef", kind
  FROM ledger_entries ORDER BY id`;
const SLOTS = 'SELECT case_id AS "caseId", subject_ref AS "subjectRef", state FROM slots';
const ACCESSES = 'SELECT case_id AS "caseId", transaction_id AS "transactionId" FROM registry_accesses';
const VERIFICATIONS = `
  SELECT transaction_id AS "transactionId", coalesce(body ->> 'verdict' = 'match', false) AS "isMatch"
  FROM face_verifications`;
const FEEDBACK_RECORDS = 'SELECT case_id AS "caseId", status FROM feedback_records';
const AUDIT_LOG = 'SELECT message_id FROM log_entries ORDER BY position';

async function readOfEach<Row extends object>(
  { infrastructure }: Bed,
  query: string,
): Promise<readonly Row[]> {
  const urls = infrastructure.addresses.databaseUrls;
  return (await Promise.all(SERVICE_NAMES.map((service) => rowsOf<Row>(urls[service], query)))).flat();
}

/** With capture-intake's own permissions, which go no further than the names of what is there. */
async function heldCaptures({ infrastructure, secrets }: Bed): Promise<readonly string[]> {
  const user = 'capture-intake';
  const settings = {
    url: infrastructure.addresses.natsUrl,
    caFile: infrastructure.addresses.caFile,
    user,
    password: secrets[`broker-${user}`],
  };
  const connection = await connectNats(settings, user);
  try {
    const manager = await jetstreamManager(connection, { checkAPI: false });
    const { state } = await manager.streams.info(CAPTURE_STREAM, {
      subjects_filter: captureSubject('*', '*'),
    });
    return [...new Set(Object.keys(state.subjects ?? {}).map(captureOf))];
  } finally {
    await connection.close();
  }
}

const CAPTURE_TOKEN = captureSubject('*', 'image').split('.').indexOf('*');

function captureOf(subject: string): string {
  return subject.split('.')[CAPTURE_TOKEN] ?? subject;
}

const recomputation = z.object({ intact: z.boolean() });

async function recomputes({ urls, secrets }: Bed): Promise<boolean> {
  const response = await fetch(`${urls.audit}/v1/log/recomputation`, {
    headers: { authorization: `Bearer ${secrets['auditor-key']}` },
  });
  if (!response.ok) throw new Error(`audit answered ${response.status}`);
  return recomputation.parse(await response.json()).intact;
}
