import { createHash, randomBytes } from 'node:crypto';
import {
  CaseDecidedV1,
  EVENT_STREAM,
  IdentityMatchedV1,
  SlotReservedV1,
  VerificationSubmittedV1,
  type EventContract,
  type PayloadOf,
  type VerificationView,
} from '@absah/contracts';
import { IDENTITY_KEYS_OF_SUBJECTS } from '@absah/person-keys';
import { HeldCaptures, KeyDesk, ServiceUnderTest, type EventBus } from '@absah/test-bed';
import { sampleEvent, waitFor } from '@absah/testing';
import { nanos } from '@nats-io/nats-core';
import { captureIntakeService } from '../src/capture-intake.service.js';
import { IntakeClient } from './intake-client.js';

export type Submitted = PayloadOf<typeof VerificationSubmittedV1>;
export type Decided = PayloadOf<typeof CaseDecidedV1>;

const OPERATOR_KEYS = { 'operator-a': 'key-of-a', 'operator-b': 'key-of-b' } as const;

/** Replicas of the intake, operators who ask them, and a hand to play every other service. */
export class IntakeBed {
  readonly bus: EventBus;

  private constructor(
    readonly service: ServiceUnderTest,
    readonly captures: HeldCaptures,
    readonly keys: KeyDesk,
  ) {
    this.bus = service.bus;
  }

  static async open(): Promise<IntakeBed> {
    const captureKey = randomBytes(32);
    const keys = new KeyDesk();
    const service = await ServiceUnderTest.prepare(captureIntakeService, {
      // Here nobody decides the cases but the test, which may leave them open.
      LEAST_CASES_UNDER_WAY: '1000000',
      API_KEYS: JSON.stringify(apiKeys()),
      CAPTURE_KEY: captureKey.toString('base64'),
      ...keys.settings,
      PSEUDONYM_KEY: randomBytes(32).toString('base64'),
      // One person tries all day in these tests; where her attempts are the subject, the limits are set again.
      ATTEMPT_PAUSE_SECONDS: '0',
      ATTEMPTS_PER_IDENTITY: '100000',
    });
    keys.serve(service.bus, IDENTITY_KEYS_OF_SUBJECTS);
    return new IntakeBed(service, await HeldCaptures.open(service.bus, captureKey), keys);
  }

  /** A client of a new replica. */
  async startClient(config: Readonly<Record<string, string>> = {}): Promise<IntakeClient> {
    const { url } = await this.service.startReplica(config);
    return new IntakeClient(url, OPERATOR_KEYS['operator-a']);
  }

  /** The broker would else drop the second of two messages with one id, and the inbox would go untested. */
  async forgetMessageIdsAfter(milliseconds: number): Promise<void> {
    await this.bus.manager.streams.update(EVENT_STREAM, { duplicate_window: nanos(milliseconds) });
  }

  async streamed({ subject }: EventContract): Promise<number> {
    const { state } = await this.bus.manager.streams.info(EVENT_STREAM, { subjects_filter: subject });
    return state.subjects?.[subject] ?? 0;
  }

  submitted(): readonly Submitted[] {
    return this.bus.payloadsOf(VerificationSubmittedV1);
  }

  async submission(of: VerificationView): Promise<Submitted> {
    return this.bus.hears(VerificationSubmittedV1, of.id);
  }

  /** Waits for a submission beyond those known now: the answer is not there before the decision. */
  async nextSubmission(): Promise<Submitted> {
    const known = this.submitted().length;
    return waitFor(() => this.submitted()[known], { description: 'the next announcement' });
  }

  /** Of the person that every request is about, unless it says otherwise; its slot is held for `lifeMs`. */
  async approvedCase(client: IntakeClient, lifeMs = 900_000): Promise<VerificationView> {
    const { body } = await client.submit();
    const { caseId, subjectRef } = await this.submission(body);
    const expiresAt = new Date(Date.now() + lifeMs).toISOString();
    await this.bus.publish(IdentityMatchedV1, sampleEvent(IdentityMatchedV1, { caseId, subjectRef }));
    const reserved = sampleEvent(SlotReservedV1, { caseId, subjectRef, expiresAt });
    await this.bus.publish(SlotReservedV1, reserved);
    return waitFor(
      async () => {
        const { body: view } = await client.read(caseId);
        return view.status === 'approved' && view;
      },
      { description: 'the approval' },
    );
  }

  /** How often the case was announced so. */
  async announced(caseId: string, { subject }: EventContract): Promise<number> {
    const rows = await this.service.rows(
      `SELECT id FROM outbox WHERE subject = $1 AND payload->>'caseId' = $2`,
      subject,
      caseId,
    );
    return rows.length;
  }

  decisionsOn(caseId: string): readonly Decided[] {
    return this.bus.payloadsOf(CaseDecidedV1, caseId);
  }

  /** Everything a request could leave behind. */
  async traces(): Promise<{ cases: number; outbox: number; captures: number }> {
    const [cases, outbox, captures] = await Promise.all([
      this.countOf('cases'),
      this.countOf('outbox'),
      this.captures.count(),
    ]);
    return { cases, outbox, captures };
  }

  async countOf(table: 'cases' | 'outbox' | 'inbox'): Promise<number> {
    const rows = await this.service.rows<{ count: string }>(`SELECT count(*) FROM ${table}`);
    return Number(rows[0]?.count);
  }
}

/** The operator of each key, by the digest of the key. */
function apiKeys(): Record<string, string> {
  const digests = Object.entries(OPERATOR_KEYS).map(([operatorId, key]) => [
    createHash('sha256').update(key).digest('hex'),
    operatorId,
  ]);
  return Object.fromEntries(digests) as Record<string, string>;
}
