import pg from 'pg';

/** One connection, one question: between two of them the server may have been killed. */
export async function rowsOf<Row extends pg.QueryResultRow>(
  url: string,
  query: string,
): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // Ends a question that a killed server leaves open.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(query)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}
