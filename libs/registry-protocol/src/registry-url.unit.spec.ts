import { describe, expect, it } from '@jest/globals';
import { registryUrl } from './registry-url.js';

describe('registryUrl', () => {
  it.each([
    'https://registry.example',
    'https://10.1.2.3:8443/base',
    'http://localhost:3000',
    'http://127.0.0.1:3000/elsewhere',
    'http://127.8.9.10',
    'http://127.1',
    'http://[::1]:3000',
  ])('takes %s', (url) => {
    expect(registryUrl.parse(url)).toBe(url);
  });

  it.each([
    'http://registry.example',
    'http://10.1.2.3',
    'http://0.0.0.0',
    'http://[::ffff:10.1.2.3]',
    'http://127.0.0.1.registry.example',
    'http://localhost.registry.example',
    'http://localhost@registry.example',
    'http://128.0.0.1',
    'ftp://localhost',
    'registry.example',
    '',
  ])('refuses %j', (url) => {
    expect(registryUrl.safeParse(url).success).toBe(false);
  });
});
