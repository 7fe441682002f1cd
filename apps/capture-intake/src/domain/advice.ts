import type { BurstReason } from '@absah/biometrics';
import type { OutcomeReason, QualityReason } from './reasons.js';

export interface Advice {
  readonly id: string;
  readonly en: string;
}

/** Reasons about the picture and the burst are explained by the library that measures them. */
type ExplainedHere = Exclude<OutcomeReason, QualityReason | BurstReason>;

/** What the person can do now. It accuses nobody: a false rejection happens to honest people. */
export const outcomeAdvice: Readonly<Record<ExplainedHere, Advice>> = {
  'face-mismatch': {
    id: 'Wajah tidak cocok dengan data NIK ini. Periksa NIK Anda, lalu ulangi, atau datangi gerai dengan KTP-el.',
    en: 'The face does not match the records of this NIK. Check your NIK and try again, or visit a shop with your KTP-el.',
  },
  'presentation-attack': {
    id: 'Foto harus diambil langsung dari wajah Anda. Ulangi di depan kamera, atau datangi gerai dengan KTP-el.',
    en: 'The picture has to be taken of you in person. Try again in front of the camera, or visit a shop with your KTP-el.',
  },
  'quota-cap-reached': {
    id: 'Jumlah nomor terdaftar untuk NIK ini sudah penuh. Batalkan registrasi nomor lama, lalu coba lagi.',
    en: 'This NIK already has as many numbers as one person may register. Unregister an old number, then try again.',
  },
  'nik-not-found': {
    id: 'NIK tidak ditemukan. Periksa 16 angka pada KTP-el Anda, atau hubungi Dinas Dukcapil.',
    en: 'The NIK was not found. Check the 16 digits on your KTP-el, or contact your Dukcapil office.',
  },
  'subject-deceased': {
    id: 'Data kependudukan untuk NIK ini tidak aktif. Hubungi Dinas Dukcapil untuk memeriksa data Anda.',
    en: 'The civil record of this NIK is closed. Ask your Dukcapil office to check it.',
  },
  'subject-duplicate': {
    id: 'Data kependudukan untuk NIK ini tercatat ganda. Hubungi Dinas Dukcapil untuk memperbaikinya.',
    en: 'The civil record of this NIK exists twice. Ask your Dukcapil office to correct it.',
  },
  'subject-inactive': {
    id: 'Data kependudukan untuk NIK ini belum aktif. Hubungi Dinas Dukcapil untuk mengaktifkannya.',
    en: 'The civil record of this NIK is not active. Ask your Dukcapil office to activate it.',
  },
  'nik-malformed': {
    id: 'NIK tidak dikenali. Periksa 16 angka pada KTP-el Anda.',
    en: 'The NIK is not valid at the registry. Check the 16 digits on your KTP-el.',
  },
  unreadable: {
    id: 'Foto tidak dapat dibaca. Ambil foto baru.',
    en: 'The picture could not be read. Take a new one.',
  },
  'capture-expired': {
    id: 'Foto sudah kedaluwarsa sebelum diperiksa. Ambil foto baru.',
    en: 'The picture expired before it was checked. Take a new one.',
  },
  'challenge-required': {
    id: 'Pemeriksaan ini memerlukan rekaman gerakan. Mulai lagi dan ikuti petunjuk di layar.',
    en: 'This check needs a recording of movements. Start again and follow the instructions on the screen.',
  },
  replayed: {
    id: 'Rekaman ini sudah pernah dikirim. Buat rekaman baru di depan kamera.',
    en: 'This recording was sent before. Make a new one in front of the camera.',
  },
  'attempts-exhausted': {
    id: 'Verifikasi wajah belum berhasil setelah beberapa kali percobaan. Datangi gerai dengan KTP-el; petugas akan membantu Anda.',
    en: 'Face verification did not succeed in several attempts. Visit a shop with your KTP-el; its staff will assist you.',
  },
  'not-decided-in-time': {
    id: 'Permintaan ini tidak dapat diselesaikan tepat waktu; ini bukan kesalahan Anda. Mulai registrasi baru.',
    en: 'This request could not be completed in time, through no fault of yours. Start a new registration.',
  },
  'not-activated-in-time': {
    id: 'Waktu untuk mengaktifkan nomor ini sudah habis. Mulai registrasi baru.',
    en: 'The time to activate this number is over. Start a new registration.',
  },
  'not-assisted-in-time': {
    id: 'Waktu untuk verifikasi dengan bantuan petugas sudah habis. Mulai registrasi baru.',
    en: 'The time for the assisted verification is over. Start a new registration.',
  },
  'registry-unavailable': {
    id: 'Layanan Dukcapil sedang tidak tersedia. Tunggu; permintaan Anda akan dilanjutkan secara otomatis.',
    en: 'The registry cannot answer now. Wait: your request continues by itself, without another picture.',
  },
};
