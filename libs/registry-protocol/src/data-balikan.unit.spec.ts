import { describe, expect, it } from '@jest/globals';
import { readStoreAnswer, STORE_ANSWERS, storeRequest } from './data-balikan.js';

describe('B2 answers of store', () => {
  it.each(Object.entries(STORE_ANSWERS))('recognises "%s" by its status and text', (outcome, answer) => {
    expect(readStoreAnswer(answer.httpStatus, { message: answer.message })).toBe(outcome);
  });

  it('recognises "already sent" whatever the letter case and the blanks around it', () => {
    expect(readStoreAnswer(400, { message: ' DATA SUDAH PERNAH DIKIRIM ' })).toBe('already-sent');
  });

  it('takes an unknown complaint for a malformed row', () => {
    expect(readStoreAnswer(400, { message: 'Parameter NO_HP kosong' })).toBe('malformed');
  });

  it.each([
    ['success text with a failure status', 500, { message: 'Success' }],
    ['unknown text with status 200', 200, { message: 'Queued' }],
    ['"already sent" with status 503', 503, { message: 'Data sudah pernah dikirim' }],
    ['refused token', 401, { message: 'Unauthorized' }],
    ['page of a proxy', 400, '<html>Bad Request</html>'],
    ['nothing', 400, undefined],
  ])('decides nothing on: %s', (_, status, body) => {
    expect(readStoreAnswer(status, body)).toBeUndefined();
  });
});

describe('request of store', () => {
  const row = { NIK: '9999014101900001', param: [{ NO_HP: '6281200000001' }] };

  it('is one institution with its rows', () => {
    const body = [{ id_lembaga: '990001', nama_lembaga: 'CONTOH', data: [row] }];
    expect(storeRequest.parse(body)).toEqual(body);
  });

  it.each([
    ['no rows', [{ id_lembaga: '990001', nama_lembaga: 'CONTOH', data: [] }]],
    ['an unknown field', [{ id_lembaga: '990001', nama_lembaga: 'CONTOH', data: [{ ...row, NAMA: 'X' }] }]],
    ['no institution', []],
  ])('has not: %s', (_, body) => {
    expect(storeRequest.safeParse(body).success).toBe(false);
  });
});
