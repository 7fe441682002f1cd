import { describe, expect, it } from '@jest/globals';
import { uuidV7 } from '@absah/domain-kit';
import { z } from 'zod';
import { transactionIdOf } from './transaction-id.js';

describe('transactionIdOf', () => {
  const caseId = '019aa1f0-7c00-7000-8000-0123456789ab';

  it('is a uuid of version 8 that never changes for a case', () => {
    expect(transactionIdOf(caseId)).toBe(transactionIdOf(caseId.toUpperCase()));
    expect(z.uuid({ version: 'v8' }).safeParse(transactionIdOf(caseId)).success).toBe(true);
  });

  it('differs from case to case and from the case id', () => {
    const ids = Array.from({ length: 500 }, () => transactionIdOf(uuidV7()));
    expect(new Set(ids).size).toBe(500);
    expect(ids).not.toContain(caseId);
  });
});
