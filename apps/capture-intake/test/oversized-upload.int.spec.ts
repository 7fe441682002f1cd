import { once } from 'node:events';
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Problem } from '@absah/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IntakeBed } from './intake-bed.js';
import type { IntakeClient } from './intake-client.js';
import { goodPicture } from './pictures.js';

const MEGABYTE = 1024 * 1024;
const UPLOAD_BYTES = 50 * MEGABYTE;
const FORM_START = '--cut\r\ncontent-disposition: form-data; name="image"; filename="a.jpg"\r\n\r\n';

describe('an upload of 50 MB', () => {
  let bed: IntakeBed;
  let client: IntakeClient;

  beforeAll(async () => {
    bed = await IntakeBed.open();
    client = await bed.startClient();
  });
  afterAll(() => bed?.service.close());

  /** Sends until it is answered, as any client that reads while it writes. */
  async function upload(headers: Record<string, string | number>) {
    const sending = httpRequest(`${client.url}/v1/verifications`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=cut', ...headers },
    });
    const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
    const closed = new Promise<void>((resolve) => sending.once('close', resolve));
    const sent = writeUntil(sending, answered);
    const [response] = await answered;
    const problem = (await json(response)) as Problem;
    await closed;
    return { response, problem, sentBytes: await sent };
  }

  async function writeUntil(sending: ClientRequest, answered: Promise<unknown>): Promise<number> {
    let isAnswered = false;
    void answered.then(() => (isAnswered = true));
    sending.write(Buffer.concat([Buffer.from(FORM_START), goodPicture]));
    let sentBytes = 0;
    while (!isAnswered && sentBytes < UPLOAD_BYTES) {
      const isTaken = sending.write(Buffer.alloc(MEGABYTE, 0x55));
      sentBytes += MEGABYTE;
      await Promise.race([answered, isTaken ? new Promise(setImmediate) : once(sending, 'drain')]);
    }
    return sentBytes;
  }

  const key = { 'x-api-key': 'key-of-a' };

  it.each([
    ['announced by its length', { ...key, 'content-length': UPLOAD_BYTES }, 413, 'INTAKE.BODY_TOO_LARGE', 8],
    ['sent without a length', key, 413, 'INTAKE.IMAGE_TOO_LARGE', 24],
    ['sent without a key', {}, 401, 'INTAKE.OPERATOR_UNAUTHENTICATED', 8],
  ])('%s is answered early and the connection closed', async (_, headers, status, code, mostMegabytes) => {
    const { response, problem, sentBytes } = await upload(headers);
    expect({ status: response.statusCode, code: problem.code }).toEqual({ status, code });
    expect(response.headers.connection).toBe('close');
    expect(sentBytes).toBeLessThanOrEqual(mostMegabytes * MEGABYTE);
    expect(await bed.traces()).toEqual({ cases: 0, outbox: 0, captures: 0 });
  });

  it('leaves the service able to take the next request', async () => {
    // As an operator's app does: 503 says to come back. A service that kept what was cut off would say it for ever.
    const answers: unknown[] = [];
    for (let tries = 0; tries < 3; tries += 1) {
      const { status, body } = await client.submit();
      if (status === 202) return;
      answers.push(body);
      await sleep(1_000);
    }
    expect(answers).toEqual([]);
  });
});
