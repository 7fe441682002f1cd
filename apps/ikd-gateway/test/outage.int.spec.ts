import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { FaceExtractedV1, IdentityMatchedV1, IdentityParkedV1 } from '@absah/contracts';
import { waitFor } from '@absah/testing';
import {
  faceAt,
  SandboxClient,
  startSandbox,
  type SandboxUnderTest,
} from '../../dukcapil-sandbox/test/sandbox-client.js';
import { GatewayBed } from './gateway-bed.js';

const NIK = '9999014101900001';
const TIMEOUT_MS = 2_000;
/** Small enough that the cases of a test are more than it lets through. */
const GUARDS = {
  REGISTRY_TIMEOUT_MS: String(TIMEOUT_MS),
  REGISTRY_CONNECTIONS: '6',
  BACKLOG_PERCENT: '33',
  REGISTRY_QUEUE: '4',
  CIRCUIT_UNANSWERED: '3',
  REGISTRY_QUEUE_WAIT_MS: '200',
};
const PACE = { DRAIN_START_PER_SECOND: '4', DRAIN_TOP_PER_SECOND: '16', DRAIN_STEP_MS: '400' };

let sandbox: SandboxUnderTest;
let client: SandboxClient;
let bed: GatewayBed;

beforeAll(async () => {
  sandbox = await startSandbox();
  client = new SandboxClient(sandbox);
  await client.enrol(NIK, faceAt(1));
  bed = await GatewayBed.open(sandbox);
});
afterEach(async () => {
  await heal();
  await bed.service.stopReplicas();
  await bed.service.rows('DELETE FROM parked_cases');
});
afterAll(async () => {
  await bed?.service.close();
  await sandbox?.dispose();
});

async function suffer(kind: 'hang' | 'refuse' | 'busy'): Promise<void> {
  await client.admin('POST', '/sandbox/v1/faults', { kind, forMs: 120_000 });
}

async function heal(): Promise<void> {
  await client.admin('DELETE', '/sandbox/v1/faults');
}

const hoursFromNow = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();

/** Milliseconds until the case was told that it is parked. */
async function toldParked(caseId: string, since = performance.now()): Promise<number> {
  await bed.bus.hears(IdentityParkedV1, caseId);
  return performance.now() - since;
}

async function parkMany(count: number, decideBy = (_: number) => hoursFromNow(72)) {
  const cases = Array.from({ length: count }, (_, index) =>
    bed.newCase(NIK, faceAt(0.8), { decideBy: decideBy(index) }),
  );
  const startedAt = performance.now();
  await Promise.all(cases.map((payload) => bed.bus.publish(FaceExtractedV1, payload)));
  const told = await Promise.all(cases.map(({ caseId }) => toldParked(caseId, startedAt)));
  return { cases, told };
}

/** The cases in the order in which they were matched at the registry, with the time. */
async function matchesInOrder(): Promise<{ caseId: string; at: number }[]> {
  const rows = await bed.service.rows<{ case_id: string; accessed_at: Date }>(
    `SELECT case_id, accessed_at FROM registry_accesses WHERE answer_code = 'match' ORDER BY accessed_at`,
  );
  return rows.map((row) => ({ caseId: row.case_id, at: row.accessed_at.getTime() }));
}

describe('V9 G4 while the whole registry hangs', () => {
  it('parks the first cases at the time limit, and everybody after them at once', async () => {
    await bed.service.startReplica(GUARDS);
    await suffer('hang');
    const { told } = await parkMany(40);
    expect(Math.max(...told)).toBeLessThan(TIMEOUT_MS + 1_500);
    expect(told.filter((ms) => ms < TIMEOUT_MS * 0.75).length).toBeGreaterThanOrEqual(40 - 4 - 4);
    for (let later = 0; later < 5; later += 1) {
      const startedAt = performance.now();
      const { caseId } = await bed.verify(NIK, faceAt(0.8));
      expect(await toldParked(caseId, startedAt)).toBeLessThan(TIMEOUT_MS * 0.75);
    }
    expect(bed.bus.eventsOf(IdentityMatchedV1)).toEqual([]);
  });

  it('asks few questions, and records every one that left (G5)', async () => {
    await bed.service.startReplica(GUARDS);
    await suffer('hang');
    const { cases } = await parkMany(40);
    const accesses = await Promise.all(cases.map(({ caseId }) => bed.accesses(caseId)));
    const answers = accesses.flat().map((access) => access['answer_code']);
    expect(new Set(answers)).toEqual(new Set(['timed-out']));
    // Four at once, and no more than a probe or two beside them.
    expect(answers.length).toBeGreaterThanOrEqual(4);
    expect(answers.length).toBeLessThanOrEqual(8);
  });
});

