import { describe, expect, it } from '@jest/globals';
import { quotaLedgerConfig } from './config.js';

describe('quotaLedgerConfig', () => {
  it('Q1 Q2 has a working default for everything', () => {
    expect(quotaLedgerConfig.parse({})).toEqual({
      CAP_PER_PERSON: 3,
      CAP_SCOPE: 'person',
      RESERVATION_MINUTES: 30,
      EXPIRY_INTERVAL_MS: 10_000,
      RELEASE_GRACE_MS: 60_000,
    });
  });

  it('Q2 refuses a grace that clocks and relay may outlast', () => {
    const { error } = quotaLedgerConfig.safeParse({ RELEASE_GRACE_MS: '4999' });
    expect(error?.issues.map((issue) => issue.path[0])).toEqual(['RELEASE_GRACE_MS']);
  });
});
