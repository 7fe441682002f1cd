import { SimDeactivatedV1, type Problem } from '@absah/contracts';
import { waitFor } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IntakeBed } from './intake-bed.js';
import type { IntakeClient } from './intake-client.js';

describe('a SIM that is given up', () => {
  let bed: IntakeBed;
  let client: IntakeClient;

  beforeAll(async () => {
    bed = await IntakeBed.open();
    client = await bed.startClient();
  });
  afterAll(() => bed?.service.close());

  it('is deactivated once, however often the operator asks (Q2)', async () => {
    const { id } = await bed.approvedCase(client);
    await client.activate(id);
    const answers = await Promise.all([client.deactivate(id), client.deactivate(id), client.deactivate(id)]);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(new Set(answers.map(({ body }) => body.deactivatedAt)).size).toBe(1);
    expect(answers[0].body).toMatchObject({ status: 'deactivated', activatedAt: expect.any(String) });
    await bed.bus.hears(SimDeactivatedV1, id);
    expect(await bed.announced(id, SimDeactivatedV1)).toBe(1);
    const { subjectRef } = bed.submitted().find(({ caseId }) => caseId === id)!;
    expect(bed.bus.payloadsOf(SimDeactivatedV1)).toEqual([
      {
        caseId: id,
        operatorId: 'operator-a',
        subjectRef,
        deactivatedAt: answers[0].body.deactivatedAt,
      },
    ]);
    expect((await client.activate<Problem>(id)).body.code).toBe('INTAKE.NOT_APPROVED');
  });

  it('is deactivated only once its SIM is active, and only by its operator', async () => {
    const { id } = await bed.approvedCase(client);
    expect(await client.deactivate<Problem>(id)).toMatchObject({
      status: 409,
      body: { code: 'INTAKE.NOT_ACTIVATED' },
    });
    await client.activate(id);
    expect((await client.withKey('key-of-b').deactivate(id)).status).toBe(404);
    expect((await client.read(id)).body.status).toBe('activated');
  });

  it('is cancelled once, and never activated after (Q1)', async () => {
    const { id } = await bed.approvedCase(client);
    const answers = await Promise.all([client.cancel(id), client.cancel(id)]);
    expect(answers.map(({ status, body }) => [status, body.status])).toEqual(
      Array(2).fill([200, 'cancelled']),
    );
    expect((await client.activate<Problem>(id)).body.code).toBe('INTAKE.NOT_APPROVED');
    await waitFor(() => bed.decisionsOn(id).length === 2, { description: 'the cancellation' });
    expect(bed.decisionsOn(id).map(({ decision }) => decision)).toEqual(['approved', 'cancelled']);
  });

  it('is cancelled while it is processed, but not once it is over or its SIM is active', async () => {
    const { body } = await client.submit();
    expect((await client.withKey('key-of-b').cancel(body.id)).status).toBe(404);
    expect((await client.cancel(body.id)).body.status).toBe('cancelled');
    const { id } = await bed.approvedCase(client);
    await client.activate(id);
    expect(await client.cancel<Problem>(id)).toMatchObject({
      status: 409,
      body: { code: 'INTAKE.NOT_CANCELLABLE' },
    });
    expect((await client.read(id)).body.status).toBe('activated');
  });

  it('is either activated or cancelled when both are asked at once (Q1)', async () => {
    for (let time = 0; time < 8; time += 1) {
      const { id } = await bed.approvedCase(client);
      const [activation, cancellation] = await Promise.all([client.activate(id), client.cancel(id)]);
      expect([activation.status, cancellation.status].sort()).toEqual([200, 409]);
    }
  });
});
