import type { VerificationView } from '@absah/contracts';
import { silent } from '@absah/local-infra';
import { waitFor } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { enrolNewPerson, prepareFaces, type Face } from '../../tools/bench/pipeline/subjects.js';
import type { ServicePart } from '../../tools/laptop/many-processes-host.js';
import { startManyProcesses, type Platform } from '../../tools/laptop/platform.js';
import { makeTemporaryData, removeTemporaryData } from '../../tools/laptop/temporary-data.js';
import { START_TIMEOUT_MS } from './bed/journey-bed.js';
import { OperatorClient } from './desks/operator-client.js';
import { absah } from './desks/terminal.js';

/** Processes start and find each other again, on a machine that does other things meanwhile. */
const PATIENCE_MS = 60_000;
const TIMEOUT_MS = 4 * PATIENCE_MS;

const QUICK = { EXPIRY_INTERVAL_MS: '200', CASE_CHECK_MS: '200', DEADLINE_SWEEP_INTERVAL_MS: '200' };

let dataDir: string;
let platform: Platform<ServicePart>;
let ledger: pg.Client;
let intake: pg.Client;
let client: OperatorClient;
let her: Face;
let nik: string;

beforeAll(async () => {
  dataDir = await makeTemporaryData('journey');
  platform = await startManyProcesses({ dataDir, apiPort: 0, progress: silent, settings: QUICK });
  const { databaseUrls, modelsDir } = platform.infrastructure.addresses;
  her = (await prepareFaces(modelsDir))[0]!;
  nik = await enrolNewPerson(platform, her);
  client = new OperatorClient(platform);
  ledger = new pg.Client({ connectionString: databaseUrls['quota-ledger'] });
  intake = new pg.Client({ connectionString: databaseUrls['capture-intake'] });
  await Promise.all([ledger.connect(), intake.connect()]);
}, START_TIMEOUT_MS);

afterAll(async () => {
  await Promise.all([ledger?.end(), intake?.end()]);
  await platform?.stop();
  await removeTemporaryData(dataDir);
});

/** Her next SIM: the case, once it is decided. */
async function apply(): Promise<VerificationView> {
  const submitted = await waitFor(
    async () => {
      const answer = await client.submit(nik, { bytes: her.image }).catch(() => undefined);
      return answer && answer.status < 300 ? (answer.body as VerificationView) : undefined;
    },
    { description: 'the intake to admit her', timeoutMs: PATIENCE_MS },
  );
  return untilCase(submitted.id, ({ status }) => status !== 'processing');
}

function untilCase(id: string, isSo: (view: VerificationView) => boolean): Promise<VerificationView> {
  return waitFor(
    async () => {
      const view = await client.read(id).catch(() => undefined);
      return view && isSo(view) ? view : undefined;
    },
    { description: 'the case to go on', timeoutMs: PATIENCE_MS },
  );
}

async function post(id: string, what: 'activation' | 'deactivation'): Promise<number> {
  return (await client.ask(`/v1/verifications/${id}/${what}`, { method: 'POST' })).status;
}

async function entriesOf(id: string): Promise<string> {
  const sql = 'SELECT kind FROM ledger_entries WHERE case_id = $1 ORDER BY id';
  const { rows } = await ledger.query<{ kind: string }>(sql, [id]);
  return rows.map(({ kind }) => kind).join(' ');
}

function untilEntries(id: string, entries: string): Promise<true> {
  return waitFor(async () => (await entriesOf(id)) === entries, {
    description: `the ledger to have written: ${entries}`,
    timeoutMs: PATIENCE_MS,
  });
}

async function heldCases(): Promise<string[]> {
  const { rows } = await ledger.query<{ case_id: string }>('SELECT case_id FROM slots ORDER BY case_id');
  return rows.map((row) => row.case_id);
}

/** By the ledger's clock, every reservation ended a minute ago. */
async function passTimeAtTheLedger(): Promise<void> {
  await ledger.query(
    `UPDATE slots SET reserved_at = reserved_at - interval '31 minutes', expires_at = now() - interval '1 minute',
                      check_at = now()
     WHERE state = 'pending'`,
  );
}

