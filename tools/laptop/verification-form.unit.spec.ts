import { describe, expect, it } from '@jest/globals';
import { verificationForm } from './verification-form.js';

const bytes = Uint8Array.of(1, 2, 3);

async function requestOf(form: FormData): Promise<unknown> {
  return JSON.parse(await (form.get('request') as File).text());
}

describe('verificationForm', () => {
  it('says what is asked for, with a consent given now', async () => {
    const form = verificationForm({ fields: { nik: '9999014101900001' }, picture: { bytes } });
    const consent = { purpose: 'sim-registration', version: '2026-07', givenAt: expect.any(String) };
    expect(await requestOf(form)).toEqual({ nik: '9999014101900001', consent });
    expect([...form.keys()]).toEqual(['request', 'image']);
  });

  it('leaves the consent to whoever brings one', async () => {
    const form = verificationForm({ fields: { consent: null }, picture: { bytes } });
    expect(await requestOf(form)).toEqual({ consent: null });
  });

  it('carries picture and frames in order, each by its media type', async () => {
    const frames = [Uint8Array.of(4), Uint8Array.of(5)];
    const form = verificationForm({ fields: {}, picture: { bytes, mediaType: 'image/png' }, frames });
    const parts = [...form.getAll('image'), ...form.getAll('frame')] as File[];
    expect(parts.map(({ type }) => type)).toEqual(['image/png', 'image/jpeg', 'image/jpeg']);
    expect(await Promise.all(parts.map(async (part) => [...(await part.bytes())]))).toEqual([
      [1, 2, 3],
      [4],
      [5],
    ]);
  });
});
