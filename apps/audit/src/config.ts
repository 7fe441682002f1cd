import { secretText } from '@absah/service-kit';
import { z } from 'zod';

export const auditConfig = z.object({
  /** Opens the log's HTTP interface, as a bearer token. */
  AUDITOR_KEY: secretText(),
});

export type AuditConfig = z.infer<typeof auditConfig>;
