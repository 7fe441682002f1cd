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
      kindOfAttack: 'print',
      subject: 'nuaa/0001',
    });
  });

  it('takes other folders below an attack for its kinds', () => {
    expect(roles.get('replay/phone-a')).toEqual({
      kind: 'attack',
      species: 'replay/phone-a',
      kindOfAttack: 'replay',
      subject: 'phone-a',
    });
  });

  it('knows a subject by its name among the living, too', () => {
    expect(roles.get('mask/resin/clip-a')).toMatchObject({ species: 'mask/resin', subject: 'resin/clip-a' });
  });

  it('accepts a root that holds live and the attacks themselves', () => {
    const flat = folderRoles(['live', 'print', '3']);
    expect(flat.get('live')).toEqual({ kind: 'bona-fide', subject: 'live' });
    expect(flat.get('print')).toEqual({
      kind: 'attack',
      species: 'print',
      kindOfAttack: 'print',
      subject: 'print',
    });
    expect(flat.get('3')).toMatchObject({ species: '3', kindOfAttack: '3' });
  });

  it('calls images in the root an attack without a name', () => {
    expect(folderRoles(['']).get('')).toMatchObject({ species: 'attack', kindOfAttack: 'attack' });
  });
});
