import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Contestant, FoundFace } from './contestant.js';
import { centralFace } from './contestant.js';
import { decodePixels } from './decode-pixels.js';
import type { PeerPackages } from './peer-packages.js';
import type { Tensor, TensorFlow } from './wasm-backend.js';
import { BACKEND, assertFastBackend, prepareWasm, wasmFolder } from './wasm-backend.js';

interface HumanFace {
  readonly score: number;
  /** Left, top, width, height. */
  readonly box: readonly [number, number, number, number];
  readonly embedding?: readonly number[];
}

interface Human {
  readonly tf: TensorFlow;
  init(): Promise<void>;
  load(): Promise<void>;
  detect(image: Tensor): Promise<{ readonly face: readonly HumanFace[]; readonly error?: string | null }>;
}

type HumanModule = Readonly<Record<'Human', new (config: object) => Human>>;

const OFF = { enabled: false };
const SEVERAL_FACES = 10;

/** What leads to a descriptor, and nothing else. Turning the face upright (`rotation`) made it no better. */
const CONFIG = {
  backend: BACKEND,
  debug: false,
  // Every picture is another person: nothing may be taken over from the one before.
  cacheSensitivity: 0,
  filter: OFF,
  face: {
    enabled: true,
    detector: { rotation: false, maxDetected: SEVERAL_FACES },
    mesh: { enabled: true },
    description: { enabled: true },
    ...{ iris: OFF, emotion: OFF, antispoof: OFF, liveness: OFF },
  },
  ...{ body: OFF, hand: OFF, object: OFF, gesture: OFF, segmentation: OFF },
};

export async function openHuman(packages: PeerPackages): Promise<Contestant> {
  prepareWasm(packages);
  readModelsFromDisk(packages);
  const { Human } = packages.load('@vladmandic/human/dist/human.node-wasm.js') as HumanModule;
  const modelBasePath = `file://${packages.path('@vladmandic/human/models/')}`;
  const human = new Human({ ...CONFIG, wasmPath: wasmFolder(packages), modelBasePath });
  await human.init();
  await human.load();
  const backend = await assertFastBackend(human.tf);
  return {
    about: `${packages.version('@vladmandic/human')}, BlazeFace, mesh and FaceRes, ${backend}`,
    async describe(image) {
      const pixels = await decodePixels(image);
      if (!pixels) return undefined;
      const tensor = human.tf.tensor3d(pixels.data, [pixels.height, pixels.width, 3], 'int32');
      const { face, error } = await human.detect(tensor);
      tensor.dispose();
      if (error) throw new Error(`human: ${error}`);
      const embedding = centralFace(face.flatMap(asFoundFace), pixels)?.embedding;
      return embedding && Float32Array.from(embedding);
    },
  };
}

/** A detection that was not described is of no use to anybody. */
function asFoundFace({ box, score, embedding }: HumanFace): (FoundFace & Pick<HumanFace, 'embedding'>)[] {
  if (!embedding || embedding.length === 0) return [];
  const [left, top, width, height] = box;
  return [{ score, embedding, box: { left, top, width, height } }];
}

interface ModelFile {
  readonly weightsManifest: readonly {
    readonly paths: readonly string[];
    readonly weights: readonly object[];
  }[];
}

interface TensorFlowIo {
  readonly io: { registerLoadRouter(router: (url: unknown) => { load(): Promise<object> } | null): void };
}

/** TensorFlow.js itself reads models over HTTP only; `file://` belongs to tfjs-node. */
function readModelsFromDisk(packages: PeerPackages): void {
  const { io } = packages.load('@tensorflow/tfjs-core/dist/tf-core.node.js') as TensorFlowIo;
  io.registerLoadRouter((url) => {
    if (typeof url !== 'string' || !url.startsWith('file://')) return null;
    return { load: async () => readModel(fileURLToPath(url)) };
  });
}

function readModel(file: string): object {
  const model = JSON.parse(readFileSync(file, 'utf8')) as ModelFile;
  const paths = model.weightsManifest.flatMap((group) => group.paths);
  const parts = paths.map((path) => readFileSync(join(dirname(file), path)));
  return {
    ...model,
    weightSpecs: model.weightsManifest.flatMap((group) => group.weights),
    weightData: new Uint8Array(Buffer.concat(parts)).buffer,
  };
}
