import type { Clock } from '@absah/domain-kit';
import { CLOCK } from '@absah/service-kit';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { Fault } from '../domain/fault.js';

export interface CurrentFault {
  readonly fault: Fault;
  readonly endsAt: Date;
}

interface Period extends CurrentFault {
  readonly ended: Promise<void>;
  readonly end: () => void;
}

/** At most one fault at a time, in memory only: a restarted stand-in is a healthy one. */
@Injectable()
export class RegistryFault implements OnModuleDestroy {
  private period: Period | undefined;

  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Replaces a fault that is under way. */
  begin(fault: Fault, forMs: number): void {
    this.period?.end();
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const period: Period = {
      fault,
      endsAt: new Date(this.clock.now().getTime() + forMs),
      ended,
      end: () => {
        clearTimeout(timer);
        if (this.period === period) this.period = undefined;
        resolve();
      },
    };
    const timer = setTimeout(period.end, forMs);
    this.period = period;
  }

  end(): void {
    this.period?.end();
  }

  get current(): CurrentFault | undefined {
    return this.period;
  }

  /** Resolves at once while there is no fault. */
  async over(): Promise<void> {
    await this.period?.ended;
  }

  /** Or a stop would wait for the callers that wait for the fault's end. */
  onModuleDestroy(): void {
    this.end();
  }
}
