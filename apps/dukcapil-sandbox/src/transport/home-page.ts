import { FACE_VERIFICATION_PATH, PARAMETERS_PATH, STORE_PATH } from '@absah/registry-protocol';
import { CONDITIONS } from '../domain/condition.js';

interface Endpoint {
  readonly request: string;
  readonly id: string;
  readonly en: string;
}

const ENDPOINTS: readonly Endpoint[] = [
  {
    request: `POST ${FACE_VERIFICATION_PATH}`,
    id: 'Verifikasi wajah 1:1 dengan template',
    en: '1:1 face verification by template',
  },
  { request: `POST ${STORE_PATH}`, id: 'Menerima data balikan', en: 'Receives feedback data' },
  { request: `GET ${PARAMETERS_PATH}`, id: 'Parameter per lembaga', en: 'Parameters of an institution' },
  { request: 'PUT /sandbox/v1/people', id: 'Mendaftarkan orang contoh', en: 'Enrols a sample person' },
  {
    request: 'PUT /sandbox/v1/people/condition',
    id: 'Mengatur skenario per NIK',
    en: 'Scripts an outcome per NIK',
  },
  {
    request: 'POST /sandbox/v1/faults',
    id: 'Gangguan seluruh registri (DELETE mengakhiri)',
    en: 'Trouble of the whole registry (DELETE ends it)',
  },
  { request: 'GET /sandbox/v1/people', id: 'Daftar orang (disamarkan)', en: 'Lists people, masked' },
  {
    request: 'GET /sandbox/v1/balikan',
    id: 'Data balikan yang diterima (disamarkan)',
    en: 'Received data, masked',
  },
  { request: 'POST /sandbox/v1/balikan/search', id: 'Mencari menurut NIK', en: 'Searches by NIK' },
];

function row({ request, id, en }: Endpoint): string {
  return `<tr><td><code>${request}</code></td><td lang="id">${id}</td><td lang="en">${en}</td></tr>`;
}

export const HOME_PAGE = `<!doctype html>
<html lang="id">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Absah: registri tiruan</title>
<style>
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1a1a1a }
  table { border-collapse: collapse; width: 100% } td, th { text-align: left; padding: .4rem; border-bottom: 1px solid #ccc }
  code { overflow-wrap: anywhere }
</style>
<h1>Registri tiruan <span lang="en">(stand-in registry)</span></h1>
<p>Berperan sebagai Dukcapil untuk uji coba. Bukan layanan pemerintah; hanya data contoh, NIK berawalan 99.</p>
<p lang="en">Plays Dukcapil's part for trials. Not a government service; sample data only, NIKs that begin with 99.</p>
<table>
<thead><tr><th>HTTP</th><th>Fungsi</th><th lang="en">Purpose</th></tr></thead>
<tbody>
${ENDPOINTS.map(row).join('\n')}
</tbody>
</table>
<p>Skenario / <span lang="en">conditions</span>: ${CONDITIONS.map((name) => `<code>${name}</code>`).join(' ')}</p>
<p><a href="/openapi">OpenAPI</a></p>
</html>
`;
