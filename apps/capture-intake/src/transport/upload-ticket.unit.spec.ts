import { PassThrough } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it, jest } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import { issueTicket, releaseTicket } from './upload-ticket.js';

const request = () => ({}) as FastifyRequest;
const answer = () => new PassThrough().resume().on('error', () => undefined);

describe('the ticket of an upload', () => {
  it.each<[string, (answer: PassThrough) => void]>([
    ['is sent', (sent) => sent.end('done')],
    ['is cut off', (cut) => cut.destroy()],
    ['fails', (failed) => failed.destroy(new Error('reset'))],
    ['is sent and its connection closed', (both) => both.end('done', () => both.destroy())],
  ])('is given back once when its answer %s', async (_, end) => {
    const [ending, open] = [answer(), answer()];
    const [first, second] = [jest.fn(), jest.fn()];
    issueTicket(request(), ending, first);
    issueTicket(request(), open, second);
    end(ending);
    await turn();
    await turn();
    expect([first.mock.calls.length, second.mock.calls.length]).toEqual([1, 0]);
  });

  it('is given back when the connection was gone before', async () => {
    const gone = answer().destroy();
    await turn();
    const giveBack = jest.fn();
    issueTicket(request(), gone, giveBack);
    await turn();
    expect(giveBack).toHaveBeenCalledTimes(1);
  });

  it('may be given back before the answer, and then not again', async () => {
    const [asked, answering, giveBack] = [request(), answer(), jest.fn()];
    issueTicket(asked, answering, giveBack);
    releaseTicket(asked);
    expect(giveBack).toHaveBeenCalledTimes(1);
    answering.end('done');
    await turn();
    await turn();
    expect(giveBack).toHaveBeenCalledTimes(1);
  });
});
