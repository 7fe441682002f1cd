import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** What a question gets: bytes on the socket, as they are. */
export type Respond = (socket: Socket, transactionId: string) => void;

/** A registry that keeps no protocol: it reads a question and then does to the connection what a test says. */
export class RawRegistry {
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private respond: Respond,
  ) {}

  static async start(): Promise<RawRegistry> {
    const server = createServer();
    const registry = new RawRegistry(server, (socket) => socket.destroy());
    server.on('connection', (socket) => registry.serve(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return registry;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  willRespond(respond: Respond): void {
    this.respond = respond;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => undefined);
    let received = '';
    socket.on('data', (chunk) => {
      received += chunk.toString('latin1');
      const id = /"transactionId":"([^"]+)".*\}$/s.exec(received)?.[1];
      if (!id) return;
      received = '';
      this.respond(socket, id);
    });
  }
}

/** An HTTP answer as text; `announced` lies about its length. */
export function httpAnswer(
  body: string,
  { status = '200 OK', type = 'application/json', announced = Buffer.byteLength(body) } = {},
): string {
  return `HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\ncontent-length: ${announced}\r\n\r\n${body}`;
}
