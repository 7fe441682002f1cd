import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  BookReader,
  type CheckedBooks,
  type Discrepancy,
  type Statement,
  type StatementLine,
} from '../application/ports.js';
import { CHECK, STATEMENT } from './statement.sql.js';

/** A line has about 250 bytes: a page fits into any message. */
const LINES_PER_PAGE = 500;
const PEOPLE_PER_PAGE = 1000;

interface StatementRow {
  readonly entries: readonly StatementLine[];
  readonly pending: number;
  readonly posted: number;
  readonly balanced: boolean;
  readonly last: string;
}

interface CheckRow {
  readonly people: number;
  readonly last: string | null;
  readonly discrepancies: readonly Discrepancy[];
}

@Injectable()
export class PostgresBookReader extends BookReader {
  constructor(@Inject(DataSource) private readonly dataSource: DataSource) {
    super();
  }

  async statementOf(subjectRef: string, after: number): Promise<Statement> {
    const parameters = [subjectRef, after, LINES_PER_PAGE];
    const [row] = await this.dataSource.query<[StatementRow]>(STATEMENT, parameters);
    const { pending, posted, balanced } = row;
    const entries = row.entries.map((line) => ({ ...line, at: new Date(line.at).toISOString() }));
    const reached = entries.at(-1)?.number;
    const next = reached !== undefined && reached < Number(row.last) ? reached : null;
    return { entries, next, held: { pending, posted }, balanced };
  }

  async check(after: string | null): Promise<CheckedBooks> {
    const [row] = await this.dataSource.query<[CheckRow]>(CHECK, [after ?? '', PEOPLE_PER_PAGE]);
    const { people, last, discrepancies } = row;
    return { people, next: people === PEOPLE_PER_PAGE ? last : null, discrepancies };
  }
}
