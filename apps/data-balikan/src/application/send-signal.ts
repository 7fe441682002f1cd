import { Injectable } from '@nestjs/common';

/** Tells this replica's sender that rows became due, so that they need not wait for the sweep. */
@Injectable()
export class SendSignal {
  private listener: () => void = () => undefined;

  raise(): void {
    this.listener();
  }

  whenRaised(listener: () => void): void {
    this.listener = listener;
  }
}
