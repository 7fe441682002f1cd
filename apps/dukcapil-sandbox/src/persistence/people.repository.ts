import { parseNik, type Nik } from '@absah/domain-kit';
import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { People, Person } from '../application/ports.js';
import type { Condition } from '../domain/condition.js';
import { Vault } from './vault.js';

interface PersonRow {
  readonly nik_index: string;
  readonly sealed_nik: Buffer;
  readonly sealed_name: Buffer;
  readonly sealed_template: Buffer;
  readonly condition: Condition;
}

@Injectable()
export class PeopleRepository implements People {
  constructor(
    @Inject(DataSource) private readonly dataSource: DataSource,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  async put({ nik, name, template, condition }: Person): Promise<void> {
    const index = this.vault.nikIndex(nik);
    await this.dataSource.query(
      `INSERT INTO people (nik_index, sealed_nik, sealed_name, sealed_template, condition)
       VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (nik_index) DO UPDATE SET sealed_nik = excluded.sealed_nik, sealed_name = excluded.sealed_name,
         sealed_template = excluded.sealed_template, condition = excluded.condition, enrolled_at = now()`,
      [
        index,
        this.vault.seal(nik, `${index}:nik`),
        this.vault.seal(name, `${index}:name`),
        this.vault.seal(template, `${index}:template`),
        condition,
      ],
    );
  }

  async find(nik: Nik): Promise<Person | undefined> {
    const rows = await this.dataSource.query<PersonRow[]>('SELECT * FROM people WHERE nik_index = $1', [
      this.vault.nikIndex(nik),
    ]);
    return rows.map((row) => this.toPerson(row))[0];
  }

  async setCondition(nik: Nik, condition: Condition): Promise<boolean> {
    const [, count] = await this.dataSource.query<[unknown[], number]>(
      'UPDATE people SET condition = $2 WHERE nik_index = $1',
      [this.vault.nikIndex(nik), condition],
    );
    return count === 1;
  }

  async countKnown(niks: readonly Nik[]): Promise<number> {
    const rows = await this.dataSource.query<{ count: number }[]>(
      'SELECT count(*)::integer AS count FROM people WHERE nik_index = ANY($1::text[])',
      [niks.map((nik) => this.vault.nikIndex(nik))],
    );
    return rows[0]?.count ?? 0;
  }

  async list(limit: number): Promise<readonly Person[]> {
    const rows = await this.dataSource.query<PersonRow[]>(
      'SELECT * FROM people ORDER BY enrolled_at DESC, nik_index LIMIT $1',
      [limit],
    );
    return rows.map((row) => this.toPerson(row));
  }

  private toPerson(row: PersonRow): Person {
    const index = row.nik_index;
    const nik = parseNik(this.vault.openText(row.sealed_nik, `${index}:nik`));
    if (!nik) throw new Error('a stored NIK does not parse');
    return {
      nik,
      name: this.vault.openText(row.sealed_name, `${index}:name`),
      template: this.vault.open(row.sealed_template, `${index}:template`),
      condition: row.condition,
    };
  }
}
