/**
 * One round trip: answer a repeated request, else take the lowest free slot and write its pending
 * entry. Who takes a slot of the same person meanwhile is waited for; if that left this one's number
 * taken, the statement takes nothing and is run again with a fresh snapshot.
 *
 * $1 subject · $2 operator · $3 document · $4 case · $5 transfer · $6 minutes · $7 first check, ms
 */
export const RESERVE = `
  WITH answered AS (
    SELECT FROM ledger_entries WHERE case_id = $4 AND kind IN ('pending', 'refused')
  ), rule AS (
    SELECT scope, cap FROM rule_in_force($3, $2)
  ), holdings AS (
    SELECT coalesce(array_agg(slot_number), '{}') AS held FROM rule, slots
    WHERE subject_ref = $1 AND (rule.scope = 'person' OR operator_id = $2)
  ), free AS (
    SELECT number FROM rule, holdings, generate_series(1, rule.cap) AS number
    WHERE cardinality(held) < rule.cap AND number <> ALL (held) AND NOT EXISTS (SELECT FROM answered)
    ORDER BY number LIMIT 1
  ), taken AS (
    INSERT INTO slots (subject_ref, operator_id, document, slot_number, transfer_id, case_id, state, expires_at, check_at)
    SELECT $1, $2, $3, number, $5, $4, 'pending',
           now() + make_interval(mins => $6), now() + $7 * interval '1 millisecond' FROM free
    ON CONFLICT DO NOTHING
    RETURNING slot_number, expires_at
  ), entry AS (
    INSERT INTO ledger_entries (transfer_id, kind, subject_ref, operator_id, document, case_id, slot_number)
    SELECT $5, 'pending', $1, $2, $3, $4, slot_number FROM taken
  )
  SELECT rule.cap, holdings.held, taken.slot_number, taken.expires_at,
         EXISTS (SELECT FROM answered) AS answered_before
  FROM rule CROSS JOIN holdings LEFT JOIN taken ON true`;

/** $1 subject · $2 operator · $3 document · $4 case · $5 transfer. Nothing, when the case was answered meanwhile. */
export const REFUSE = `
  INSERT INTO ledger_entries (transfer_id, kind, subject_ref, operator_id, document, case_id)
  VALUES ($5, 'refused', $1, $2, $3, $4)
  ON CONFLICT DO NOTHING
  RETURNING 1`;
