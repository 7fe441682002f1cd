import type { ServiceName } from '@absah/contracts';
import { brokerPermissions } from '@absah/messaging';
import { startService, type RunningService, type ServiceDefinition } from '@absah/service-kit';
import { createTestDatabase, startTestNats, waitFor } from '@absah/testing';
import { connect } from '@nats-io/transport-node';
import { DataSource } from 'typeorm';
import { EventBus } from './event-bus.js';
import { Releases } from './releases.js';

const TESTER = 'tester';
const PASSWORD = 'of-this-test-only';

export type Settings = Readonly<Record<string, string>>;

export interface ReplicaOptions {
  /** A user who may not purge captures is as good as a process that dies before it does. */
  readonly mayPurge?: boolean;
}

/** One service between real servers: a broker that grants it what the contracts say, a database of its own. */
export class ServiceUnderTest {
  /** What the replicas logged, a JSON text per line. */
  readonly logged: string[] = [];
  private readonly replicas: RunningService[] = [];

  private constructor(
    private readonly start: (settings: Settings, write: (line: string) => void) => Promise<RunningService>,
    private readonly user: ServiceName,
    private readonly releases: Releases,
    /** As the owner of the service's tables. */
    readonly database: DataSource,
    readonly bus: EventBus,
  ) {}

  /** No replica runs yet; each will be started with `settings`. */
  static async prepare<Config>(
    definition: ServiceDefinition<Config>,
    settings: Settings = {},
  ): Promise<ServiceUnderTest> {
    const releases = new Releases();
    try {
      const service = definition.name as ServiceName;
      const nats = releases.keep(await startTestNats(usersFor(service)), (server) => server.stop());
      const own = releases.keep(await createTestDatabase(), (database) => database.drop());
      const dataSource = new DataSource({ type: 'postgres', url: own.url });
      const database = releases.keep(await dataSource.initialize(), (pool) => pool.destroy());
      const tester = await connect({ servers: nats.url, user: TESTER, pass: PASSWORD });
      const bus = await EventBus.join(
        releases.keep(tester, (connection) => connection.close()),
        service,
      );
      const surroundings = {
        DATABASE_URL: own.url,
        NATS_URL: nats.url,
        NATS_PASSWORD: PASSWORD,
        ...settings,
      };
      return new ServiceUnderTest(
        (more, write) =>
          startService(definition, { ...surroundings, ...more }, { logDestination: { write } }),
        service,
        releases,
        database,
        bus,
      );
    } catch (error) {
      await releases.all();
      throw error;
    }
  }

  async startReplica(
    settings: Settings = {},
    { mayPurge = true }: ReplicaOptions = {},
  ): Promise<RunningService> {
    const user = mayPurge ? this.user : withoutPurge(this.user);
    const replica = await this.start({ NATS_USER: user, ...settings }, (line) => void this.logged.push(line));
    this.replicas.push(replica);
    return replica;
  }

  async stopReplicas(): Promise<void> {
    await Promise.all(this.replicas.splice(0).map((replica) => replica.close()));
  }

  async close(): Promise<void> {
    await this.stopReplicas().finally(() => this.releases.all());
  }

  async rows<Row>(sql: string, ...parameters: unknown[]): Promise<Row[]> {
    return this.database.query<Row[]>(sql, parameters);
  }

  /** The bus heard everything that the service committed to saying. */
  async announced(): Promise<void> {
    const unheard = async () =>
      (await this.rows<{ id: string }>('SELECT id FROM outbox')).filter(({ id }) => !this.bus.hasHeard(id));
    await waitFor(async () => (await unheard()).length === 0, { description: 'all events to be published' });
  }

  /** The codes of the messages that the service buried. */
  async deadLetters(): Promise<string[]> {
    const rows = await this.rows<{ code: string }>('SELECT code FROM dead_letters');
    return rows.map(({ code }) => code);
  }
}

function usersFor(service: ServiceName) {
  const allowed = brokerPermissions(service);
  const publish = allowed.publish.filter((subject) => !subject.startsWith('$JS.API.STREAM.PURGE'));
  return [
    { user: TESTER, password: PASSWORD },
    { user: service, password: PASSWORD, ...allowed },
    { user: withoutPurge(service), password: PASSWORD, ...allowed, publish },
  ];
}

function withoutPurge(service: ServiceName): string {
  return `${service}-without-purge`;
}
