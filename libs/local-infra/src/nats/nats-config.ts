export interface NatsUser {
  readonly user: string;
  readonly password: string;
  /** Subjects it may publish to; all when left out, none when empty. */
  readonly publish?: readonly string[];
  /** Subjects it may subscribe to; all when left out, none when empty. */
  readonly subscribe?: readonly string[];
  /** May answer requests it received, whatever their reply subject. */
  readonly allowResponses?: boolean;
}

export interface NatsTls {
  readonly certFile: string;
  readonly keyFile: string;
}

export interface NatsLimits {
  readonly maxMemoryBytes: number;
  readonly maxFileBytes: number;
}

export interface NatsConfigInput {
  readonly storeDir: string;
  /** -1 lets the server choose. */
  readonly port: number;
  readonly portsFolder: string;
  readonly users: readonly NatsUser[];
  readonly limits: NatsLimits;
  /** Clients talk in the clear when left out. */
  readonly tls?: NatsTls | undefined;
}

/** Longer than the default: a machine that starts everything at once is slow with everybody's first handshake. */
const TLS_HANDSHAKE_SECONDS = 10;

/** Above the largest message, a sealed burst or face image, with room to spare. */
export const MAX_PAYLOAD_BYTES = 8 * 1024 * 1024;

/** nats-server's configuration language contains JSON. */
export function renderNatsConfig(input: NatsConfigInput): string {
  const config = {
    listen: `127.0.0.1:${input.port}`,
    ports_file_dir: input.portsFolder,
    max_payload: MAX_PAYLOAD_BYTES,
    jetstream: {
      store_dir: input.storeDir,
      max_memory_store: input.limits.maxMemoryBytes,
      max_file_store: input.limits.maxFileBytes,
    },
    ...(input.tls && { tls: renderTls(input.tls) }),
    ...(input.users.length > 0 && { authorization: { users: input.users.map(renderUser) } }),
  };
  return JSON.stringify(config, undefined, 2);
}

/** The version is the client's to refuse: Debian's server knows no lowest one, and stops at the word. */
function renderTls({ certFile, keyFile }: NatsTls) {
  return { cert_file: certFile, key_file: keyFile, timeout: TLS_HANDSHAKE_SECONDS };
}

function renderUser({ user, password, publish, subscribe, allowResponses }: NatsUser) {
  if (!publish && !subscribe && !allowResponses) return { user, password };
  const permissions = {
    publish: renderSubjects(publish),
    subscribe: renderSubjects(subscribe),
    ...(allowResponses && { allow_responses: true }),
  };
  return { user, password, permissions };
}

/** The server reads an empty allow list as no restriction, so "none" is written as a denial. */
function renderSubjects(subjects: readonly string[] | undefined) {
  if (!subjects) return { allow: ['>'] };
  return subjects.length === 0 ? { deny: ['>'] } : { allow: subjects };
}
