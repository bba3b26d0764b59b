import type { Party, Role } from '../../vocabulary.js';
import { ROLES } from '../../vocabulary.js';
import { mayOpenSeal } from './seal.js';

const openTo = (evidence: { by: string; author: string; sealedTo?: readonly Party[] }, id: string): Role[] =>
  ROLES.filter((role) => mayOpenSeal(evidence, { role, id }));

const JUDGES: Role[] = ['arbitrator', 'appeal_arbitrator', 'auditor'];

describe('A seal on evidence', () => {
  test('rule 26: there is none: everyone who sees the order sees it', () => {
    expect(openTo({ by: 'supplier', author: 'S1' }, 'anyone')).toEqual(ROLES);
  });

  test('rule 26: holds for all but arbitrators, auditors, the parties named, and its author', () => {
    const sealed = (...sealedTo: Party[]) => ({ by: 'supplier', author: 'S1', sealedTo });
    expect(openTo(sealed(), 'B1').toSorted()).toEqual(JUDGES.toSorted());
    expect(openTo(sealed(), 'S1').toSorted()).toEqual(['supplier', ...JUDGES].toSorted());
    expect(openTo(sealed('buyer'), 'B1').toSorted()).toEqual(['buyer', ...JUDGES].toSorted());
    expect(openTo(sealed('buyer', 'supplier'), 'B1').toSorted()).toEqual(
      ['buyer', 'supplier', ...JUDGES].toSorted(),
    );
  });

  test('rule 26: an author is told from others of the same id by what it acted as', () => {
    const inspectors = { by: 'inspector', author: 'X1', sealedTo: [] };
    expect(openTo(inspectors, 'X1').toSorted()).toEqual(['inspector', ...JUDGES].toSorted());
  });
});
