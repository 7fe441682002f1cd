import { once } from 'node:events';
import { request as httpRequest, type ClientRequest } from 'node:http';
import { waitFor } from '@absah/testing';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { IntakeBed } from './intake-bed.js';
import { formOf, IntakeClient } from './intake-client.js';
import { jpegOf } from './pictures.js';

const MEBIBYTE = 1024 * 1024;
const KEY = 'key-of-a';
const large = { 'content-length': String(10 * MEBIBYTE) };
const withoutLength = { 'transfer-encoding': 'chunked' };

describe('beside uploads that never end', () => {
  let bed: IntakeBed;
  let client: IntakeClient;
  const unfinished: ClientRequest[] = [];

  beforeAll(async () => {
    bed = await IntakeBed.open();
    // Room for two large uploads, to the byte.
    const { url } = await bed.service.startReplica({ MAX_UPLOAD_BYTES_IN_FLIGHT: String(20 * MEBIBYTE) });
    client = new IntakeClient(url, KEY);
  });
  afterEach(async () => {
    for (const upload of unfinished.splice(0)) upload.destroy();
    await roomIsBack();
  });
  afterAll(() => bed?.service.close());

  /** Sends no byte of the body. Settles when the service has admitted the upload or refused it. */
  async function startUpload(headers: Readonly<Record<string, string>>): Promise<ClientRequest> {
    const upload = httpRequest(`${client.url}/v1/verifications`, {
      method: 'POST',
      agent: false,
      headers: {
        'x-api-key': KEY,
        'content-type': 'multipart/form-data; boundary=cut',
        expect: '100-continue',
        ...headers,
      },
    });
    unfinished.push(upload);
    upload.on('error', () => undefined).flushHeaders();
    await once(upload, 'continue');
    return upload;
  }

  async function roomIsBack(): Promise<void> {
    await waitFor(async () => (await client.submit()).status === 202, { description: 'room for an upload' });
  }

  async function expectBusy(form = formOf()): Promise<void> {
    const { status, headers, body } = await client.post(form);
    expect({ status, code: body.code, retryAfter: headers.get('retry-after') }).toEqual({
      status: 503,
      code: 'INTAKE.BUSY',
      retryAfter: '1',
    });
  }

  it('the one too many is refused at once, and told when to come back', async () => {
    await startUpload(large);
    await startUpload(large);
    const before = await bed.traces();
    await expectBusy();
    expect(await bed.traces()).toEqual(before);
  });

  it('one without a length counts as the largest that it may become', async () => {
    await startUpload(withoutLength);
    expect((await client.submit()).status).toBe(202);
    const image = jpegOf(1280, 960, 6 * MEBIBYTE - 10_000);
    await expectBusy(formOf({ image, frames: [jpegOf(640, 480, 4 * MEBIBYTE - 10_000)] }));
  });

  it('one that is cut off gives back its room, and no more than that', async () => {
    const first = await startUpload(large);
    await startUpload(large);
    first.destroy();
    await roomIsBack();
    await startUpload(large);
    await expectBusy();
  });
});
