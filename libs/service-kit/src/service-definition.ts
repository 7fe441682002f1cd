import type { ServiceName } from '@absah/contracts';
import type { DynamicModule, Type } from '@nestjs/common';
import type { FastifyServerOptions } from 'fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { MigrationInterface } from 'typeorm';
import type { z } from 'zod';

/** The registry's stand-in has a database and HTTP, but no place on the bus. */
export type AnyServiceName = ServiceName | 'dukcapil-sandbox';

export type MigrationClass = new () => MigrationInterface;

/** One service, as its `main.ts`, the laptop launcher and the tests start it. */
export interface ServiceDefinition<C = unknown> {
  readonly name: AnyServiceName;
  /** Parses the environment into the service's own settings. */
  readonly config: z.ZodType<C>;
  readonly module: (config: Readonly<C>) => Type | DynamicModule;
  readonly migrations: readonly MigrationClass[];
  /** False for a service without a place on the bus. */
  readonly messaging?: boolean;
  /** PEM file of the authority whose client certificates count. Callers are asked for one; routes judge it. */
  readonly clientAuthority?: (config: Readonly<C>) => string | undefined;
  readonly fastify?: (config: Readonly<C>) => FastifyServerOptions;
  /** Registers plugins and documents before the port opens. */
  readonly http?: (app: NestFastifyApplication, config: Readonly<C>) => void | Promise<void>;
}

export function defineService<C>(definition: ServiceDefinition<C>): ServiceDefinition<C> {
  return Object.freeze(definition);
}
