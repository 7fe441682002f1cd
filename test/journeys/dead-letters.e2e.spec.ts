import { CapturePassedV1 } from '@absah/contracts';
import { uuidV7 } from '@absah/domain-kit';
import { connectNats } from '@absah/messaging';
import { sampleEvent, waitFor } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { headers } from '@nats-io/nats-core';
import { JourneyBed, START_TIMEOUT_MS } from './bed/journey-bed.js';
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
