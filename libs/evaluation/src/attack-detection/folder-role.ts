/** What the images of one folder show, told from its path. */
export interface FolderRole {
  readonly kind: 'bona-fide' | 'attack';
  /** Of an attack: all folders that name how it was made, such as `nuaa/print` or `replay/phone-a`. */
  readonly species?: string;
  /** Of an attack: the path of the folder beside `live`, such as `nuaa/print` or `replay`. One or more species. */
  readonly typeOfAttack?: string;
  /** Of an attack: the name of the folder beside `live`, such as `print` or `replay`. */
  readonly kindOfAttack?: string;
  /** Person or clip: what is left out together when a threshold is tried on what it was not chosen on. Live
   *  and attack folders of one subject share it. */
  readonly subject: string;
}

const LIVE = 'live';
const CODE = /^\p{L}?\d+$/u;

/**
 * A path with a folder called `live` holds bona fide presentations; every other path is an attack, named after
 * the folders from the root on. Folders that only tell subjects apart are not part of the species: those whose
 * name is a number or a code such as `p01`, or occurs below the `live` beside the attack, too, be it with another
 * number (`subject-3` beside `live/subject-7`). Whether any other folder below an attack names a subject or an
 * instrument, no path tells: it is a species, and the type of attack sums all of them up.
 *
 * @param folders that hold images, relative to the root, parts separated by `/`; the root itself is ''
 */
export function folderRoles(folders: readonly string[]): ReadonlyMap<string, FolderRole> {
  const paths = folders.map((folder) => folder.split('/').filter((part) => part !== ''));
  const homesOfLive = new Map<string, Set<string>>();
  for (const path of paths) {
    const at = path.indexOf(LIVE);
    if (at < 0) continue;
    const home = path.slice(0, at).join('/');
    const subjects = homesOfLive.get(home) ?? new Set<string>();
    for (const name of path.slice(at + 1)) subjects.add(withoutNumber(name));
    homesOfLive.set(home, subjects);
  }
  return new Map(folders.map((folder, index) => [folder, roleOf(paths[index] ?? [], homesOfLive)]));
}

function roleOf(path: readonly string[], homesOfLive: ReadonlyMap<string, ReadonlySet<string>>): FolderRole {
  const at = path.indexOf(LIVE);
  if (at >= 0) {
    const below = path.slice(at + 1);
    return { kind: 'bona-fide', subject: subjectOf(path, path.slice(0, at), below) };
  }
  const depth = depthOfHome(path, homesOfLive);
  const home = path.slice(0, depth);
  const liveSubjects = homesOfLive.get(home.join('/')) ?? new Set<string>();
  // The first folder beside `live` always names a kind of attack, even when it is a number.
  const firstSubject = path.findIndex(
    (name, index) => index > depth && (CODE.test(name) || liveSubjects.has(withoutNumber(name))),
  );
  const species = path.slice(0, firstSubject < 0 ? path.length : firstSubject);
  return {
    kind: 'attack',
    species: species.join('/') || 'attack',
    typeOfAttack: path.slice(0, depth + 1).join('/') || 'attack',
    kindOfAttack: path[depth] ?? 'attack',
    subject: subjectOf(path, home, path.slice(depth + 1)),
  };
}

function withoutNumber(name: string): string {
  return name.replace(/\d+$/, '');
}

/** How deep the nearest folder lies that holds a `live`. */
function depthOfHome(path: readonly string[], homesOfLive: ReadonlyMap<string, unknown>): number {
  for (let depth = path.length - 1; depth > 0; depth -= 1) {
    if (homesOfLive.has(path.slice(0, depth).join('/'))) return depth;
  }
  return 0;
}

/** Without a folder below, all there is to tell is the class: its images stay together. */
function subjectOf(path: readonly string[], home: readonly string[], below: readonly string[]): string {
  return (below.length > 0 ? [...home, ...below] : path).join('/');
}
