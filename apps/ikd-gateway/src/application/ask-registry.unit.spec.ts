import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { ServiceError, uuidV7 } from '@absah/domain-kit';
import type { QueryClient } from '@absah/messaging';
import { Sealer, sealText } from '@absah/sealing';
import { Logger } from '@absah/telemetry';
import { ikdGatewayConfig } from '../config.js';
import type { RegistryAnswer } from '../domain/registry-answer.js';
import { AskRegistry } from './ask-registry.js';
import type { IdentityCase, IdentityQuestion, IdentityRegistry } from './ports.js';
import { RegistryCircuit } from './registry-circuit.js';
import { SealedValues } from './sealed-values.js';
import { transactionIdOf } from './transaction-id.js';

const identityKey = randomBytes(32);
const templateKey = randomBytes(32);
const nik = '9999014101900001';
const caseId = uuidV7();
const templateId = uuidV7();
const plain = new Uint8Array(64).fill(7);

const identity: IdentityCase = {
  caseId,
  templateId,
  subjectRef: 'f'.repeat(64),
  sealedNik: sealText(new Sealer('identity', identityKey), nik, caseId),
  modelChain: 'test-chain.1',
};

const config = ikdGatewayConfig.parse({
  IDENTITY_KEY: identityKey.toString('base64'),
  TEMPLATE_KEY: templateKey.toString('base64'),
  IKD_URL: 'http://127.0.0.1:1',
  IKD_USER: 'gateway',
  IKD_PASSWORD: 'secret',
  CIRCUIT_UNANSWERED: '2',
});

type TemplateReply = { kind: 'found'; sealed: string; modelChain: string } | { kind: 'missing' };

const found: TemplateReply = {
  kind: 'found',
  sealed: Buffer.from(new Sealer('template', templateKey).seal(plain, templateId)).toString('base64'),
  modelChain: 'test-chain.1',
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

function asking(registry: IdentityRegistry, template: () => TemplateReply = () => found): AskRegistry {
  const queries = { ask: async () => template() } as unknown as QueryClient;
  const clock = { now: () => new Date(1_000_000) };
  const logger = new Logger({ service: 'ikd-gateway', level: 'silent' });
  const circuit = new RegistryCircuit(config, clock);
  return new AskRegistry(registry, circuit, queries, new SealedValues(config), config, clock, logger);
}

function match(): RegistryAnswer {
  return { kind: 'compared', transactionId: transactionIdOf(caseId), verdict: 'match', matchScore: 0.99 };
}

const silence = (): RegistryAnswer => ({ kind: 'unavailable', cause: 'timed-out' });

describe('A3 AskRegistry', () => {
  it('sends NIK and template in the clear to the registry and zeroes the template afterwards', async () => {
    const registry = new FakeRegistry(match);
    await asking(registry).ask(identity);
    expect(registry.questions[0]).toMatchObject({ nik, modelChain: 'test-chain.1', threshold: 0.95 });
    expect(registry.templatesAsSent).toEqual([plain]);
    expect([...registry.questions[0]!.template]).toEqual(Array.from({ length: 64 }, () => 0));
  });

  it('zeroes the template also when the driver fails', async () => {
    const registry = new FakeRegistry(() => {
      throw new Error('defect');
    });
    await expect(asking(registry).ask(identity)).rejects.toThrow('defect');
    expect([...registry.questions[0]!.template]).toEqual(Array.from({ length: 64 }, () => 0));
  });
});

describe('V9 AskRegistry', () => {
  it('reports finding and access', async () => {
    expect(await asking(new FakeRegistry(match)).ask(identity)).toEqual({
      transactionId: transactionIdOf(caseId),
      finding: { kind: 'matched', matchScore: 0.99 },
      access: {
        at: new Date(1_000_000),
        durationMs: 0,
        transactionId: transactionIdOf(caseId),
        answerCode: 'match',
      },
    });
  });

  it('stops asking when nobody answers, and claims no access for what was not asked', async () => {
    const registry = new FakeRegistry(silence);
    const asks = asking(registry);
    const attempts = [await asks.ask(identity), await asks.ask(identity), await asks.ask(identity)];
    expect(registry.questions).toHaveLength(2);
    expect(attempts.map(({ access }) => access?.answerCode)).toEqual(['timed-out', 'timed-out', undefined]);
    expect(attempts[2]?.finding).toEqual({ kind: 'parked', cause: 'unreachable' });
  });

  it('goes on asking a registry that answers with refusals of our access', async () => {
    const registry = new FakeRegistry(() => ({
      kind: 'unavailable',
      cause: 'access-refused',
      registryCode: '03',
      needsEngineer: true,
    }));
    const asks = asking(registry);
    for (let round = 0; round < 4; round += 1) await asks.ask(identity);
    expect(registry.questions).toHaveLength(4);
  });

  it('parks when the owner of the template does not answer', async () => {
    const registry = new FakeRegistry(match);
    const attempt = await asking(registry, () => {
      throw new ServiceError('unavailable', 'MESSAGING.NO_ANSWER', 'no answer');
    }).ask(identity);
    expect(attempt.finding).toEqual({ kind: 'parked', cause: 'unreachable' });
    expect(registry.questions).toEqual([]);
  });

  it('fails when the owner has no such template', async () => {
    const asks = asking(new FakeRegistry(match), () => ({ kind: 'missing' }));
    await expect(asks.ask(identity)).rejects.toMatchObject({ code: 'IKD_GATEWAY.TEMPLATE_MISSING' });
  });
});
