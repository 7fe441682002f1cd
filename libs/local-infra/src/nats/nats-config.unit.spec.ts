import { describe, expect, it } from '@jest/globals';
import { renderNatsConfig, type NatsUser } from './nats-config.js';

function render(users: readonly NatsUser[]): Record<string, unknown> {
  const limits = { maxMemoryBytes: 1, maxFileBytes: 2 };
  return JSON.parse(renderNatsConfig({ storeDir: '/store', port: -1, portsFolder: '/ports', users, limits }));
}

const renderUser = (user: Omit<NatsUser, 'user' | 'password'>) =>
  render([{ user: 'u', password: 'p', ...user }])['authorization'];

describe('renderNatsConfig', () => {
  it('listens on the loopback interface only', () => {
    expect(render([])).toMatchObject({ listen: '127.0.0.1:-1', jetstream: { store_dir: '/store' } });
  });

  it('asks nobody for a password when there are no users', () => {
    expect(render([])).not.toHaveProperty('authorization');
  });

  it('leaves a user without lists unrestricted', () => {
    expect(renderUser({})).toEqual({ users: [{ user: 'u', password: 'p' }] });
  });

  it('writes an empty list as a denial, because the server reads it as no restriction', () => {
    const permissions = { publish: { deny: ['>'] }, subscribe: { allow: ['cmd.>'] } };
    expect(renderUser({ publish: [], subscribe: ['cmd.>'] })).toEqual({
      users: [{ user: 'u', password: 'p', permissions }],
    });
  });

  it('does not let the permission to answer take away the permission to publish', () => {
    const permissions = { publish: { allow: ['>'] }, subscribe: { allow: ['>'] }, allow_responses: true };
    expect(renderUser({ allowResponses: true })).toEqual({
      users: [{ user: 'u', password: 'p', permissions }],
    });
  });
});
