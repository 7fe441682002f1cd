import {
  CaseOutlookV1,
  CONSUMES,
  EVENT_STREAM,
  IdentityMatchedV1,
  SimActivatedV1,
  SimDeactivatedV1,
  type EventContract,
  type PayloadOf,
} from '@absah/contracts';
import { ServiceUnderTest, type EventBus } from '@absah/test-bed';
import { sampleEvent, waitFor } from '@absah/testing';
import { quotaLedgerService } from '../src/quota-ledger.service.js';

/** Replicas of the quota ledger, and a hand that matches, activates and answers for the others. */
export class QuotaBed {
  readonly bus: EventBus;
  /** Cases that the intake, when asked, says to be over or active. */
  readonly over = new Set<string>();
  readonly activated = new Set<string>();
  /** Each question that reached the intake. */
  readonly asked: (readonly string[])[] = [];

  private constructor(readonly service: ServiceUnderTest) {
    this.bus = service.bus;
    this.bus.connection.subscribe(CaseOutlookV1.subject, {
      callback: (_error, message) => void message.respond(JSON.stringify(this.answer(message.json()))),
    });
  }

  static async open(): Promise<QuotaBed> {
    return new QuotaBed(await ServiceUnderTest.prepare(quotaLedgerService));
  }

  async match(
    caseId: string,
    subjectRef: string,
    terms: Partial<PayloadOf<typeof IdentityMatchedV1>> = {},
  ): Promise<void> {
    await this.bus.publish(
      IdentityMatchedV1,
      sampleEvent(IdentityMatchedV1, { caseId, subjectRef, ...terms }),
    );
  }

  async deactivate(caseId: string, subjectRef: string): Promise<void> {
    await this.bus.publish(SimDeactivatedV1, sampleEvent(SimDeactivatedV1, { caseId, subjectRef }));
  }

  async activate(caseId: string, subjectRef: string): Promise<void> {
    await this.bus.publish(SimActivatedV1, sampleEvent(SimActivatedV1, { caseId, subjectRef }));
  }

  countHeard(contract: EventContract): number {
    return this.bus.eventsOf(contract).length;
  }

  /** The broker forgets what was acknowledged: at the next start everything is delivered again. */
  async forgetAcknowledgements(): Promise<void> {
    for (const { name } of CONSUMES['quota-ledger'] as readonly EventContract[]) {
      await this.bus.manager.consumers.delete(EVENT_STREAM, `quota-ledger-${name}`);
    }
  }

  /** A second delivery proves that the first was handed back. */
  async deliveredTwice(contract: EventContract): Promise<void> {
    const twice = async () => {
      const consumer = await this.bus.manager.consumers.info(EVENT_STREAM, `quota-ledger-${contract.name}`);
      return consumer.delivered.consumer_seq > consumer.delivered.stream_seq;
    };
    await waitFor(twice, { description: `${contract.name} to be delivered again` });
  }

  private answer({ caseIds }: PayloadOf<typeof CaseOutlookV1>) {
    this.asked.push(caseIds);
    return {
      activated: caseIds.filter((caseId) => this.activated.has(caseId)),
      over: caseIds.filter((caseId) => this.over.has(caseId)),
    };
  }
}
