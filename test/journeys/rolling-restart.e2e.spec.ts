import { SERVICE_NAMES, type ServiceName } from '@absah/contracts';
import { silent } from '@absah/local-infra';
import { waitFor } from '@absah/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { enrolNewPerson, prepareFaces, type Face } from '../../tools/bench/pipeline/subjects.js';
import type { ServicePart } from '../../tools/laptop/many-processes-host.js';
import { startManyProcesses, type Platform } from '../../tools/laptop/platform.js';
import { makeTemporaryData, removeTemporaryData } from '../../tools/laptop/temporary-data.js';
import { START_TIMEOUT_MS } from './bed/journey-bed.js';
import { OperatorClient } from './desks/operator-client.js';
import { ReadyReplicas } from './desks/ready-replicas.js';
import { SteadyLoad } from './desks/steady-load.js';

const PEOPLE = 150;
/** So few that what piles up before a service that is away stays within the places that are always there. */
const EVERY_MS = 1_500;
/** Longer than it takes the one who spreads requests to notice, as in production. */
const SHUTDOWN_DELAY_MS = 2_000;
const SPEC_TIMEOUT_MS = 300_000;
const CATCH_UP_MS = 90_000;

/** The others hear of a case over the bus, where it waits for them. */
const ASKED_DURING_A_REQUEST: ReadonlySet<ServiceName> = new Set(['privacy']);

let dataDir: string;
let platform: Platform<ServicePart>;
let her: Face;
let niks: string[];
let replicas: ReadyReplicas;

beforeAll(async () => {
  dataDir = await makeTemporaryData('journey');
  const settings = { SHUTDOWN_DELAY_MS: String(SHUTDOWN_DELAY_MS) };
  platform = await startManyProcesses({ dataDir, apiPort: 0, progress: silent, settings });
  her = (await prepareFaces(platform.infrastructure.addresses.modelsDir))[0]!;
  niks = [];
  while (niks.length < PEOPLE) niks.push(await enrolNewPerson(platform, her));
  replicas = new ReadyReplicas();
  await replicas.add(platform.urls['capture-intake']);
}, START_TIMEOUT_MS * 2);

afterAll(async () => {
  await replicas?.close();
  await platform?.stop();
  await removeTemporaryData(dataDir);
}, START_TIMEOUT_MS);

/** Whichever replica of the intake takes it. */
function client(): OperatorClient {
  return new OperatorClient({
    urls: { ...platform.urls, 'capture-intake': replicas.next() },
    secrets: platform.secrets,
  });
}

/** The new one first: who is asked during a request is never away. */
async function replace(name: ServiceName): Promise<void> {
  await platform.startReplica(name);
  await platform.services[name].stop();
}

/** The new one first: what faces operators is never away. */
async function replaceIntake(old: ServicePart): Promise<ServicePart> {
  const fresh = await platform.startReplica('capture-intake');
  await replicas.add(fresh.url);
  await old.stop();
  replicas.remove(old.url);
  return fresh;
}

/** As an orchestrator does, which restarts the next service when the last one is back at work. */
async function caughtUp(load: SteadyLoad): Promise<void> {
  const ids = [...load.ids];
  await waitFor(() => load.ids.length > ids.length, {
    description: 'a request beside it',
    timeoutMs: CATCH_UP_MS,
  });
  for (const id of ids.slice(-20)) await decided(id);
}

function decided(id: string): Promise<true> {
  return waitFor(async () => (await client().read(id)).status !== 'processing', {
    description: `the decision of ${id}`,
    timeoutMs: CATCH_UP_MS,
  });
}

describe('a rolling restart under load (U3, V9)', () => {
  it(
    'fails no request and loses no case, whichever service is restarted',
    async () => {
      const load = new SteadyLoad(client, niks, { bytes: her.image }, EVERY_MS);
      const intake = await replaceIntake(platform.services['capture-intake']);
      for (const name of SERVICE_NAMES.filter((one) => one !== 'capture-intake')) {
        load.meanwhile(`restart of ${name}`);
        await (ASKED_DURING_A_REQUEST.has(name) ? replace(name) : platform.services[name].restart());
        load.meanwhile(`catching up after ${name}`);
        await caughtUp(load);
      }
      await replaceIntake(intake);
      const { ids, failures } = await load.finish();
      expect(failures).toEqual([]);
      expect(ids.length).toBeGreaterThan(SERVICE_NAMES.length);
      await Promise.all(ids.map(decided));
      const statuses = await Promise.all(ids.map(async (id) => (await client().read(id)).status));
      expect(new Set(statuses)).toEqual(new Set(['approved']));
    },
    SPEC_TIMEOUT_MS,
  );
});
