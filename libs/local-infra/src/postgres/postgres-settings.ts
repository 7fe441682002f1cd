export type PostgresSettings = Readonly<Record<string, string | number>>;

/** For a laptop that also runs everything else. Durability is left on: benches must tell the truth. */
const laptopSettings: PostgresSettings = {
  shared_buffers: '128MB',
  max_connections: 200,
  min_wal_size: '160MB',
  max_wal_size: '2GB',
  checkpoint_completion_target: 0.9,
  // A new title per statement would cost a system call, for nobody's eyes.
  update_process_title: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Statements and error details would carry rows, and with them personal data, into the log.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};

/** For clusters that are thrown away: a kill may lose commits, a power cut the cluster. */
export const withoutDurability: PostgresSettings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
};

/** Certificate and key are found by their names in the cluster. Nothing below TLS 1.3 is spoken (A3). */
const tlsSettings: PostgresSettings = {
  ssl: 'on',
  ssl_min_protocol_version: 'TLSv1.3',
};

export function settingArguments(
  port: number,
  options: { readonly settings?: PostgresSettings; readonly tls?: unknown },
): string[] {
  const settings = {
    ...laptopSettings,
    ...options.settings,
    ...(options.tls !== undefined && tlsSettings),
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
