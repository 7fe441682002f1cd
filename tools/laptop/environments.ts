import { OPERATOR } from '@absah/contracts';
import type { CertificateFiles } from '@absah/local-infra';
import type { AnyServiceName, Environment } from '@absah/service-kit';
import { digestOf, keyText, type LaptopSecrets } from './credentials.js';

const LAPTOP_OPERATOR = 'contoh-telco';
const IKD_USER = 'absah-gateway';

export interface Addresses {
  readonly databaseUrls: Readonly<Record<AnyServiceName, string>>;
  readonly natsUrl: string;
  /** Of the authority that vouches for every server of this machine. */
  readonly caFile: string;
  readonly certificates: Readonly<Record<AnyServiceName, CertificateFiles>>;
  /** What the two services show that call the registry. */
  readonly registryCallers: Readonly<Record<'ikd-gateway' | 'data-balikan', CertificateFiles>>;
  readonly modelsDir: string;
  readonly kekFile: string;
  readonly apiPort: number;
}

/** What the sandbox is told; it starts first, because others need its address. */
export function sandboxEnvironment(secrets: LaptopSecrets, addresses: Addresses): Environment {
  return {
    ...common(secrets, addresses, 'dukcapil-sandbox'),
    SANDBOX_KEY: keyText(secrets['sandbox-key']),
    IKD_USER,
    IKD_PASSWORD: secrets['ikd-password'],
    BALIKAN_TOKEN: secrets['balikan-token'],
    ADMIN_TOKEN: secrets['sandbox-admin-token'],
    CLIENT_CA_FILE: addresses.caFile,
  };
}

/** Each service gets its own secrets and nobody else's. */
export function serviceEnvironments(
  secrets: LaptopSecrets,
  addresses: Addresses,
  sandboxUrl: string,
): Readonly<Record<Exclude<AnyServiceName, 'dukcapil-sandbox'>, Environment>> {
  const capture = { CAPTURE_KEY: keyText(secrets['capture-key']) };
  const models = { MODELS_DIR: addresses.modelsDir };
  const own = (service: AnyServiceName) => common(secrets, addresses, service);
  return {
    'capture-intake': {
      ...own('capture-intake'),
      ...capture,
      TRANSPORT_KEY: keyText(secrets['transport-capture-intake']),
      PSEUDONYM_KEY: keyText(secrets['pseudonym-key']),
      API_KEYS: JSON.stringify({ [digestOf(secrets['operator-api-key'])]: LAPTOP_OPERATOR }),
      // The tour, and whoever tries things out, fails on purpose and again at once.
      ATTEMPT_PAUSE_SECONDS: '0',
      HTTP_PORT: String(addresses.apiPort),
    },
    liveness: {
      ...own('liveness'),
      ...capture,
      ...models,
      REPLAY_KEY: keyText(secrets['replay-key']),
    },
    'template-extraction': {
      ...own('template-extraction'),
      ...capture,
      ...models,
      TRANSPORT_KEY: keyText(secrets['transport-template-extraction']),
    },
    'ikd-gateway': {
      ...own('ikd-gateway'),
      TRANSPORT_KEY: keyText(secrets['transport-ikd-gateway']),
      ...registryAccess('IKD', sandboxUrl, addresses.registryCallers['ikd-gateway']),
      IKD_USER,
      IKD_PASSWORD: secrets['ikd-password'],
    },
    'quota-ledger': own('quota-ledger'),
    'data-balikan': {
      ...own('data-balikan'),
      TRANSPORT_KEY: keyText(secrets['transport-data-balikan']),
      ...registryAccess('BALIKAN', sandboxUrl, addresses.registryCallers['data-balikan']),
      BALIKAN_TOKEN: secrets['balikan-token'],
      INSTITUTION_CODE: '990001',
      INSTITUTION_NAME: 'CONTOH TELEKOMUNIKASI',
    },
    privacy: { ...own('privacy'), ...keyCustody(secrets), KEK_FILE: addresses.kekFile },
    audit: { ...own('audit'), AUDITOR_KEY: secrets['auditor-key'] },
  };
}

function registryAccess(prefix: 'IKD' | 'BALIKAN', url: string, caller: CertificateFiles): Environment {
  return {
    [`${prefix}_URL`]: url,
    [`${prefix}_CA_FILE`]: caller.caFile,
    [`${prefix}_CLIENT_CERT_FILE`]: caller.certFile,
    [`${prefix}_CLIENT_KEY_FILE`]: caller.keyFile,
  };
}

/** What `absah` reads when nothing else tells it where the broker is. */
export function operatorEnvironment(
  secrets: LaptopSecrets,
  { natsUrl, caFile }: Addresses,
): Readonly<Record<string, string>> {
  return {
    NATS_URL: natsUrl,
    NATS_CA_FILE: caFile,
    NATS_USER: OPERATOR,
    NATS_PASSWORD: secrets[`broker-${OPERATOR}`],
  };
}

/** Privacy shares a key with each service that it answers. */
function keyCustody(secrets: LaptopSecrets): Environment {
  return {
    CAPTURE_INTAKE_TRANSPORT_KEY: keyText(secrets['transport-capture-intake']),
    TEMPLATE_EXTRACTION_TRANSPORT_KEY: keyText(secrets['transport-template-extraction']),
    IKD_GATEWAY_TRANSPORT_KEY: keyText(secrets['transport-ikd-gateway']),
    DATA_BALIKAN_TRANSPORT_KEY: keyText(secrets['transport-data-balikan']),
  };
}

function common(secrets: LaptopSecrets, addresses: Addresses, service: AnyServiceName): Environment {
  const { certFile, keyFile } = addresses.certificates[service];
  return {
    HTTP_TLS_CERT_FILE: certFile,
    HTTP_TLS_KEY_FILE: keyFile,
    DATABASE_URL: addresses.databaseUrls[service],
    NATS_URL: addresses.natsUrl,
    NATS_CA_FILE: addresses.caFile,
    NATS_USER: service,
    NATS_PASSWORD: secrets[`broker-${service}`],
    LOG_LEVEL: 'info',
  };
}
