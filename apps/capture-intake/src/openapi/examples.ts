import { FLASH_MS, movementInstructions } from '@absah/biometrics';
import {
  MOST_FRAMES,
  type LivenessChallengeView,
  type VerificationRequest,
  type VerificationView,
} from '@absah/contracts';
import { outcomeAdvice } from '../domain/advice.js';

/** Province 99 does not exist: nobody has this NIK. */
export const exampleRequest: VerificationRequest = {
  nik: '9999015508900001',
  msisdn: '081200000001',
  consent: { purpose: 'sim-registration', version: '2026-07', givenAt: '2026-07-01T08:00:00.000Z' },
};

const movements: LivenessChallengeView['movements'] = ['turn-left', 'nod', 'turn-right'];

export const exampleChallenge: LivenessChallengeView = {
  challengeId: '0197c3a5-6800-7a10-9c00-5d2e8b7f4a11',
  nonce: 'q7Jm0Zc1pXoTt3uYw8ArSg',
  movements,
  colours: [],
  flashMs: FLASH_MS,
  maxFrames: MOST_FRAMES,
  expiresAt: '2026-07-01T08:01:00.000Z',
  instructions: movements.map((movement) => movementInstructions[movement]),
};

const id = '0197c3a5-7c00-7d4e-8f00-3b6f0a1c9e52';
const receivedAt = '2026-07-01T08:00:05.000Z';
const decidedAt = '2026-07-01T08:00:05.240Z';

export const exampleProcessing: VerificationView = {
  id,
  status: 'processing',
  receivedAt,
  reasons: [],
  stagesMs: {},
};

const recognised: Omit<VerificationView, 'status'> = {
  id,
  receivedAt,
  decidedAt,
  matchScore: 0.98,
  reasons: [],
  stagesMs: { intake: 18, liveness: 96, template: 71, ikd: 33, quota: 14, decision: 8 },
};

export const exampleApproved: VerificationView = {
  ...recognised,
  status: 'approved',
  activateBy: '2026-07-01T08:30:05.226Z',
};

export const exampleRejected: VerificationView = {
  id,
  status: 'rejected',
  receivedAt,
  decidedAt,
  matchScore: 0.31,
  reasons: [{ code: 'face-mismatch', advice: outcomeAdvice['face-mismatch'] }],
  nextAttemptAt: '2026-07-01T08:00:35.240Z',
  stagesMs: { intake: 18, liveness: 96, template: 71, ikd: 33, decision: 6 },
};

export const exampleActivated: VerificationView = {
  ...recognised,
  status: 'activated',
  activatedAt: '2026-07-01T08:01:30.000Z',
};

export const exampleDeactivated: VerificationView = {
  ...exampleActivated,
  status: 'deactivated',
  deactivatedAt: '2026-09-14T03:20:00.000Z',
};

export const exampleCancelled: VerificationView = { ...recognised, status: 'cancelled' };

export const exampleAssistance: VerificationView = {
  id,
  status: 'needs-assistance',
  receivedAt,
  decidedAt,
  matchScore: 0.31,
  reasons: [
    { code: 'attempts-exhausted', advice: outcomeAdvice['attempts-exhausted'] },
    { code: 'face-mismatch', advice: outcomeAdvice['face-mismatch'] },
  ],
};