describe('V9 G4 when the registry is back', () => {
  it('drains by deadline, at a pace that grows from a slow start, and loses nobody', async () => {
    await bed.service.startReplica({ ...GUARDS, ...PACE });
    await suffer('busy');
    const hours = [...Array(40).keys()].map((index) => 1 + ((index * 17) % 40));
    const { cases } = await parkMany(40, (index) => hoursFromNow(hours[index]!));
    const before = (await matchesInOrder()).length;
    await heal();
    for (const { caseId } of cases) await bed.bus.hears(IdentityMatchedV1, caseId);
    const matches = (await matchesInOrder()).slice(before);
    expect(matches).toHaveLength(40);
    const byDeadline = cases.map(({ caseId }, index) => ({ caseId, hours: hours[index]! }));
    byDeadline.sort((left, right) => left.hours - right.hours);
    // Cases that were just asked in vain are not due for a moment; all others keep their place.
    const moved = matches.map(({ caseId }, rank) =>
      Math.abs(rank - byDeadline.findIndex((other) => other.caseId === caseId)),
    );
    expect(moved.filter((places) => places > 6)).toHaveLength(0);
    const within = (fromMs: number, toMs: number) =>
      matches.filter(({ at }) => at - matches[0]!.at >= fromMs && at - matches[0]!.at < toMs).length;
    expect(within(0, 400)).toBeLessThanOrEqual(4);
    expect(within(0, 1_000)).toBeLessThanOrEqual(12);
    expect(await bed.parked()).toEqual([]);
    for (const { caseId } of cases) {
      expect(bed.bus.subjectsOf(caseId)).toEqual([IdentityParkedV1.subject, IdentityMatchedV1.subject]);
    }
  });

  it('finds out at once, however many of the parked cases ended meanwhile', async () => {
    await bed.service.startReplica({ ...GUARDS, PARK_POLL_INTERVAL_MS: '2000' });
    await suffer('busy');
    const { cases } = await parkMany(20, (index) => hoursFromNow(1 + index));
    const last = cases.pop()!;
    for (const { caseId } of cases) bed.over.add(caseId);
    await heal();
    const healedAt = performance.now();
    await bed.bus.hears(IdentityMatchedV1, last.caseId);
    // One at each look would take forty seconds.
    expect(performance.now() - healedAt).toBeLessThan(10_000);
    expect(await bed.parked()).toEqual([]);
  });

  it('serves new cases at once beside the backlog', async () => {
    await bed.service.startReplica({ ...GUARDS, ...PACE });
    await suffer('refuse');
    const { cases } = await parkMany(40);
    await heal();
    const someMatched = () =>
      cases.some(({ caseId }) => bed.bus.eventsOf(IdentityMatchedV1, caseId).length > 0);
    await waitFor(someMatched, { description: 'the drain to begin' });
    const { caseId } = await bed.verify(NIK, faceAt(0.8));
    await bed.bus.hears(IdentityMatchedV1, caseId);
    expect(bed.bus.subjectsOf(caseId)).toEqual([IdentityMatchedV1.subject]);
    expect((await bed.parked()).length).toBeGreaterThan(5);
    for (const parked of cases) await bed.bus.hears(IdentityMatchedV1, parked.caseId);
  });

  it('drains with two replicas, each case once', async () => {
    await Promise.all([bed.service.startReplica(GUARDS), bed.service.startReplica(GUARDS)]);
    await suffer('busy');
    const { cases } = await parkMany(30);
    await heal();
    for (const { caseId } of cases) await bed.bus.hears(IdentityMatchedV1, caseId);
    for (const { caseId } of cases) {
      expect(bed.bus.eventsOf(IdentityMatchedV1, caseId)).toHaveLength(1);
      expect((await bed.accesses(caseId)).filter((row) => row['answer_code'] === 'match')).toHaveLength(1);
    }
  });
});

describe('V9 the deadline of a case', () => {
  const soon = () => new Date(Date.now() + 1_500).toISOString();
  const forgotten = async () => (await bed.parked()).length === 0;

  it('ends its parking, and no answer about it is announced afterwards', async () => {
    await bed.service.startReplica(GUARDS);
    await suffer('busy');
    const { caseId } = await bed.verify(NIK, faceAt(0.8), { decideBy: soon() });
    await bed.bus.hears(IdentityParkedV1, caseId);
    expect(await bed.parked()).toHaveLength(1);
    await waitFor(forgotten, { description: 'the case to be given up' });
    const asked = (await bed.accesses(caseId)).length;
    await heal();
    const { caseId: other } = await bed.verify(NIK, faceAt(0.8));
    await bed.bus.hears(IdentityMatchedV1, other);
    expect(bed.bus.subjectsOf(caseId)).toEqual([IdentityParkedV1.subject]);
    expect(await bed.accesses(caseId)).toHaveLength(asked);
    expect(bed.service.logged.join('')).toContain('parked case given up at its deadline');
  });

  it('also while its question is out', async () => {
    await bed.service.startReplica(GUARDS);
    await suffer('busy');
    const { caseId } = await bed.verify(NIK, faceAt(0.8), { decideBy: soon() });
    await bed.bus.hears(IdentityParkedV1, caseId);
    await client.admin('POST', '/sandbox/v1/faults', { kind: 'slow', forMs: 60_000, delayMs: 1_800 });
    await waitFor(forgotten, { description: 'the case to be given up' });
    const late = async () => (await bed.accesses(caseId)).some((row) => row['answer_code'] === 'match');
    await waitFor(late, { description: 'the late answer' });
    expect(bed.bus.subjectsOf(caseId)).toEqual([IdentityParkedV1.subject]);
  });

  it('that is over before the case arrives: the registry is not asked', async () => {
    await bed.service.startReplica(GUARDS);
    const { caseId } = await bed.verify(NIK, faceAt(0.8), { decideBy: hoursFromNow(-1) });
    await bed.bus.settled();
    expect(await bed.accesses(caseId)).toEqual([]);
    expect(bed.bus.subjectsOf(caseId)).toEqual([]);
    expect(await bed.parked()).toEqual([]);
    expect(await bed.service.deadLetters()).toEqual([]);
  });
});
