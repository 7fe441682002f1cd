import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { ServiceError, uuidV7, type ErrorKind } from '@absah/domain-kit';
import type { QueryClient } from '@absah/messaging';
import { PersonKey, sealText, type KeyPurpose } from '@absah/sealing';
import { Logger } from '@absah/telemetry';
import { ikdGatewayConfig } from '../config.js';
import type { RegistryAnswer } from '../domain/registry-answer.js';
import { AskRegistry, type Attempt } from './ask-registry.js';
import { ObtainValues } from './obtain-values.js';
import type { IdentityCase, IdentityQuestion, IdentityRegistry } from './ports.js';
import { RegistryGuards } from './registry-guards.js';
import { SealedValues } from './sealed-values.js';
import { transactionIdOf } from './transaction-id.js';

const keyId = uuidV7();
const keyAway = uuidV7();
const keys = {
  identity: new PersonKey(keyId, 'identity', randomBytes(32)),
  template: new PersonKey(keyId, 'template', randomBytes(32)),
};
const nik = '9999014101900001';
const caseId = uuidV7();
const templateId = uuidV7();
const plain = new Uint8Array(64).fill(7);

const identity: IdentityCase = {
  caseId,
  templateId,
  subjectRef: 'f'.repeat(64),
  sealedNik: sealText(keys.identity, nik, caseId),
  modelChain: 'test-chain.1',
  operatorId: 'operator-a',
  document: 'nik',
  decideBy: new Date('2099-07-01T00:00:00.000Z'),
};

const config = ikdGatewayConfig.parse({
  TRANSPORT_KEY: randomBytes(32).toString('base64'),
  IKD_URL: 'http://127.0.0.1:1',
  IKD_USER: 'gateway',
  IKD_PASSWORD: 'secret',
  CIRCUIT_UNANSWERED: '2',
});

type TemplateReply = { kind: 'found'; sealed: string; modelChain: string } | { kind: 'missing' };

const found: TemplateReply = {
  kind: 'found',
  sealed: Buffer.from(keys.template.seal(plain, templateId)).toString('base64'),
  modelChain: 'test-chain.1',
};

/** Knows the key of one person, and does not answer about another. */
const privacy = {
  of: async (asked: string) => {
    if (asked === keyId) return keys;
    throw asked === keyAway
      ? new ServiceError('unavailable', 'PERSON_KEYS.UNAVAILABLE', 'in vain')
      : new ServiceError('missing', 'PERSON_KEYS.MISSING', 'in vain');
  },
};

class FakeRegistry implements IdentityRegistry {
  readonly questions: IdentityQuestion[] = [];
  readonly templatesAsSent: Uint8Array[] = [];

  constructor(private readonly answer: () => RegistryAnswer) {}

  async verify(question: IdentityQuestion): Promise<RegistryAnswer> {
    this.questions.push(question);
    this.templatesAsSent.push(Uint8Array.from(question.template));
    return this.answer();
  }
}

const logged: string[] = [];
const logger = new Logger({
  service: 'ikd-gateway',
  level: 'error',
  destination: { write: (line) => void logged.push(line) },
});

function asking(registry: IdentityRegistry, template: () => TemplateReply = () => found): AskRegistry {
  const queries = { ask: async () => template() } as unknown as QueryClient;
  const clock = { now: () => new Date(1_000_000) };
  const guards = new RegistryGuards(config, logger);
  const values = new ObtainValues(queries, new SealedValues(privacy), config, logger);
  return new AskRegistry(registry, guards, values, config, clock, logger);
}

function match(): RegistryAnswer {
  return { kind: 'compared', transactionId: transactionIdOf(caseId), verdict: 'match', matchScore: 0.99 };
}

const silence = (): RegistryAnswer => ({ kind: 'unavailable', cause: 'timed-out' });

describe('A3 AskRegistry', () => {
  it('sends NIK and template in the clear to the registry and zeroes the template afterwards', async () => {
    const registry = new FakeRegistry(match);
    await asking(registry).ask(identity, 'new');
    expect(registry.questions[0]).toMatchObject({ nik, modelChain: 'test-chain.1', threshold: 0.95 });
    expect(registry.templatesAsSent).toEqual([plain]);
    expect([...registry.questions[0]!.template]).toEqual(Array.from({ length: 64 }, () => 0));
  });

  it('zeroes the template also when the driver fails', async () => {
    const registry = new FakeRegistry(() => {
      throw new Error('defect');
    });
    await expect(asking(registry).ask(identity, 'new')).rejects.toThrow('defect');
    expect([...registry.questions[0]!.template]).toEqual(Array.from({ length: 64 }, () => 0));
  });
});

