import type { PeerPackages } from './peer-packages.js';

/** The part of TensorFlow.js that is used here. Peers are typed by what is asked of them: the product does not
 *  depend on them. */
export interface TensorFlow {
  readonly version_core?: string;
  ready(): Promise<void>;
  setBackend(name: string): Promise<boolean>;
  getBackend(): string;
  env(): { getAsync(flag: string): Promise<unknown> };
  tensor3d(values: Uint8Array, shape: readonly number[], type: 'int32'): Tensor;
}

export interface Tensor {
  dispose(): void;
}

interface WasmBackend {
  setWasmPaths(folder: string): void;
  setThreadsCount(threads: number): void;
}

/** The fastest backend that Node gets without a compiler or a download at run time: tfjs-node has neither. */
export const BACKEND = 'wasm';

export function wasmFolder(packages: PeerPackages): string {
  return packages.path('@tensorflow/tfjs-backend-wasm/dist/');
}

/** One thread, as the product's engine has for each capture. */
export function prepareWasm(packages: PeerPackages): void {
  const backend = packages.load('@tensorflow/tfjs-backend-wasm/dist/tf-backend-wasm.node.js') as WasmBackend;
  backend.setWasmPaths(wasmFolder(packages));
  backend.setThreadsCount(1);
}

/** Both peers fall back silently to plain JavaScript, which is fifty times slower: such a figure is worthless. */
export async function assertFastBackend(tensorFlow: TensorFlow): Promise<string> {
  const simd = await tensorFlow.env().getAsync('WASM_HAS_SIMD_SUPPORT');
  if (tensorFlow.getBackend() !== BACKEND || simd !== true) {
    throw new Error(
      `backend ${tensorFlow.getBackend()}, SIMD ${String(simd)}: expected ${BACKEND} with SIMD`,
    );
  }
  return 'TensorFlow.js, WebAssembly with SIMD, one thread';
}
