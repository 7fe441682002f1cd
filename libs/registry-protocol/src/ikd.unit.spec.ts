import { describe, expect, it } from '@jest/globals';
import { faceComparison, faceVerificationRequest, registryRefusal } from './ikd.js';

const transactionId = '0f2b6c1e-58a5-4d4b-9f0e-8a3c6f7d1e22';
const comparison = { transactionId, verdict: 'match', matchScore: 0.97, comparedAt: '2026-11-22T03:00:00Z' };

describe('G1 IKD face verification', () => {
  it.each([
    ['verdict', { ...comparison, verdict: undefined }],
    ['score', { ...comparison, matchScore: undefined }],
    ['transaction id', { ...comparison, transactionId: undefined }],
    ['time', { ...comparison, comparedAt: undefined }],
    ['a score as text', { ...comparison, matchScore: '0.97' }],
    ['a score beyond one', { ...comparison, matchScore: 97 }],
    ['another verdict', { ...comparison, verdict: 'probable' }],
  ])('is no comparison without a proper: %s', (_, body) => {
    expect(faceComparison.safeParse(body).success).toBe(false);
  });

  it('tolerates fields that a registry adds to a comparison', () => {
    expect(faceComparison.parse({ ...comparison, quotaLimiter: 80 })).toEqual(comparison);
  });

  it('never reads a refusal as a comparison, nor the reverse', () => {
    const refusal = { transactionId, responseCode: '13', respon: 'Data Tidak Ditemukan' };
    expect(registryRefusal.parse(refusal)).toEqual(refusal);
    expect(faceComparison.safeParse(refusal).success).toBe(false);
    expect(registryRefusal.safeParse(comparison).success).toBe(false);
  });

  it('takes no request with fields that nobody defined, such as a picture', () => {
    const request = { transactionId, nik: '9999014101900001', template: 'QUJG', modelChain: 'chain.1' };
    expect(faceVerificationRequest.parse(request)).toEqual(request);
    expect(faceVerificationRequest.safeParse({ ...request, image: 'QUJG' }).success).toBe(false);
  });
});
