import type { CaptureIntakeConfig } from '../config.js';
import type { TimeLimits } from '../domain/deadlines.js';

const HOUR_MS = 3_600_000;

type Limits = Pick<
  CaptureIntakeConfig,
  'RECOGNITION_LIMIT_MS' | 'SLOT_LIMIT_MS' | 'PARKED_LIMIT_HOURS' | 'ASSISTANCE_LIMIT_HOURS'
>;

export function timeLimits(config: Limits): TimeLimits {
  return {
    recognitionMs: config.RECOGNITION_LIMIT_MS,
    slotMs: config.SLOT_LIMIT_MS,
    assistanceMs: config.ASSISTANCE_LIMIT_HOURS * HOUR_MS,
  };
}

export function decideBy(receivedAt: Date, config: Limits): Date {
  return new Date(receivedAt.getTime() + config.PARKED_LIMIT_HOURS * HOUR_MS);
}
