import { CreateMessaging1782864000000 } from './1782864000000-create-messaging.js';
import { SettleOutbox1795403000000 } from './1795403000000-settle-outbox.js';

/** The tables that every service on the bus has beside its own, in order. */
export const MESSAGING_MIGRATIONS = [CreateMessaging1782864000000, SettleOutbox1795403000000] as const;
