import { Client, type ClientConfig } from 'pg';

type Send = (text: unknown, values?: unknown, callback?: unknown) => unknown;

/** What goes beyond, such as lists of varying length spelled out, is sent unprepared. */
const MAX_STATEMENTS = 500;
/** A migration of a newer replica changed the columns that a prepared `SELECT *` returns. */
const PLAN_OUTDATED = '0A000';

/**
 * Sends what TypeORM asks for at less cost: a statement with parameters is parsed and planned once
 * per connection, and a transaction begins together with its first statement, not a round trip before it.
 */
export class DatabaseClient extends Client {
  private readonly names = new Map<string, string>();
  private statements = 0;
  private beginning = false;

  constructor(config: ClientConfig) {
    super({ ...config, pipeline: true });
    const send = this.query.bind(this) as Send;
    const query: Send = (text, values, callback) => this.sendPrepared(send, text, values, callback);
    this.query = query as Client['query'];
  }

  private sendPrepared(send: Send, text: unknown, values: unknown, callback: unknown): unknown {
    if (text === 'START TRANSACTION') {
      this.beginning = true;
      return Promise.resolve({ command: 'START', rowCount: null, rows: [] });
    }
    this.beginFirst(send);
    const hasValues = Array.isArray(values) && values.length > 0;
    if (typeof text !== 'string' || !hasValues || callback !== undefined) return send(text, values, callback);
    const name = this.nameOf(text);
    return name === undefined ? send(text, values) : this.run(send, { name, text, values });
  }

  private beginFirst(send: Send): void {
    if (!this.beginning) return;
    this.beginning = false;
    // It fails only with the connection, and then the statement behind it says so.
    (send('START TRANSACTION') as Promise<unknown>).catch(() => undefined);
  }

  private nameOf(text: string): string | undefined {
    const known = this.names.get(text);
    if (known !== undefined || this.names.size >= MAX_STATEMENTS) return known;
    this.statements += 1;
    const name = `statement_${this.statements}`;
    this.names.set(text, name);
    return name;
  }

  private run(send: Send, query: { name: string; text: string; values: unknown[] }): Promise<unknown> {
    return (send(query) as Promise<unknown>).catch((error: unknown) => {
      // Prepared anew under another name when it is tried again.
      if ((error as { code?: unknown }).code === PLAN_OUTDATED) this.names.delete(query.text);
      throw error;
    });
  }
}
