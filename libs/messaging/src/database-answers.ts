import type { DataSource } from 'typeorm';

/** Tells a failure of the message from an outage, in which no handler can succeed. */
export function databaseAnswers(dataSource: DataSource): Promise<boolean> {
  return dataSource.query('SELECT 1').then(
    () => true,
    () => false,
  );
}
