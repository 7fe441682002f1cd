import { join } from 'node:path';
import { cacheFolder } from '../config.js';
import type { Progress } from '../progress.js';
import { fetchPackageFiles, type PinnedPackage } from './package-files.js';

const models: PinnedPackage = {
  spec: 'faceplugin-face-recognition-js@0.0.1',
  files: [
    {
      path: 'model/fr_detect.onnx',
      sha256: '6c0256ccd3164f844736a401faf936ec2930764a87ae39442180887d0c5c8854',
    },
    {
      path: 'model/fr_landmark.onnx',
      sha256: 'f10b0ba1d2a8a099adefede1ebf3733e44fe370715e7303dbeb7f59c02142258',
    },
    {
      path: 'model/fr_feature.onnx',
      sha256: '87aacdfe57510db2af90c0251df680e8eec88f122ee94712121d09bcaaaf3581',
    },
    {
      path: 'model/fr_liveness.onnx',
      sha256: 'afa783b7e902fdfcf323a7240cac2a1c580c25314ea4161129dc1b0d100dc32d',
    },
    {
      path: 'model/fr_pose.onnx',
      sha256: '72d032ec941b7153bf8d3f2c03a4c165453cc7e63d479041ec7c6ef087e5839d',
    },
    {
      path: 'model/fr_eye.onnx',
      sha256: '1afcea006abc1ccac3c517022abde0aa092bed74ff3c9fe6878483ef9e6e38de',
    },
  ],
};

const samplePhotos: PinnedPackage = {
  spec: '@vladmandic/face-api@1.7.15',
  files: [
    {
      path: 'demo/sample1.jpg',
      sha256: '8ecae4b267b2d3169e06e00c7dee97097aa2a94635d45216f7732a5f4943cb51',
    },
    {
      path: 'demo/sample2.jpg',
      sha256: '7d2b60ae6f13bf30f422e04df87451081a02c83de469056f25afb44b7000c691',
    },
    {
      path: 'demo/sample3.jpg',
      sha256: '8eb081c9efb14370fa94d9feab9e5fbeafd19a627491853a80c2bf67f7ffa936',
    },
    {
      path: 'demo/sample4.jpg',
      sha256: '729efa5923061d40eb4ed5f267a18cc7b8ba6f852bb2757b16d8b7e4937476fc',
    },
    {
      path: 'demo/sample5.jpg',
      sha256: '6d45095ebb182d8f975c0790e0e4eefd86fbb40609cf4b271776d92e12662938',
    },
    {
      path: 'demo/sample6.jpg',
      sha256: '9baad80f9d5e306fb9b8c0913d44445f1e95848df317530efb03d0934c57ba87',
    },
  ],
};

function modelsFolder(): string {
  return join(cacheFolder(), 'models');
}

function samplePhotosFolder(): string {
  return join(cacheFolder(), 'samples');
}

/** The face models every service needs; returns the folder that holds them, verified. */
export async function fetchModels(progress: Progress): Promise<string> {
  await fetchPackageFiles(models, modelsFolder(), progress);
  return modelsFolder();
}

/** Photographs for demonstrations and tests; returns the folder that holds them, verified. */
export async function fetchSamplePhotos(progress: Progress): Promise<string> {
  await fetchPackageFiles(samplePhotos, samplePhotosFolder(), progress);
  return samplePhotosFolder();
}
