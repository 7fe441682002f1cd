import { costlyJpegs } from './costly-jpegs.js';
import { foreignFiles, polyglots } from './foreign-files.js';
import type { HonestFiles, HostileFile } from './hostile-file.js';
import { hostileJpegs } from './hostile-jpegs.js';
import { hostilePngs } from './hostile-pngs.js';
import { hostileWebps } from './hostile-webps.js';

export function allHostileFiles(honest: HonestFiles): HostileFile[] {
  return [
    ...hostileJpegs(honest),
    ...costlyJpegs(),
    ...hostilePngs(honest),
    ...hostileWebps(honest),
    ...foreignFiles(),
    ...polyglots(honest),
  ];
}