/** The ledger has asked about each of them, or tried to. */
function untilChecked(): Promise<true> {
  return waitFor(
    async () => {
      const sql = `SELECT 1 FROM slots WHERE state = 'pending' AND check_at <= now() + interval '5 seconds'`;
      return (await ledger.query(sql)).rowCount === 0;
    },
    { description: 'the ledger to look at every expired slot', timeoutMs: PATIENCE_MS },
  );
}

describe('a person with three SIMs reserved', () => {
  let three: string[];

  it(
    'Q1 keeps the slot of an activation that nobody could tell the ledger of, however long that lasts',
    async () => {
      three = [];
      while (three.length < 3) {
        const { id, status } = await apply();
        expect(status).toBe('approved');
        three.push(id);
      }
      const { nats } = platform.infrastructure;
      const { 'capture-intake': intakeService } = platform.services;
      await nats.kill();
      expect(await post(three[0]!, 'activation')).toBe(200);
      await intakeService.kill();
      await passTimeAtTheLedger();
      await untilChecked();
      await nats.start();
      await passTimeAtTheLedger();
      await untilChecked();
      expect(await heldCases()).toEqual(three.toSorted());

      await intakeService.start();
      const fourth = await apply();
      expect(fourth).toMatchObject({ status: 'rejected', reasons: [{ code: 'quota-cap-reached' }] });
      await untilEntries(three[0]!, 'pending posted');
      expect(await heldCases()).toEqual(three.toSorted());
    },
    TIMEOUT_MS,
  );

  it(
    'Q2 gives the slot of an approval that ran out to the next, and never activates the first',
    async () => {
      const ranOut = three[1]!;
      await intake.query('UPDATE cases SET due_at = now(), reservation_expires_at = now() WHERE id = $1', [
        ranOut,
      ]);
      await untilCase(ranOut, ({ status }) => status === 'expired');
      await passTimeAtTheLedger();
      await untilEntries(ranOut, 'pending expired');
      expect(await post(ranOut, 'activation')).toBe(409);
      expect(await apply()).toMatchObject({ status: 'approved' });
      expect(await heldCases()).toHaveLength(3);
    },
    TIMEOUT_MS,
  );

  it(
    'Q2 gives the slot of a deregistered SIM to the next',
    async () => {
      expect(await apply()).toMatchObject({ status: 'rejected' });
      expect(await post(three[0]!, 'deactivation')).toBe(200);
      await untilEntries(three[0]!, 'pending posted released');
      expect(await apply()).toMatchObject({ status: 'approved' });
      expect(await heldCases()).toHaveLength(3);
    },
    TIMEOUT_MS,
  );

  it(
    'Q2 U4 has a statement at the terminal, and books that agree until somebody writes into them',
    async () => {
      const { addresses } = platform.infrastructure;
      const ledgerDesk = (...args: readonly string[]) =>
        absah({ ...addresses, secrets: platform.secrets }, 'ledger', ...args);
      const sql = 'SELECT subject_ref FROM slots LIMIT 1';
      const subjectRef = (await ledger.query<{ subject_ref: string }>(sql)).rows[0]!.subject_ref;

      const statement = await ledgerDesk('statement', subjectRef);
      expect(statement.status).toBe(0);
      expect(statement.output).toMatch(new RegExp(`pending +1 +1 +0 .*${three[0]!}`));
      expect(statement.output).toMatch(new RegExp(`released +1 .*${three[0]!}`));
      expect(statement.output).toContain('Held: 3 reserved, 0 registered.');
      expect(await ledgerDesk('check')).toMatchObject({
        status: 0,
        output: '1 person: entries and slots agree.\n',
      });

      await ledger.query('DELETE FROM slots WHERE subject_ref = $1 AND slot_number = 1', [subjectRef]);
      const { status, output } = await ledgerDesk('check');
      expect(status).toBe(1);
      expect(output).toContain(`${subjectRef}  case`);
      expect(output).toContain('pending by its entries, nothing by its slot');
      expect(await ledgerDesk('statement', '9999014101900001')).toMatchObject({ status: 2 });
    },
    TIMEOUT_MS,
  );
});
