import { syntheticMsisdn } from '../../laptop/synthetic-numbers.js';

const BOUNDARY = 'absah-bench-overload';

/** A multipart body of which only the request differs: the generator shall not compete with what it loads. */
export class PreparedUpload {
  readonly contentType = `multipart/form-data; boundary=${BOUNDARY}`;
  readonly #end: Buffer;

  constructor(image: Uint8Array) {
    const head = `\r\n${partHead('image"; filename="face.jpg', 'image/jpeg')}`;
    this.#end = Buffer.concat([Buffer.from(head), image, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]);
  }

  bodyFor(nik: string): Buffer {
    const consent = { purpose: 'sim-registration', version: '2026-07', givenAt: new Date().toISOString() };
    const request = JSON.stringify({ nik, msisdn: syntheticMsisdn(), consent });
    return Buffer.concat([Buffer.from(partHead('request', 'application/json') + request), this.#end]);
  }
}

function partHead(name: string, mediaType: string): string {
  return `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"\r\ncontent-type: ${mediaType}\r\n\r\n`;
}
