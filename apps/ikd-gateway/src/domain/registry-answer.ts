/** Facts about the person that end a case. */
export type RefusalReason =
  'nik-not-found' | 'subject-deceased' | 'subject-duplicate' | 'subject-inactive' | 'nik-malformed';

/** Why the registry did not answer the question now. */
export type ParkCause = 'unreachable' | 'timed-out' | 'busy' | 'access-refused';

/** What came back from the registry, whichever driver asked. */
export type RegistryAnswer =
  | {
      readonly kind: 'compared';
      readonly transactionId: string;
      readonly verdict: 'match' | 'mismatch';
      /** 0 to 1. */
      readonly matchScore: number;
    }
  | {
      readonly kind: 'refused';
      readonly transactionId: string | undefined;
      readonly registryCode: string;
      readonly reason: RefusalReason;
    }
  | {
      readonly kind: 'unavailable';
      readonly cause: ParkCause;
      /** The registry's code, when it sent one. */
      readonly registryCode?: string;
      /** Nobody but an engineer can end this: wrong credentials, wrong address, wrong protocol. */
      readonly needsEngineer?: boolean;
      readonly retryAfterMs?: number;
    };

/** It is not there for anybody: silent, busy or closed to us; not merely wrong about this question. */
export function failsUs(answer: RegistryAnswer): boolean {
  return answer.kind === 'unavailable' && !answer.needsEngineer;
}

/** Failed fast and without a word, as on a connection that was closed meanwhile. */
export function mayBeRepeated(answer: RegistryAnswer): boolean {
  return answer.kind === 'unavailable' && answer.cause === 'unreachable' && answer.registryCode === undefined;
}
