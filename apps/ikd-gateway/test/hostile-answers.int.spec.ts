import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { IdentityMatchedV1, IdentityParkedV1 } from '@absah/contracts';
import { waitFor } from '@absah/testing';
import {
  faceAt,
  SandboxClient,
  startSandbox,
  type SandboxUnderTest,
} from '../../dukcapil-sandbox/test/sandbox-client.js';
import { GatewayBed } from './gateway-bed.js';
import { httpAnswer, RawRegistry, type Respond } from './raw-registry.js';

const NIK = '9999014101900001';
const OTHER_TRANSACTION = '11111111-1111-4111-8111-111111111111';

let sandbox: SandboxUnderTest;
let registry: RawRegistry;
let bed: GatewayBed;

beforeAll(async () => {
  sandbox = await startSandbox();
  await new SandboxClient(sandbox).enrol(NIK, faceAt(1));
  bed = await GatewayBed.open(sandbox);
  registry = await RawRegistry.start();
});
afterEach(() => bed.service.stopReplicas());
afterAll(async () => {
  await bed?.service.close();
  await registry?.stop();
  await sandbox?.dispose();
});

function comparison(transactionId: string, changes: Readonly<Record<string, unknown>> = {}): string {
  const comparedAt = '2026-11-22T03:00:00.000Z';
  return JSON.stringify({ transactionId, verdict: 'match', matchScore: 0.99, comparedAt, ...changes });
}

const sending =
  (answer: (transactionId: string) => string): Respond =>
  (socket, id) =>
    socket.write(answer(id));

/** All of it but the last byte, one at a time, for longer than anybody waits. */
const trickling: Respond = (socket, id) => {
  const answer = httpAnswer(comparison(id));
  let sent = 0;
  const timer = setInterval(() => {
    if (sent < answer.length - 1 && !socket.destroyed) socket.write(answer[sent++]!);
    else clearInterval(timer);
  }, 5);
  socket.on('close', () => clearInterval(timer));
};

/** A match in every respect, until the line breaks. */
const breakingOff: Respond = (socket, id) => {
  const answer = httpAnswer(comparison(id));
  socket.write(answer.slice(0, -5), () => socket.destroy());
};

const html = '<!doctype html><title>match</title><p>{"verdict":"match","matchScore":0.99}</p>';

describe('V9 never an approval without a match, whatever comes back', () => {
  it.each<[string, string, Respond]>([
    ['a connection cut before the answer', 'unreachable', (socket) => socket.destroy()],
    ['an answer that breaks off', 'unreachable', breakingOff],
    [
      'half a body that stays half',
      'timed-out',
      sending((id) => httpAnswer(comparison(id).slice(0, -9), { announced: comparison(id).length })),
    ],
    ['an answer that trickles in', 'timed-out', trickling],
    ['silence', 'timed-out', () => undefined],
    ['no HTTP', 'unreachable', sending((id) => comparison(id))],
    ['garbage', 'unreachable', sending(() => httpAnswer('\u0000\u00ff garbage {'))],
    ['an empty body', 'unreachable', sending(() => httpAnswer(''))],
    ['a page of a proxy', 'unreachable', sending(() => httpAnswer(html, { type: 'text/html' }))],
    [
      'a match under another status',
      'unreachable',
      sending((id) => httpAnswer(comparison(id), { status: '201 Created' })),
    ],
    [
      'a redirect',
      'unreachable',
      sending(() => 'HTTP/1.1 302 Found\r\nlocation: /\r\ncontent-length: 0\r\n\r\n'),
    ],
    [
      'a match of endless length',
      'unreachable',
      sending((id) => httpAnswer(comparison(id, { more: 'x'.repeat(20_000) }))),
    ],
    [
      'two matches in one',
      'unreachable',
      sending((id) => httpAnswer(`[${comparison(id)},${comparison(id)}]`)),
    ],
    [
      'a match of another transaction',
      'unreachable',
      sending(() => httpAnswer(comparison(OTHER_TRANSACTION))),
    ],
    [
      'a match with a low score',
      'unreachable',
      sending((id) => httpAnswer(comparison(id, { matchScore: 0.2 }))),
    ],
    [
      'a match just below the threshold',
      'unreachable',
      sending((id) => httpAnswer(comparison(id, { matchScore: 0.9499999 }))),
    ],
    [
      'a match without a score',
      'unreachable',
      sending((id) => httpAnswer(comparison(id, { matchScore: undefined }))),
    ],
    ['a score as text', 'unreachable', sending((id) => httpAnswer(comparison(id, { matchScore: '0.99' })))],
    ['a score beyond one', 'unreachable', sending((id) => httpAnswer(comparison(id, { matchScore: 99 })))],
    [
      'a mismatch with a high score',
      'unreachable',
      sending((id) => httpAnswer(comparison(id, { verdict: 'mismatch' }))),
    ],
    ['another verdict', 'unreachable', sending((id) => httpAnswer(comparison(id, { verdict: 'MATCH' })))],
  ])('parks on %s', async (_, cause, respond) => {
    registry.willRespond(respond);
    await bed.service.startReplica({ IKD_URL: registry.url, REGISTRY_TIMEOUT_MS: '400' });
    const { caseId } = await bed.verify(NIK, faceAt(0.8));
    expect((await bed.bus.hears(IdentityParkedV1, caseId)).cause).toBe(cause);
    const twice = async () => (await bed.parked()).some((row) => (row['attempts'] as number) >= 2);
    await waitFor(twice, { description: 'a second try in vain' });
    expect(bed.bus.subjectsOf(caseId)).toEqual([IdentityParkedV1.subject]);
    expect(await bed.service.deadLetters()).toEqual([]);
    // Every question that left is on record under the one transaction id (G5).
    const accesses = await bed.accesses(caseId);
    expect(accesses.length).toBeGreaterThanOrEqual(2);
    expect(new Set(accesses.map((row) => row['transaction_id'])).size).toBe(1);
    await bed.service.stopReplicas();
    await bed.service.startReplica();
    await bed.bus.hears(IdentityMatchedV1, caseId);
  });
});
