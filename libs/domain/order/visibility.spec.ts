import type { Caller } from '../decision.js';
import { ROLES, type Role } from '../vocabulary.js';
import { book, evidence, recuse } from './fixture/commands.js';
import { APPEAL, ARBITRATOR, BUYER, INSPECTOR, SUPPLIER, LOGISTICS } from './fixture/scene.js';
import { disputed, onTheBench, paid, underAppeal } from './fixture/stories.js';
import { mayOpenFile, maySee } from './visibility.js';

const by = (role: Role, id: string): Caller => ({ role, id });

describe('For whom an order exists', () => {
  const { order } = paid().does(BUYER, book());

  test.each([
    [BUYER, true],
    [by('buyer', 'B2'), false],
    [by('buyer', SUPPLIER.id), false],
    [SUPPLIER, true],
    [by('supplier', 'S2'), false],
    [by('supplier', BUYER.id), false],
    [INSPECTOR, true],
    [by('inspector', 'I9'), false],
  ])('%j: %p', (caller, sees) => {
    expect(maySee(order, caller)).toBe(sees);
  });

  test('everyone who works for the platform', () => {
    const others = ROLES.filter((role) => !['buyer', 'supplier', 'inspector'].includes(role));
    expect(others.filter((role) => !maySee(order, by(role, 'X1')))).toEqual([]);
  });
});

describe('Who is given the bytes of evidence', () => {
  const opened = (scene: ReturnType<typeof disputed>, caller: Caller) =>
    mayOpenFile(scene.dispute, scene.dispute.evidence[0]!, caller);
  const bench = onTheBench().does(LOGISTICS, evidence());

  test.each([
    [BUYER, true],
    [SUPPLIER, true],
    [by('agent', 'G9'), true],
    [by('auditor', 'U1'), true],
    [ARBITRATOR, true],
    [by('arbitrator', 'A9'), false],
    [APPEAL, false],
    [LOGISTICS, true],
    [by('logistics', 'log-2'), false],
    [by('inspector', LOGISTICS.id), false],
    [by('payments', 'pay'), false],
    [by('risk', 'R1'), false],
  ])('rule 26: open to all who see it: %j: %p', (caller, opens) => {
    expect(opened(bench, caller)).toBe(opens);
  });

  test('rule 28: the arbitrator of an appeal, and the one before', () => {
    const appealed = underAppeal().does(BUYER, evidence());
    expect(
      [ARBITRATOR, APPEAL, by('appeal_arbitrator', 'A9')].map((caller) => opened(appealed, caller)),
    ).toEqual([true, true, false]);
    const left = onTheBench().does(BUYER, evidence()).does(ARBITRATOR, recuse());
    expect(opened(left, ARBITRATOR)).toBe(false);
  });

  test('rule 26: what is sealed is for those for whom it is sealed, whoever they are', () => {
    const sealed = disputed().does(SUPPLIER, evidence({ sealedTo: ['supplier'] }));
    expect([SUPPLIER, BUYER].map((caller) => opened(sealed, caller))).toEqual([true, false]);
  });
});
