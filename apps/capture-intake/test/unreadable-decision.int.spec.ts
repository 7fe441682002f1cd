import { CaseDecidedV1 } from '@absah/contracts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IntakeBed } from './intake-bed.js';
import { formOf } from './intake-client.js';

describe('a decision that is not readable', () => {
  let bed: IntakeBed;

  beforeAll(async () => {
    bed = await IntakeBed.open();
  });
  afterAll(() => bed?.service.close());

  it.each([
    ['no JSON', '9999014101900001 {'],
    ['JSON of another shape', '{"nik":"9999014101900001"}'],
  ])('being %s, costs nobody more than a wait', async (_, payload) => {
    const client = await bed.startClient();
    const coming = bed.nextSubmission();
    const answer = client.submit(formOf(), 1);
    await coming;
    // Past the stream: its own consumers have their own ways with such a message.
    bed.bus.connection.publish(CaseDecidedV1.subject, payload);
    expect((await answer).status).toBe(202);
    expect((await client.submit()).status).toBe(202);
    const logged = bed.service.logged.join('\n');
    expect(logged).toContain('decision not readable');
    expect(logged).not.toContain('9999014101900001');
    await bed.service.stopReplicas();
  });
});
