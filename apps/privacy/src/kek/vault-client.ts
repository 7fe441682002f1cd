import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { clientTls } from '@absah/transport-security';
import { Pool } from 'undici';
import { vaultAnswerInvalid, vaultDenied, vaultSealed, vaultUnreachable } from '../domain/errors.js';

export interface VaultSettings {
  readonly url: string;
  readonly tokenFile: string;
  readonly namespace?: string | undefined;
  readonly caFile?: string | undefined;
  /** Of one call, with all of its tries. */
  readonly timeoutMs: number;
}

export interface VaultAnswer {
  readonly status: number;
  readonly body: unknown;
}

interface Question {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body: unknown;
  readonly signal: AbortSignal;
}

const CONNECTIONS = 8;
const TRIES = 4;
const FIRST_PAUSE_MS = 50;
const MAX_ANSWER_BYTES = 4 * 1024 * 1024;
const FORBIDDEN = 403;
const TOO_MANY = 429;

/** Vault's HTTP API: token, namespace, time limit, and another try where it may help. */
export class VaultClient {
  private readonly pool: Pool;
  private readonly prefix: string;
  private token: string | undefined;

  constructor(private readonly settings: VaultSettings) {
    const { origin, pathname } = new URL(settings.url);
    this.prefix = `${pathname.replace(/\/$/, '')}/v1/`;
    this.pool = new Pool(origin, {
      connections: CONNECTIONS,
      connect: clientTls({ caFile: settings.caFile }),
      connectTimeout: settings.timeoutMs,
      maxResponseSize: MAX_ANSWER_BYTES,
    });
  }

  /** Answers that concern the question itself, such as 400 and 404, are the caller's to judge. */
  async call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<VaultAnswer> {
    const question = { method, path, body, signal: AbortSignal.timeout(this.settings.timeoutMs) };
    const token = this.token ?? (await this.readToken());
    const answer = await this.patiently(question, token);
    if (answer.status !== FORBIDDEN) return answer;
    // Somebody may have renewed the token in its file meanwhile.
    const renewed = await this.readToken();
    const again = renewed === token ? answer : await this.patiently(question, renewed);
    if (again.status === FORBIDDEN) throw vaultDenied();
    return again;
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }

  private async patiently(question: Question, token: string): Promise<VaultAnswer> {
    for (let attempt = 1; ; attempt += 1) {
      const answer = await this.once(question, token);
      if (!('retry' in answer)) return answer;
      if (attempt === TRIES || question.signal.aborted) throw answer.retry;
      await this.pause(attempt, answer.retry, question.signal);
    }
  }

  private async once(
    { method, path, body, signal }: Question,
    token: string,
  ): Promise<VaultAnswer | { readonly retry: Error }> {
    const headers = this.headers(token);
    const content = body === undefined ? {} : { body: JSON.stringify(body) };
    let status: number;
    let text: string;
    try {
      const options = { method, path: this.prefix + path, headers, ...content, signal };
      const response = await this.pool.request(options);
      status = response.statusCode;
      text = await response.body.text();
    } catch (error) {
      return { retry: vaultUnreachable(error) };
    }
    return judge(status, text);
  }

  /** Vault Agent, or whoever renews it, replaces the file; a token is no key, and stays here as text. */
  private async readToken(): Promise<string> {
    try {
      this.token = (await readFile(this.settings.tokenFile, 'utf8')).trim();
      return this.token;
    } catch {
      throw vaultDenied();
    }
  }

  private headers(token: string): Record<string, string> {
    const { namespace } = this.settings;
    return {
      'content-type': 'application/json',
      'x-vault-token': token,
      'x-vault-request': 'true',
      ...(namespace && { 'x-vault-namespace': namespace }),
    };
  }

  private async pause(attempt: number, failed: Error, signal: AbortSignal): Promise<void> {
    const longest = FIRST_PAUSE_MS * 2 ** attempt;
    try {
      await sleep(longest * (0.5 + Math.random() / 2), undefined, { signal });
    } catch {
      throw failed;
    }
  }
}

function judge(status: number, text: string): VaultAnswer | { readonly retry: Error } {
  const body = parseJson(text);
  if (status === TOO_MANY) return { retry: vaultUnreachable() };
  // A failed batch item is told with 400 or, by some versions, 500, and with results beside it.
  if (status >= 500 && !hasData(body)) {
    return { retry: isSealed(body) ? vaultSealed() : vaultUnreachable() };
  }
  if (body === undefined) throw vaultAnswerInvalid();
  return { status, body };
}

function isSealed(body: unknown): boolean {
  const { errors } = (body ?? {}) as { errors?: unknown };
  return Array.isArray(errors) && errors.some((error) => /sealed/i.test(String(error)));
}

function hasData(body: unknown): boolean {
  return typeof body === 'object' && body !== null && 'data' in body && body.data !== null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
