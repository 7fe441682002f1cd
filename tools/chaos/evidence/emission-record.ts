import { SERVICE_NAMES, type ServiceName } from '@absah/contracts';
import { rowsOf } from './database.js';
import type { EmittedEvent } from './evidence.js';

type DatabaseUrls = Readonly<Record<ServiceName, string>>;

// In the transaction of the service itself, so that the record can neither lack an event nor invent one.
// The outbox alone does not do: a row leaves it once everybody has taken the event.
const RECORD = `
  CREATE TABLE chaos_emitted (id uuid NOT NULL, subject text NOT NULL, case_id text, decision text);
  CREATE FUNCTION chaos_record_emission() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO chaos_emitted VALUES
      (NEW.id, NEW.subject, NEW.payload ->> 'caseId', NEW.payload ->> 'decision');
    RETURN NULL;
  END $$;
  LOCK TABLE outbox IN SHARE ROW EXCLUSIVE MODE;
  INSERT INTO chaos_emitted SELECT id, subject, payload ->> 'caseId', payload ->> 'decision' FROM outbox;
  CREATE TRIGGER chaos_records_emissions AFTER INSERT ON outbox
    FOR EACH ROW EXECUTE FUNCTION chaos_record_emission()`;

interface EmittedRow {
  readonly id: string;
  readonly subject: string;
  readonly case_id: string | null;
  readonly decision: string | null;
}

/** Remembers, in each service's database, every event that it commits. Before anybody comes. */
export async function recordEmissions(urls: DatabaseUrls): Promise<void> {
  for (const service of SERVICE_NAMES) await rowsOf(urls[service], RECORD);
}

export async function readEmissions(urls: DatabaseUrls): Promise<readonly EmittedEvent[]> {
  const all = SERVICE_NAMES.map(async (service) => {
    const rows = await rowsOf<EmittedRow>(urls[service], 'SELECT * FROM chaos_emitted');
    return rows.map((row): EmittedEvent => ({
      service,
      id: row.id,
      subject: row.subject,
      caseId: row.case_id ?? undefined,
      decision: row.decision ?? undefined,
    }));
  });
  return (await Promise.all(all)).flat();
}
