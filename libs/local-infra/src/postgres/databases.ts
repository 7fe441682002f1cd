import pg from 'pg';

/** Said at every start: a role that was given more by hand gets no further than the next one. */
const ORDINARY = 'NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS';

/** Each service has its own database, owned by its own role, closed to every other role. */
export async function createDatabase(
  superuserUrl: string,
  name: string,
  role: string,
  password: string,
): Promise<string> {
  const [database, owner] = [pg.escapeIdentifier(name), pg.escapeIdentifier(role)];
  await asSuperuser(superuserUrl, async (client) => {
    if (!(await exists(client, 'SELECT 1 FROM pg_roles WHERE rolname = $1', role))) {
      await client.query(`CREATE ROLE ${owner}`);
    }
    await client.query(`ALTER ROLE ${owner} ${ORDINARY} LOGIN PASSWORD ${pg.escapeLiteral(password)}`);
    if (!(await exists(client, 'SELECT 1 FROM pg_database WHERE datname = $1', name))) {
      await client.query(`CREATE DATABASE ${database} OWNER ${owner}`);
    }
    await client.query(`REVOKE ALL ON DATABASE ${database} FROM PUBLIC`);
  });
  const url = new URL(superuserUrl);
  [url.username, url.password, url.pathname] = [role, password, `/${name}`];
  return url.href;
}

/** What every cluster begins with is open to everybody; nobody has business there. */
export async function closeCommonDatabases(superuserUrl: string): Promise<void> {
  await asSuperuser(superuserUrl, async (client) => {
    await client.query('REVOKE ALL ON DATABASE postgres, template1 FROM PUBLIC');
  });
}

/** Removes a database and its role, whoever is still connected. */
export async function dropDatabase(superuserUrl: string, name: string, role: string): Promise<void> {
  await asSuperuser(superuserUrl, async (client) => {
    await client.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`);
    await client.query(`DROP ROLE IF EXISTS ${pg.escapeIdentifier(role)}`);
  });
}

export async function asSuperuser(
  superuserUrl: string,
  work: (client: pg.Client) => Promise<void>,
): Promise<void> {
  const client = new pg.Client({ connectionString: superuserUrl });
  // A server that stops while we are connected is reported by the query, not by this event.
  client.on('error', () => {});
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

async function exists(client: pg.Client, query: string, name: string): Promise<boolean> {
  return (await client.query(query, [name])).rowCount !== 0;
}
