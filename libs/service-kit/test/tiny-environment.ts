/** What the tiny service needs to start against the given servers. */
export function tinyEnvironment(databaseUrl: string, natsUrl: string): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    DATABASE_POOL: '3',
    NATS_URL: natsUrl,
    // Without users configured, the broker takes any.
    NATS_USER: 'capture-intake',
    NATS_PASSWORD: 'not-asked-for',
    LOG_LEVEL: 'silent',
  };
}
