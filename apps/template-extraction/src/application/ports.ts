import { PurgeRecord } from '@absah/capture-store';
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

export abstract class Templates extends PurgeRecord {
  /** The capture becomes due for purging in the same stroke. */
  abstract add(tx: Transaction, template: StoredTemplate): Promise<void>;

  abstract find(templateId: string): Promise<Pick<StoredTemplate, 'sealed' | 'modelChain'> | undefined>;
}