describe('V9 AskRegistry', () => {
  it('reports finding and access', async () => {
    expect(await asking(new FakeRegistry(match)).ask(identity, 'new')).toEqual({
      transactionId: transactionIdOf(caseId),
      finding: { kind: 'matched', matchScore: 0.99 },
      accesses: [
        {
          at: new Date(1_000_000),
          durationMs: 0,
          transactionId: transactionIdOf(caseId),
          answerCode: 'match',
        },
      ],
    });
  });

  it('stops asking when nobody answers, and claims no access for what was not asked', async () => {
    const registry = new FakeRegistry(silence);
    const asks = asking(registry);
    const attempts = [
      await asks.ask(identity, 'new'),
      await asks.ask(identity, 'new'),
      await asks.ask(identity, 'new'),
    ];
    expect(registry.questions).toHaveLength(2);
    expect(attempts.map(({ accesses }) => accesses.map(({ answerCode }) => answerCode))).toEqual([
      ['timed-out'],
      ['timed-out'],
      [],
    ]);
    expect(attempts[2]?.finding).toEqual({ kind: 'parked', cause: 'timed-out', unasked: true });
  });

  it('counts a second try as an access of its own, under the same transaction', async () => {
    const answers: RegistryAnswer[] = [{ kind: 'unavailable', cause: 'unreachable' }, match()];
    const registry = new FakeRegistry(() => answers.shift()!);
    const { finding, accesses } = await asking(registry).ask(identity, 'new');
    expect(finding).toEqual({ kind: 'matched', matchScore: 0.99 });
    expect(accesses.map(({ answerCode }) => answerCode)).toEqual(['unreachable', 'match']);
    expect(registry.questions.map(({ transactionId }) => transactionId)).toEqual([
      transactionIdOf(caseId),
      transactionIdOf(caseId),
    ]);
    expect(registry.templatesAsSent).toEqual([plain, plain]);
  });

  it('goes on asking a registry that answers with refusals of our access', async () => {
    const registry = new FakeRegistry(() => ({
      kind: 'unavailable',
      cause: 'access-refused',
      registryCode: '03',
      needsEngineer: true,
    }));
    const asks = asking(registry);
    for (let round = 0; round < 4; round += 1) await asks.ask(identity, 'new');
    expect(registry.questions).toHaveLength(4);
  });
});

describe('V9 AskRegistry, when what is compared cannot be had', () => {
  const failing = (kind: ErrorKind, code: string) => () => {
    throw new ServiceError(kind, code, 'in vain');
  };
  const sealedUnder = (key: PersonKey, context: string) => (): TemplateReply => ({
    kind: 'found',
    sealed: Buffer.from(key.seal(plain, context)).toString('base64'),
    modelChain: 'test-chain.1',
  });
  const nikSealedAs = (text: string, key: PersonKey = keys.identity): IdentityCase => ({
    ...identity,
    sealedNik: sealText(key, text, caseId),
  });
  const foreign = (purpose: KeyPurpose, id = uuidV7()) => new PersonKey(id, purpose, randomBytes(32));

  async function parks(code: string, asked: IdentityCase, template: () => TemplateReply): Promise<Attempt> {
    logged.length = 0;
    const registry = new FakeRegistry(match);
    const attempt = await asking(registry, template).ask(asked, 'new');
    expect(registry.questions).toEqual([]);
    expect(logged).toHaveLength(1);
    expect(logged[0]).toContain(code);
    return attempt;
  }

  it.each<[string, string, IdentityCase, () => TemplateReply]>([
    ['a silent owner', 'MESSAGING.NO_ANSWER', identity, failing('unavailable', 'MESSAGING.NO_ANSWER')],
    ['a failing owner', 'MESSAGING.ANSWER_FAILED', identity, failing('internal', 'MESSAGING.ANSWER_FAILED')],
    [
      'a silent holder of keys',
      'PERSON_KEYS.UNAVAILABLE',
      nikSealedAs(nik, foreign('identity', keyAway)),
      () => found,
    ],
  ])('parks with the usual back-off on %s', async (_, code, asked, template) => {
    const { finding, accesses } = await parks(code, asked, template);
    expect(finding).toEqual({ kind: 'parked', cause: 'unreachable' });
    expect(accesses).toEqual([]);
  });

  it.each<[string, string, IdentityCase, () => TemplateReply]>([
    ['no template', 'IKD_GATEWAY.TEMPLATE_MISSING', identity, () => ({ kind: 'missing' })],
    ['a foreign template', 'SEALING.BROKEN', identity, sealedUnder(keys.template, caseId)],
    [
      'a template under a destroyed key',
      'PERSON_KEYS.MISSING',
      identity,
      sealedUnder(foreign('template'), templateId),
    ],
    [
      'a NIK under a destroyed key',
      'PERSON_KEYS.MISSING',
      nikSealedAs(nik, foreign('identity')),
      () => found,
    ],
    ['a malformed NIK', 'IKD_GATEWAY.SEALED_NIK_MALFORMED', nikSealedAs('99990141'), () => found],
  ])('parks with the longest delay on %s, which only a person can mend', async (_, code, asked, template) => {
    const { finding, accesses } = await parks(code, asked, template);
    const retryAfterMs = config.PARK_LONGEST_DELAY_MS;
    expect(finding).toEqual({ kind: 'parked', cause: 'unreachable', retryAfterMs });
    expect(accesses).toEqual([]);
  });
});
