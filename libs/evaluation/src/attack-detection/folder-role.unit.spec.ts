import { describe, expect, it } from '@jest/globals';
import { folderRoles } from './folder-role.js';

describe('folderRoles (V4)', () => {
  const roles = folderRoles([
    'nuaa/live/0001',
    'nuaa/print/0001',
    'live/clip-a',
    'replay/phone-a',
    'mask/resin/clip-a',
  ]);

  it('takes any path through a folder called live for bona fide', () => {
    expect(roles.get('nuaa/live/0001')).toEqual({ kind: 'bona-fide', subject: 'nuaa/0001' });
    expect(roles.get('live/clip-a')).toEqual({ kind: 'bona-fide', subject: 'clip-a' });
  });

  it('leaves folders of subjects out of the species, and gives live and attack of one subject one name', () => {
    expect(roles.get('nuaa/print/0001')).toEqual({
      kind: 'attack',
      species: 'nuaa/print',
      typeOfAttack: 'nuaa/print',
      kindOfAttack: 'print',
      subject: 'nuaa/0001',
    });
  });

  it('takes other folders below an attack for its kinds', () => {
    expect(roles.get('replay/phone-a')).toEqual({
      kind: 'attack',
      species: 'replay/phone-a',
      typeOfAttack: 'replay',
      kindOfAttack: 'replay',
      subject: 'phone-a',
    });
  });

  it('knows a subject by its name among the living, too', () => {
    expect(roles.get('mask/resin/clip-a')).toMatchObject({ species: 'mask/resin', subject: 'resin/clip-a' });
  });

  it('knows subjects by a code, though others were attacked than were seen alive', () => {
    const coded = folderRoles(['live/q07', 'print/p01', 'print/p02/session']);
    expect(coded.get('live/q07')).toEqual({ kind: 'bona-fide', subject: 'q07' });
    expect(coded.get('print/p01')).toMatchObject({ species: 'print', typeOfAttack: 'print', subject: 'p01' });
    expect(coded.get('print/p02/session')).toMatchObject({ species: 'print', subject: 'p02/session' });
  });

  it('knows subjects that are numbered like the living, and nothing else that ends in a number', () => {
    const numbered = folderRoles(['live/subject-7', 'print/subject-3', 'replay/phone-1']);
    expect(numbered.get('print/subject-3')).toMatchObject({ species: 'print' });
    expect(numbered.get('replay/phone-1')).toMatchObject({
      species: 'replay/phone-1',
      typeOfAttack: 'replay',
    });
  });

  it('sums up below the folder beside live what may be subjects or instruments', () => {
    const named = folderRoles(['site/live/bob', 'site/print/ann', 'site/print/eve']);
    expect(named.get('site/print/ann')).toMatchObject({
      species: 'site/print/ann',
      typeOfAttack: 'site/print',
    });
    expect(named.get('site/print/eve')).toMatchObject({
      species: 'site/print/eve',
      typeOfAttack: 'site/print',
    });
  });

  it('accepts a root that holds live and the attacks themselves', () => {
    const flat = folderRoles(['live', 'print', '3']);
    expect(flat.get('live')).toEqual({ kind: 'bona-fide', subject: 'live' });
    expect(flat.get('print')).toEqual({
      kind: 'attack',
      species: 'print',
      typeOfAttack: 'print',
      kindOfAttack: 'print',
      subject: 'print',
    });
    expect(flat.get('3')).toMatchObject({ species: '3', kindOfAttack: '3' });
  });

  it('calls images in the root an attack without a name', () => {
    expect(folderRoles(['']).get('')).toMatchObject({
      species: 'attack',
      typeOfAttack: 'attack',
      kindOfAttack: 'attack',
    });
  });
});
