import type { SpawnedPlatform } from '../../../tools/laptop/spawn-platform.js';

/** Decides what the registry does when it is asked about this person. */
export async function scriptPerson(
  { urls, secrets }: Pick<SpawnedPlatform, 'urls' | 'secrets'>,
  nik: string,
  condition: 'none' | 'hang' | 'outage',
): Promise<void> {
  const response = await fetch(`${urls['dukcapil-sandbox']}/sandbox/v1/people/condition`, {
    method: 'PUT',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${secrets['sandbox-admin-token']}`,
    },
    body: JSON.stringify({ nik, condition }),
  });
  if (!response.ok) throw new Error(`the sandbox answered ${response.status}`);
}
