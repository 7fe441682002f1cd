import { UnitOfWork } from '@absah/messaging';
import { SERVICE_CONFIG } from '@absah/service-kit';
import { Logger } from '@absah/telemetry';
import type { FactoryProvider } from '@nestjs/common';
import { CaptureStore } from '../capture-store.js';
import { CapturePurger, type CapturePurgerParts } from './capture-purger.js';
import type { PurgeRecord } from './purge-record.js';

export interface CapturePurgerOptions<Config> {
  /** The service's own port to where its purges are recorded. */
  readonly record: abstract new () => PurgeRecord;
  readonly announce: CapturePurgerParts['announce'];
  readonly sweepIntervalMs: (config: Config) => number;
}

/** The purger of one service; its module also imports `CaptureStoreModule`. */
export function capturePurger<Config>({
  record: recordPort,
  announce,
  sweepIntervalMs,
}: CapturePurgerOptions<Config>): FactoryProvider<CapturePurger> {
  return {
    provide: CapturePurger,
    useFactory: (
      captures: CaptureStore,
      record: PurgeRecord,
      unitOfWork: UnitOfWork,
      config: Config,
      logger: Logger,
    ) => {
      const parts = { captures, record, unitOfWork, announce, logger };
      return new CapturePurger({ ...parts, sweepIntervalMs: sweepIntervalMs(config) });
    },
    inject: [CaptureStore, recordPort, UnitOfWork, SERVICE_CONFIG, Logger],
  };
}
