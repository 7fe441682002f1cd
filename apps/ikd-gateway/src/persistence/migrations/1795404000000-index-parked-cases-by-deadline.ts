import type { MigrationInterface, QueryRunner } from 'typeorm';

export class IndexParkedCasesByDeadline1795404000000 implements MigrationInterface {
  /** In this order they are asked and given up; what is due is most of a backlog, so its own index selects nothing. */
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX parked_cases_deadline ON parked_cases (decide_by, parked_at);
      DROP INDEX parked_cases_due;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX parked_cases_deadline;
      CREATE INDEX parked_cases_due ON parked_cases (next_attempt_at);
    `);
  }
}
