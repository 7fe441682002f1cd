import type { EntityManager } from 'typeorm';
import { decideAdoption, type Adoption, type CapPolicy, type CapRule } from '../domain/cap-policy.js';

interface RuleRow {
  readonly revision: number;
  readonly adopted_by: string;
  readonly document: CapRule['document'];
  readonly operator_id: string;
  readonly scope: CapRule['scope'];
  readonly cap: number;
}

const IN_FORCE = `
  SELECT revision, adopted_by, document, operator_id, scope, cap
  FROM policy_revisions JOIN cap_rules USING (revision)
  WHERE revision = (SELECT max(revision) FROM policy_revisions)`;

/** Replicas that start together decide one after the other; readers of the policy do not wait. */
export async function adoptPolicy(manager: EntityManager, policy: CapPolicy): Promise<Adoption> {
  await manager.query('LOCK TABLE policy_revisions IN SHARE ROW EXCLUSIVE MODE');
  const adoption = decideAdoption(policy, toPolicy(await manager.query<RuleRow[]>(IN_FORCE)));
  if (adoption.kind === 'adopted') await insert(manager, policy);
  return adoption;
}

async function insert(manager: EntityManager, { revision, author, rules }: CapPolicy): Promise<void> {
  await manager.query('INSERT INTO policy_revisions (revision, adopted_by) VALUES ($1, $2)', [
    revision,
    author,
  ]);
  await manager.query(
    `INSERT INTO cap_rules (revision, document, operator_id, scope, cap)
     SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::smallint[])`,
    [
      revision,
      rules.map((rule) => rule.document),
      rules.map((rule) => rule.operatorId ?? '*'),
      rules.map((rule) => rule.scope),
      rules.map((rule) => rule.cap),
    ],
  );
}

function toPolicy(rows: readonly RuleRow[]): CapPolicy | undefined {
  const [first] = rows;
  return first && { revision: first.revision, author: first.adopted_by, rules: rows.map(toRule) };
}

function toRule({ document, operator_id: operatorId, scope, cap }: RuleRow): CapRule {
  return { document, scope, cap, ...(operatorId !== '*' && { operatorId }) };
}
