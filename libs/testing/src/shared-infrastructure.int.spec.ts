import { describe, expect, it } from '@jest/globals';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { join } from 'node:path';
import pg from 'pg';
import sharp from 'sharp';
import { modelsDir, samplesDir } from './model-files.js';
import { createTestDatabase } from './test-database.js';

async function query(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query({ text, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

describe('the test run', () => {
  it('gives native modules typed arrays that they recognise, and tests those that they return', async () => {
    const pixels = await sharp(join(samplesDir(), 'sample1.jpg')).resize(24, 24).raw().toBuffer();
    expect(pixels).toBeInstanceOf(Uint8Array);
    const session = await InferenceSession.create(join(modelsDir(), 'fr_eye.onnx'));
    const [input] = session.inputMetadata;
    if (!input?.isTensor) throw new Error('The eye model takes no tensor');
    const shape = input.shape.map((size) => (typeof size === 'number' ? size : 1));
    const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
    const outputs = await session.run({ [input.name]: new Tensor('float32', values, shape) });
    expect(Object.values(outputs)[0]?.data).toBeInstanceOf(Float32Array);
    await session.release();
  });

  it('gives each suite a database of its own, which is gone after drop', async () => {
    const [one, other] = [await createTestDatabase(), await createTestDatabase()];
    await query(one.url, 'CREATE TABLE cases ()');
    expect(await query(other.url, "SELECT to_regclass('cases')")).toEqual([null]);
    await Promise.all([one.drop(), other.drop()]);
    await expect(query(one.url, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
  });
});
