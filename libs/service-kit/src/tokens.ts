/** The service's own parsed and frozen configuration. */
export const SERVICE_CONFIG = Symbol('ServiceConfig');

/** `Clock` of domain-kit. */
export const CLOCK = Symbol('Clock');
