import type { Contestant, FoundFace } from './contestant.js';
import { centralFace } from './contestant.js';
import type { Pixels } from './decode-pixels.js';
import { decodePixels } from './decode-pixels.js';
import type { PeerPackages } from './peer-packages.js';
import type { Tensor, TensorFlow } from './wasm-backend.js';
import { BACKEND, assertFastBackend, prepareWasm } from './wasm-backend.js';

interface Detection {
  readonly score: number;
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

interface Network {
  loadFromDisk(folder: string): Promise<void>;
}

interface FaceApi {
  readonly tf: TensorFlow;
  readonly nets: Record<'ssdMobilenetv1' | 'faceLandmark68Net' | 'faceRecognitionNet', Network>;
  readonly SsdMobilenetv1Options: new (options: { minConfidence: number }) => object;
  readonly DetectSingleFaceLandmarksTask: new (
    face: Promise<{ detection: Detection }>,
    image: Tensor,
    tiny: boolean,
  ) => { withFaceDescriptor(): PromiseLike<{ descriptor: Float32Array } | undefined> };
  detectAllFaces(image: Tensor, options: object): PromiseLike<Detection[]>;
}

// As in the package's own example for WebAssembly. With its default of 0.5 it misses three times as many faces.
const MIN_CONFIDENCE = 0.1;

export async function openFaceApi(packages: PeerPackages): Promise<Contestant> {
  prepareWasm(packages);
  const faceApi = packages.load('@vladmandic/face-api/dist/face-api.node-wasm.js') as FaceApi;
  await faceApi.tf.setBackend(BACKEND);
  await faceApi.tf.ready();
  const backend = await assertFastBackend(faceApi.tf);
  const { ssdMobilenetv1, faceLandmark68Net, faceRecognitionNet } = faceApi.nets;
  const weights = packages.path('@vladmandic/face-api/model');
  for (const net of [ssdMobilenetv1, faceLandmark68Net, faceRecognitionNet]) await net.loadFromDisk(weights);
  return {
    about: `${packages.version('@vladmandic/face-api')}, SSD MobileNet from ${MIN_CONFIDENCE}, ${backend}`,
    async describe(image) {
      const pixels = await decodePixels(image);
      return pixels && describePixels(faceApi, pixels);
    },
  };
}

async function describePixels(faceApi: FaceApi, pixels: Pixels): Promise<Float32Array | undefined> {
  const image = faceApi.tf.tensor3d(pixels.data, [pixels.height, pixels.width, 3], 'int32');
  try {
    const options = new faceApi.SsdMobilenetv1Options({ minConfidence: MIN_CONFIDENCE });
    const faces = (await faceApi.detectAllFaces(image, options)).map(asFoundFace);
    const central = centralFace(faces, pixels);
    if (!central) return undefined;
    const chosen = Promise.resolve({ detection: central.detection });
    const task = new faceApi.DetectSingleFaceLandmarksTask(chosen, image, false);
    return (await task.withFaceDescriptor())?.descriptor;
  } finally {
    image.dispose();
  }
}

function asFoundFace(detection: Detection): FoundFace & { readonly detection: Detection } {
  const { x: left, y: top, width, height } = detection.box;
  return { detection, score: detection.score, box: { left, top, width, height } };
}
