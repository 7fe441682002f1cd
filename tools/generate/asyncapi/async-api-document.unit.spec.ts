import { EVENTS, QUERIES } from '@absah/contracts';
import { Parser } from '@asyncapi/parser';
import { describe, expect, it } from '@jest/globals';
import { asyncApiDocument } from './async-api-document.js';

/** As the parser numbers severities: it reports warnings and hints as well. */
const ERRORS = new Set<number>([0]);

async function faultsOf(document: object): Promise<readonly string[]> {
  const diagnostics = await new Parser().validate(JSON.stringify(document));
  return diagnostics.filter(({ severity }) => ERRORS.has(severity)).map(({ message }) => message);
}

describe('the AsyncAPI document', () => {
  const document = asyncApiDocument();
  const operationsOn = (name: string) =>
    Object.entries(document.operations).filter(([, { channel }]) => channel.$ref === `#/channels/${name}`);

  it('is valid AsyncAPI 3.0', async () => {
    expect(await faultsOf(document)).toEqual([]);
  });

  it('would be refused with an operation on a channel that does not exist', async () => {
    const astray = { action: 'send', channel: { $ref: '#/channels/Nowhere' } };
    expect(await faultsOf({ ...document, operations: { astray } })).not.toEqual([]);
  });

  it.each(EVENTS.map(({ name, subject, owner }) => [name, subject, owner]))(
    'says that %s travels on %s and only %s sends it',
    (name, subject, owner) => {
      expect(document.channels[name]?.address).toBe(subject);
      const senders = operationsOn(name).filter(([, { action }]) => action === 'send');
      expect(senders.map(([, { tags }]) => tags)).toEqual([[{ name: owner }]]);
    },
  );

  it.each(EVENTS.map(({ name }) => name))('says that the audit log hears %s (A1)', (name) => {
    expect(operationsOn(name).map(([operation]) => operation)).toContain(`audit-receives-${name}`);
  });

  it.each(QUERIES.map(({ name, owner, askedBy }) => [name, owner, askedBy] as const))(
    'says who asks and who answers %s',
    (name, owner, askedBy) => {
      const expected = [`${owner}-answers-${name}`, ...askedBy.map((asker) => `${asker}-asks-${name}`)];
      expect(operationsOn(name).map(([operation]) => operation)).toEqual(expected);
      expect(operationsOn(name).map(([, { reply }]) => reply?.channel.$ref)).toEqual(
        expected.map(() => `#/channels/${name}Reply`),
      );
    },
  );
});
