import type { Platform } from '../platform.js';

/** The sandbox's admin interface, as an integrator uses it. */
export class RegistryDesk {
  constructor(private readonly platform: Pick<Platform, 'urls' | 'secrets'>) {}

  async enrol(person: {
    readonly nik: string;
    readonly name: string;
    readonly template: Uint8Array;
  }): Promise<void> {
    await this.call('PUT', '/sandbox/v1/people', {
      nik: person.nik,
      name: person.name,
      template: Buffer.from(person.template).toString('base64'),
    });
  }

  /** Undoes whatever was scripted for a person; false when nobody has this NIK. */
  async reset(nik: string): Promise<boolean> {
    const response = await this.send('PUT', '/sandbox/v1/people/condition', { nik, condition: 'none' });
    if (response.status === 404) return false;
    if (!response.ok) throw new Error(`sandbox answered ${response.status} to a reset`);
    return true;
  }

  /** Brings trouble over the whole registry until it is ended, or time ends it. */
  async beginFault(kind: 'hang' | 'refuse' | 'busy', forMs: number): Promise<void> {
    await this.call('POST', '/sandbox/v1/faults', { kind, forMs });
  }

  async endFault(): Promise<void> {
    await this.call('DELETE', '/sandbox/v1/faults');
  }

  /** How many numbers the registry holds for a person. */
  async numbersOf(nik: string): Promise<number> {
    const found = (await this.call('POST', '/sandbox/v1/balikan/search', { nik })) as { total: number };
    return found.total;
  }

  private async call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await this.send(method, path, body);
    if (!response.ok) throw new Error(`sandbox answered ${response.status} to ${method} ${path}`);
    return response.status === 204 ? undefined : response.json();
  }

  private send(method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(`${this.platform.urls['dukcapil-sandbox']}${path}`, {
      method,
      headers: {
        ...(body !== undefined && { 'content-type': 'application/json' }),
        authorization: `Bearer ${this.platform.secrets['sandbox-admin-token']}`,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  }
}
