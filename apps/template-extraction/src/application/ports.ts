import type { EmbeddedFace } from '@absah/inference';
import type { Transaction } from '@absah/messaging';

export abstract class FaceEmbedder {
  /** @param alignedFace 112 × 112 red-green-blue bytes, as liveness aligned them */
  abstract embed(alignedFace: Uint8Array): Promise<EmbeddedFace>;
}

export interface StoredTemplate {
  readonly templateId: string;
  readonly caseId: string;
  readonly captureId: string;
  /** Sealed for the template id: no other row's bytes open in its place. */
  readonly sealed: Uint8Array;
  readonly modelChain: string;
}

export interface PurgedCapture {
  readonly captureId: string;
  readonly caseId: string;
  readonly purgedAt: Date;
}

export abstract class Templates {
  /** The capture becomes due for purging in the same stroke. */
  abstract add(tx: Transaction, template: StoredTemplate): Promise<void>;

  abstract find(templateId: string): Promise<Pick<StoredTemplate, 'sealed' | 'modelChain'> | undefined>;

  /** Capture ids, oldest first, whose purge nobody confirmed for at least `minAgeMs`. */
  abstract duePurges(options: { readonly minAgeMs: number; readonly limit: number }): Promise<string[]>;

  /** Returns those that were still due: each capture is confirmed once, whoever purged it. */
  abstract confirmPurged(tx: Transaction, captureIds: readonly string[]): Promise<PurgedCapture[]>;
}
