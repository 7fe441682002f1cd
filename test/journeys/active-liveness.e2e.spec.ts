import { livenessChallengeView, verificationView, type LivenessChallengeView } from '@absah/contracts';
import { waitFor } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { enrolNewPerson, prepareFaces, type Face } from '../../tools/bench/pipeline/subjects.js';
import { carriedAround, heldStill } from '../../tools/samples/index.js';
import { JourneyBed, START_TIMEOUT_MS } from './bed/journey-bed.js';
import { CaptureStreamWatch } from './desks/capture-stream-watch.js';
import { OperatorClient, type Answer, type Burst } from './desks/operator-client.js';

const WAIT = { prefer: 'wait=10' };
/** Beyond the wait, on a machine that does other things meanwhile. */
const BURST_TIMEOUT_MS = 20_000;

let bed: JourneyBed;
let captures: CaptureStreamWatch;
let client: OperatorClient;
let her: Face;
let nik: string;

beforeAll(async () => {
  bed = await JourneyBed.open();
  captures = await CaptureStreamWatch.open(bed.platform);
  client = new OperatorClient(bed.platform);
  her = (await prepareFaces(bed.platform.modelsDir))[0]!;
  nik = await enrolNewPerson(bed.platform, her);
}, START_TIMEOUT_MS);
afterAll(async () => {
  await captures?.close();
  await bed?.close();
});

async function issued(): Promise<LivenessChallengeView> {
  const { status, body } = await client.ask('/v1/liveness-challenges', { method: 'POST' });
  expect(status).toBe(201);
  return livenessChallengeView.parse(body);
}

function answering({ challengeId, nonce }: LivenessChallengeView, frames: readonly Uint8Array[]): Burst {
  const frameTimes = frames.map((_, index) => index * 300);
  return { frames, fields: { challenge: { challengeId, nonce }, frameTimes } };
}

function send(burst: Burst): Promise<Answer> {
  return client.submit(nik, { bytes: her.image }, WAIT, burst);
}

async function outcomeOf({ body }: Answer) {
  const { id } = verificationView.parse(body);
  const { status, reasons } = await waitFor(
    async () => {
      const view = await client.read(id);
      return view.status !== 'processing' && view;
    },
    { description: 'the decision', timeoutMs: BURST_TIMEOUT_MS },
  );
  return { status, reasons: reasons.map(({ code }) => code) };
}

/** Picture, frames and faces are gone (A3). */
async function expectNothingHeld(): Promise<void> {
  await waitFor(async () => (await captures.held()).messages === 0, {
    description: 'the end of the captures',
  });
}

describe('a burst beside the picture', () => {
  it('that answers no challenge helps the template, and is gone (V1, V3, A3)', async () => {
    const answer = await send({ frames: await heldStill(her.image, 3), fields: {} });
    expect(await outcomeOf(answer)).toEqual({ status: 'approved', reasons: [] });
    await expectNothingHeld();
  });

  it('of a photograph carried around is refused as one, and its challenge is spent (V4, V5, A3)', async () => {
    const challenge = await issued();
    const answer = await send(answering(challenge, await carriedAround(her.image, 12)));
    expect(await outcomeOf(answer)).toEqual({
      status: 'rejected',
      reasons: ['presentation-attack', 'still-picture'],
    });
    await expectNothingHeld();
    const again = await send(answering(challenge, await heldStill(her.image, 12)));
    expect(again).toMatchObject({ status: 409, body: { code: 'INTAKE.CHALLENGE_USED' } });
    await expectNothingHeld();
  });

  it('that an earlier session sent is refused, whatever challenge it claims to answer (V5)', async () => {
    const frames = await heldStill(her.image, 12);
    expect(await outcomeOf(await send({ frames, fields: {} }))).toMatchObject({ status: 'approved' });
    const replay = await send(answering(await issued(), frames));
    expect(await outcomeOf(replay)).toEqual({ status: 'retake', reasons: ['replayed'] });
    await expectNothingHeld();
  });

  it('of a person who does not move asks for what was asked, and accuses nobody (V7)', async () => {
    const answer = await send(answering(await issued(), await heldStill(her.image, 12)));
    expect(await outcomeOf(answer)).toEqual({ status: 'retake', reasons: ['wrong-movement'] });
  });
});
