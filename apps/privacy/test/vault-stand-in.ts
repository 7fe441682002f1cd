import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** What the server is told to do instead of answering. */
export type Trouble = 'none' | 'sealed' | 'overloaded' | 'broken' | 'silent' | 'not Vault';

interface Item {
  readonly plaintext?: string;
  readonly ciphertext?: string;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

const said = (status: number, ...errors: string[]): Answer => ({ status, body: { errors } });

/**
 * Answers as Vault's transit engine does: versioned keys, `vault:v1:` over AES-256-GCM, batches in which each item may
 * fail by itself, `{"errors": []}`, 503 while sealed, 403 for a wrong token, 404 and 400 for keys that it does not have.
 */
export class VaultStandIn {
  readonly calls: string[] = [];
  token = 'token-of-privacy';
  namespace: string | undefined;
  private trouble: Trouble = 'none';
  private troubles = Infinity;
  private readonly keys = new Map<string, { versions: Buffer[]; oldest: number }>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  static async listen(tls?: { cert: string; key: string }): Promise<VaultStandIn> {
    const holder: { standIn?: VaultStandIn } = {};
    const listener: RequestListener = (request, response) => void holder.standIn?.serve(request, response);
    const server = tls ? createTlsServer(tls, listener) : createServer(listener);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    holder.standIn = new VaultStandIn(server, `${tls ? 'https' : 'http'}://127.0.0.1:${port}`);
    return holder.standIn;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** POST transit/keys/:name, or transit/keys/:name/rotate when there is one. */
  rotate(name: string): void {
    const key = this.keys.get(name) ?? { versions: [], oldest: 1 };
    key.versions.push(randomBytes(32));
    this.keys.set(name, key);
  }

  /** POST transit/keys/:name/config { min_decryption_version } */
  forgetBefore(name: string, version: number): void {
    const key = this.keys.get(name);
    if (key) key.oldest = version;
  }

  /** Of a Vault that was set up anew. */
  exchange(name: string): void {
    this.keys.delete(name);
    this.rotate(name);
  }

  remove(name: string): void {
    this.keys.delete(name);
  }

  /** For so many calls. */
  let(trouble: Trouble, calls = Infinity): void {
    this.trouble = trouble;
    this.troubles = calls;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    this.calls.push(`${request.method} ${request.url}`);
    const trouble = this.takeTrouble();
    if (trouble === 'silent') return;
    const answer = troubleAnswer(trouble) ?? this.answer(request, Buffer.concat(chunks).toString());
    const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
  }

  private takeTrouble(): Trouble {
    if (this.trouble === 'none' || this.troubles <= 0) return 'none';
    this.troubles -= 1;
    return this.trouble;
  }

  private answer(request: IncomingMessage, body: string): Answer {
    const { 'x-vault-token': token, 'x-vault-namespace': namespace } = request.headers;
    if (token !== this.token)
      return said(403, '2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n');
    if (namespace !== this.namespace) return said(404, 'no handler for route');
    const [, operation = '', name = ''] = /^\/v1\/transit\/(\w+)\/([\w-]+)$/.exec(request.url ?? '') ?? [];
    const key = this.keys.get(name);
    if (operation === 'keys') return key ? this.describe(name, key.versions.length, key.oldest) : said(404);
    if (!key) return said(400, 'encryption key not found');
    const { batch_input: items = [] } = JSON.parse(body) as { batch_input?: Item[] };
    if (items.length === 0) return said(400, 'missing batch input to process');
    const results = items.map((item) => transform(operation, item, key));
    const failed = results.some((result) => 'error' in result);
    return { status: failed ? 400 : 200, body: { request_id: 'x', data: { batch_results: results } } };
  }

  private describe(name: string, latest: number, oldest: number): Answer {
    const data = { name, type: 'aes256-gcm96', latest_version: latest, min_decryption_version: oldest };
    return { status: 200, body: { request_id: 'x', data } };
  }
}

function troubleAnswer(trouble: Trouble): Answer | undefined {
  if (trouble === 'sealed') return said(503, 'Vault is sealed');
  if (trouble === 'overloaded') return said(429, 'request path "transit": rate limit quota exceeded');
  if (trouble === 'broken') return said(500, 'internal error');
  return trouble === 'not Vault' ? { status: 200, body: '<html>Welcome to nginx!</html>' } : undefined;
}

function transform(
  operation: string,
  item: Item,
  { versions, oldest }: { versions: readonly Buffer[]; oldest: number },
): Readonly<Record<string, unknown>> {
  const latest = versions.length;
  if (operation === 'encrypt') return sealed(Buffer.from(item.plaintext ?? '', 'base64'), versions, latest);
  const [, version, text = ''] = /^vault:v(\d+):(.*)$/.exec(item.ciphertext ?? '') ?? [];
  if (!version) return { error: 'invalid ciphertext: no prefix' };
  if (Number(version) > latest) return { error: 'invalid ciphertext: version is too new' };
  if (Number(version) < oldest)
    return { error: 'ciphertext or signature version is disallowed by policy (too old)' };
  const plain = opened(Buffer.from(text, 'base64'), versions[Number(version) - 1]!);
  if (!plain) return { error: 'cipher: message authentication failed' };
  return operation === 'decrypt' ? { plaintext: plain.toString('base64') } : sealed(plain, versions, latest);
}

function sealed(plain: Buffer, versions: readonly Buffer[], version: number) {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', versions[version - 1]!, nonce);
  const bytes = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return { ciphertext: `vault:v${version}:${bytes.toString('base64')}`, key_version: version };
}

function opened(bytes: Buffer, key: Buffer): Buffer | undefined {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES));
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
  } catch {
    return undefined;
  }
}
