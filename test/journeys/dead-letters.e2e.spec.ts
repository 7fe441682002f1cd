import { CapturePassedV1, DEAD_LETTER_REPLAYED, SimActivatedV1, SlotPostedV1 } from '@absah/contracts';
import { uuidV7 } from '@absah/domain-kit';
import { connectNats } from '@absah/messaging';
import { sampleEvent, waitFor } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { headers } from '@nats-io/nats-core';
import pg from 'pg';
import { enrolNewPerson, prepareFaces } from '../../tools/bench/pipeline/subjects.js';
import { JourneyBed, START_TIMEOUT_MS } from './bed/journey-bed.js';
import { readTrail, type LogEntry } from './desks/audit-log.js';
import { OperatorClient } from './desks/operator-client.js';
import { absah } from './desks/terminal.js';

/** Each command is a process that loads its libraries first. */
const TERMINAL_TIMEOUT_MS = 120_000;

let bed: JourneyBed;

beforeAll(async () => {
  bed = await JourneyBed.open();
}, START_TIMEOUT_MS);
afterAll(() => bed?.close());

/** An event that liveness never sent: its sealed values open nowhere. */
async function sendBroken(): Promise<string> {
  const { natsUrl: url, caFile, secrets } = bed.platform;
  const user = 'liveness';
  const connection = await connectNats({ url, user, password: secrets[`broker-${user}`], caFile }, user);
  const messageId = uuidV7();
  const own = headers();
  own.set('Nats-Msg-Id', messageId);
  own.set('Absah-Occurred-At', new Date().toISOString());
  const { sealedNik, ...broken } = sampleEvent(CapturePassedV1);
  connection.publish(CapturePassedV1.subject, JSON.stringify({ ...broken, nik: sealedNik }), {
    headers: own,
  });
  await connection.drain();
  return messageId;
}

/** A case whose slot is reserved. */
async function approve(): Promise<string> {
  const her = (await prepareFaces(bed.platform.modelsDir))[0]!;
  const nik = await enrolNewPerson(bed.platform, her);
  const { id, status } = await new OperatorClient(bed.platform).decide(nik, { bytes: her.image });
  expect(status).toBe('approved');
  return id;
}

/**
 * The activation of the case, as the ledger would have buried it while it was in trouble: what it buries by
 * itself within the time of a test has no hope.
 */
async function buryActivation(caseId: string): Promise<string> {
  const [id, messageId] = [uuidV7(), uuidV7()];
  const occurredAt = new Date().toISOString();
  const database = new pg.Client({ connectionString: bed.platform.databaseUrls['quota-ledger'] });
  await database.connect();
  try {
    await database.query(
      `INSERT INTO dead_letters (id, consumer, message_id, subject, payload, envelope, deliveries, code, reason)
       VALUES ($1, $2, $3, $4, $5, $6, 64, 'MESSAGING.HANDLER_FAILED', 'handler failed with Error')`,
      [
        id,
        `quota-ledger-${SimActivatedV1.name}`,
        messageId,
        SimActivatedV1.subject,
        Buffer.from(JSON.stringify(sampleEvent(SimActivatedV1, { caseId }))),
        JSON.stringify({ messageId, correlationId: caseId, occurredAt, timeline: [] }),
      ],
    );
  } finally {
    await database.end();
  }
  return id;
}

/** The log gathers events for a moment. */
function recorded(caseId: string, { name }: { readonly name: string }): Promise<LogEntry> {
  return waitFor(
    async () => (await readTrail(bed.platform, caseId))?.entries.find(({ event }) => event === name),
    { description: `${name} in the audit log` },
  );
}

describe('absah dead-letters', () => {
  it(
    'lists, shows and replays what a service could not handle (A1, U3)',
    async () => {
      expect(await absah(bed.platform, 'dead-letters', 'list')).toMatchObject({
        status: 0,
        output: 'No dead letters.\n',
      });
      const messageId = await sendBroken();
      const letter = await waitFor(
        async () => {
          const { output } = await absah(bed.platform, 'dead-letters', 'list', '--json');
          const { letters } = JSON.parse(output) as { letters: { id: string; messageId: string }[] };
          return letters.find((one) => one.messageId === messageId);
        },
        { description: 'the dead letter' },
      );
      const shown = await absah(bed.platform, 'dead-letters', 'show', letter.id);
      expect(shown.output).toMatch(/MESSAGING\.PAYLOAD_INVALID/);
      expect(shown.output).toMatch(/not what its contract says: \d+ bytes/);
      const replayed = await absah(
        bed.platform,
        'dead-letters',
        'replay',
        letter.id,
        '--by',
        'duty-engineer',
      );
      expect(replayed).toMatchObject({
        status: 1,
        output: expect.stringMatching(/failed: MESSAGING\.PAYLOAD_INVALID/),
      });
    },
    TERMINAL_TIMEOUT_MS,
  );

  it(
    'replays one that can be handled by now: it has its effect and is gone, and the audit log tells who (A1, U3)',
    async () => {
      const caseId = await approve();
      const letterId = await buryActivation(caseId);
      const replay = () => absah(bed.platform, 'dead-letters', 'replay', letterId, '--by', 'duty-engineer');
      expect(await replay()).toMatchObject({ status: 0, output: expect.stringMatching(/handled/) });

      const replayed = await recorded(caseId, DEAD_LETTER_REPLAYED['quota-ledger']);
      expect(JSON.parse(replayed.payload)).toMatchObject({
        letterId,
        caseId,
        requestedBy: 'duty-engineer',
        outcome: 'handled',
      });
      expect(JSON.parse((await recorded(caseId, SlotPostedV1)).payload)).toMatchObject({ caseId });
      const { output } = await absah(bed.platform, 'dead-letters', 'list', '--json');
      expect(output).not.toContain(letterId);
      expect((await replay()).status).toBe(1);
    },
    TERMINAL_TIMEOUT_MS,
  );

  it('says what is wrong with the command, and what to do', async () => {
    expect(await absah(bed.platform, 'dead-letters', 'bury')).toMatchObject({
      status: 2,
      errors: expect.stringMatching(/replay/),
    });
    expect(await absah(bed.platform, 'dead-letters', 'show', uuidV7())).toMatchObject({
      status: 1,
      errors: expect.stringMatching(/CLI\.DEAD_LETTER_UNKNOWN.*\nList them/),
    });
  });
});
