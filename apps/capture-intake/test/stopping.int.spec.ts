import { waitFor } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IntakeBed } from './intake-bed.js';
import { formOf } from './intake-client.js';

describe('a replica that stops', () => {
  let bed: IntakeBed;

  beforeAll(async () => {
    bed = await IntakeBed.open();
  });
  afterAll(() => bed?.service.close());

  it('answers its waiting requests with 202 and does not wait for their connections', async () => {
    const client = await bed.startClient();
    const started = Date.now();
    const answer = client.submit(formOf(), 10);
    await waitFor(() => bed.submitted().length > 0, { description: 'the announcement' });
    await bed.service.stopReplicas();
    const { status, headers, body } = await answer;
    expect({ status, state: body.status }).toEqual({ status: 202, state: 'processing' });
    expect(headers.get('connection')).toBe('close');
    expect(Date.now() - started).toBeLessThan(5000);
  });
});
