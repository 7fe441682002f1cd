/** $1 subject · $2 after this entry · $3 limit. One statement: entries and slots of the same moment. */
export const STATEMENT = `
  WITH lines AS (
    SELECT id, at, kind, case_id, operator_id, document, slot_number,
           sum(CASE kind WHEN 'pending' THEN 1 WHEN 'posted' THEN -1 WHEN 'voided' THEN -1 WHEN 'expired' THEN -1
               ELSE 0 END) OVER so_far AS pending,
           sum(CASE kind WHEN 'posted' THEN 1 WHEN 'released' THEN -1 ELSE 0 END) OVER so_far AS posted
    FROM ledger_entries WHERE subject_ref = $1
    WINDOW so_far AS (ORDER BY id)
  ), page AS (
    SELECT * FROM lines WHERE id > $2 ORDER BY id LIMIT $3
  ), balance AS (
    SELECT pending, posted FROM lines ORDER BY id DESC LIMIT 1
  ), held AS (
    SELECT count(*) FILTER (WHERE state = 'pending') AS pending, count(*) FILTER (WHERE state = 'posted') AS posted
    FROM slots WHERE subject_ref = $1
  )
  SELECT held.pending::int, held.posted::int,
         held.pending = coalesce(balance.pending, 0) AND held.posted = coalesce(balance.posted, 0) AS balanced,
         coalesce((SELECT max(id) FROM lines), 0)::int8 AS last,
         coalesce((SELECT json_agg(json_build_object(
           'number', id, 'at', at, 'kind', kind, 'caseId', case_id, 'operatorId', operator_id,
           'document', document, 'slotNumber', slot_number, 'pending', pending, 'posted', posted
         ) ORDER BY id) FROM page), '[]') AS entries
  FROM held LEFT JOIN balance ON true`;

/** $1 after this subject, or an empty text · $2 how many people. */
export const CHECK = `
  WITH people AS (
    SELECT subject_ref FROM (
      (SELECT DISTINCT subject_ref FROM ledger_entries WHERE subject_ref > $1 ORDER BY 1 LIMIT $2)
      UNION
      (SELECT DISTINCT subject_ref FROM slots WHERE subject_ref > $1 ORDER BY 1 LIMIT $2)
    ) AS anyone ORDER BY 1 LIMIT $2
  ), latest AS (
    SELECT DISTINCT ON (transfer_id) transfer_id, subject_ref, case_id, operator_id, document, slot_number, kind
    FROM ledger_entries JOIN people USING (subject_ref) ORDER BY transfer_id, id DESC
  ), written AS (
    SELECT * FROM latest WHERE kind IN ('pending', 'posted')
  ), held AS (
    SELECT transfer_id, subject_ref, case_id, operator_id, document, slot_number, state
    FROM slots JOIN people USING (subject_ref)
  ), discrepancies AS (
    SELECT coalesce(written.subject_ref, held.subject_ref) AS "subjectRef",
           coalesce(written.case_id, held.case_id) AS "caseId",
           written.kind AS "byEntries", held.state AS "bySlots"
    FROM written FULL JOIN held USING (transfer_id)
    WHERE (written.subject_ref, written.case_id, written.operator_id, written.document, written.slot_number, written.kind)
          IS DISTINCT FROM
          (held.subject_ref, held.case_id, held.operator_id, held.document, held.slot_number, held.state)
  )
  SELECT (SELECT count(*)::int FROM people) AS people, (SELECT max(subject_ref) FROM people) AS last,
         coalesce((SELECT json_agg(discrepancies) FROM discrepancies), '[]') AS discrepancies`;
