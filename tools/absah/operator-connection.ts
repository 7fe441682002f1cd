import { OPERATOR } from '@absah/contracts';
import { ServiceError } from '@absah/domain-kit';
import { dataFolder } from '@absah/local-infra';
import { connectNats, QueryClient } from '@absah/messaging';
import { readOperatorSettings } from './operator-settings.js';

const CONNECT_WITHIN_MS = 5_000;

/** Runs `work` with a connection that may ask what the contracts let an operator ask, and nothing else. */
export async function asOperator<T>(work: (queries: QueryClient) => Promise<T>): Promise<T> {
  const settings = await readOperatorSettings(dataFolder());
  const connection = await withinTime(
    connectNats(
      {
        url: settings.NATS_URL,
        user: settings.NATS_USER,
        password: settings.NATS_PASSWORD.reveal(),
        caFile: settings.NATS_CA_FILE,
      },
      OPERATOR,
    ),
  );
  try {
    return await work(new QueryClient(connection));
  } finally {
    await connection.close();
  }
}

/** The services' own client waits for its broker for ever; a person at a terminal does not. */
async function withinTime<T>(connecting: Promise<T>): Promise<T> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(notReached()), CONNECT_WITHIN_MS);
  return Promise.race([connecting, late]).finally(() => clearTimeout(timer));
}

function notReached(): ServiceError {
  return new ServiceError('unavailable', 'CLI.BROKER_UNREACHABLE', 'the broker does not answer', {
    nextStep: 'Look whether the platform runs, and at NATS_URL, NATS_USER and NATS_PASSWORD.',
  });
}
