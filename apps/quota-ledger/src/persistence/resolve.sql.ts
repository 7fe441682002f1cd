const ENTRY_OF = (kind: string) => `
  INSERT INTO ledger_entries (transfer_id, kind, subject_ref, operator_id, document, case_id, slot_number)
  SELECT transfer_id, ${kind}, subject_ref, operator_id, document, case_id, slot_number FROM resolved`;

/** $1 cases. Waits for whoever frees one of them and then finds nothing to post. */
export const POST = `
  WITH due AS (
    SELECT case_id FROM slots WHERE case_id = ANY ($1) AND state = 'pending' ORDER BY case_id FOR UPDATE
  ), resolved AS (
    UPDATE slots SET state = 'posted', expires_at = NULL, check_at = NULL
    FROM due WHERE slots.case_id = due.case_id
    RETURNING slots.*
  ), entry AS (${ENTRY_OF(`'posted'`)})
  SELECT transfer_id, case_id, subject_ref, slot_number FROM resolved`;

/** $1 cases that are over. Rows that another replica or an activation holds are left to it. */
export const FREE_PENDING = `
  WITH due AS (
    SELECT case_id FROM slots WHERE case_id = ANY ($1) AND state = 'pending' FOR UPDATE SKIP LOCKED
  ), resolved AS (
    DELETE FROM slots USING due WHERE slots.case_id = due.case_id
    RETURNING slots.*, CASE WHEN expires_at <= now() THEN 'expired' ELSE 'voided' END AS cause
  ), entry AS (${ENTRY_OF('cause')})
  SELECT transfer_id, case_id, subject_ref, slot_number, cause FROM resolved`;

/** $1 case. */
export const RELEASE_POSTED = `
  WITH resolved AS (
    DELETE FROM slots WHERE case_id = $1 AND state = 'posted' RETURNING *
  ), entry AS (${ENTRY_OF(`'released'`)})
  SELECT transfer_id, case_id, subject_ref, slot_number FROM resolved`;

/**
 * $1 limit · $2 shortest time between two checks of a slot, ms. A slot whose case stays open is asked
 * about ever more rarely, by a quarter of the time that it has waited, but as soon as its time is over.
 */
export const CLAIM_UNCHECKED = `
  WITH due AS (
    SELECT case_id FROM slots WHERE state = 'pending' AND check_at <= now()
    ORDER BY check_at LIMIT $1
    FOR UPDATE SKIP LOCKED
  )
  UPDATE slots
  SET check_at = CASE
    WHEN expires_at > now()
      THEN least(expires_at, now() + greatest($2 * interval '1 millisecond', (now() - reserved_at) / 4))
    ELSE now() + least(interval '10 minutes', greatest($2 * interval '1 millisecond', (now() - expires_at) / 4))
  END
  FROM due WHERE slots.case_id = due.case_id
  RETURNING slots.case_id`;

/** $1 case. What was written about it, in order. */
export const HISTORY = `
  SELECT kind FROM ledger_entries
  WHERE transfer_id = (SELECT transfer_id FROM ledger_entries WHERE case_id = $1 AND kind IN ('pending', 'refused'))
  ORDER BY id`;
