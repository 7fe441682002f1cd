import { CaseOutlookV1, IdentityMatchedV1, IdentityMismatchedV1, SlotReservedV1 } from '@absah/contracts';
import { uuidV7 } from '@absah/domain-kit';
import { sampleEvent, waitFor } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { IntakeBed } from './intake-bed.js';
import type { IntakeClient } from './intake-client.js';

describe('what is told to services that hold something for a case', () => {
  let bed: IntakeBed;
  let client: IntakeClient;

  beforeAll(async () => {
    bed = await IntakeBed.open();
    client = await bed.startClient();
  });
  afterAll(() => bed?.service.close());

  async function opened() {
    return bed.submission((await client.submit()).body);
  }

  async function until(caseId: string, status: string): Promise<string> {
    await waitFor(async () => (await client.read(caseId)).body.status === status, {
      description: `the case to be ${status}`,
    });
    return caseId;
  }

  async function rejected(): Promise<string> {
    const { caseId, subjectRef } = await opened();
    await bed.bus.publish(IdentityMismatchedV1, sampleEvent(IdentityMismatchedV1, { caseId, subjectRef }));
    return until(caseId, 'rejected');
  }

  async function approved(): Promise<string> {
    const { caseId, subjectRef } = await opened();
    const expiresAt = '2099-01-01T00:00:00.000Z';
    await bed.bus.publish(IdentityMatchedV1, sampleEvent(IdentityMatchedV1, { caseId, subjectRef }));
    await bed.bus.publish(SlotReservedV1, sampleEvent(SlotReservedV1, { caseId, subjectRef, expiresAt }));
    return until(caseId, 'approved');
  }

  it('Q1 calls a case active or over when that is final, and says nothing of the others', async () => {
    const [over, active, undecided] = [await rejected(), await approved(), await approved()];
    await client.activate(active);
    const { caseId: running } = await opened();
    const caseIds = [undecided, uuidV7(), over, running, active];
    expect(await bed.bus.ask(CaseOutlookV1, { caseIds })).toEqual({ activated: [active], over: [over] });
  });
});
