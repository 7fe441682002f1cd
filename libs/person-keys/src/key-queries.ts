import {
  ComparisonKeysByIdV1,
  IdentityKeysByIdV1,
  IdentityKeysOfSubjectsV1,
  TemplateKeysOfSubjectsV1,
  type QueryContract,
} from '@absah/contracts';
import type { KeyPurpose } from '@absah/sealing';

/** One of the ways to ask for keys of persons, and what the answer holds of each. */
export interface KeyQuery<Purpose extends KeyPurpose = KeyPurpose> {
  readonly contract: QueryContract;
  /** The field of the question that names the persons. */
  readonly field: 'subjectRefs' | 'keyIds';
  readonly purposes: readonly Purpose[];
}

export const IDENTITY_KEYS_OF_SUBJECTS: KeyQuery<'identity'> = {
  contract: IdentityKeysOfSubjectsV1,
  field: 'subjectRefs',
  purposes: ['identity'],
};

export const TEMPLATE_KEYS_OF_SUBJECTS: KeyQuery<'template'> = {
  contract: TemplateKeysOfSubjectsV1,
  field: 'subjectRefs',
  purposes: ['template'],
};

export const COMPARISON_KEYS_BY_ID: KeyQuery<'identity' | 'template'> = {
  contract: ComparisonKeysByIdV1,
  field: 'keyIds',
  purposes: ['identity', 'template'],
};

export const IDENTITY_KEYS_BY_ID: KeyQuery<'identity'> = {
  contract: IdentityKeysByIdV1,
  field: 'keyIds',
  purposes: ['identity'],
};
