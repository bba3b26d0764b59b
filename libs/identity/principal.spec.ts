import { principalOf } from './principal.js';

describe('Who a token stands for', () => {
  test.each([
    [
      'a buyer acts as its party',
      { sub: 'jo', role: 'buyer', party: 'B1' },
      { role: 'buyer', id: 'B1', sub: 'jo' },
    ],
    [
      'a supplier too',
      { sub: 'li', role: 'supplier', party: 'S1' },
      { role: 'supplier', id: 'S1', sub: 'li' },
    ],
    [
      'an arbitrator acts in person',
      { sub: 'a-1', role: 'arbitrator' },
      { role: 'arbitrator', id: 'a-1', sub: 'a-1' },
    ],
    [
      'a service acts as itself',
      { sub: 'pay', role: 'payments' },
      { role: 'payments', id: 'pay', sub: 'pay' },
    ],
    [
      'a name comes along',
      { sub: 'a-1', role: 'auditor', name: 'A. U. Ditor' },
      { role: 'auditor', id: 'a-1', sub: 'a-1', name: 'A. U. Ditor' },
    ],
    [
      'a name that is none does not',
      { sub: 'a', role: 'risk', name: 7 },
      { role: 'risk', id: 'a', sub: 'a' },
    ],
  ])('%s', (_name, claims, principal) => {
    expect(principalOf(claims)).toEqual(principal);
  });

  it('a provider’s own form of subject becomes an id', () => {
    expect(principalOf({ sub: 'auth0|a1', role: 'arbitrator' })).toEqual({
      role: 'arbitrator',
      id: 'auth0~7Ca1',
      sub: 'auth0~7Ca1',
    });
    expect(principalOf({ sub: '../x', role: 'auditor' })).toMatchObject({ id: '~2E.~2Fx' });
  });

  it('another claim may say who it is', () => {
    const claims = { sub: '00u1', staff_id: 'A1', role: 'arbitrator' };
    expect(principalOf(claims, 'staff_id')).toMatchObject({ id: 'A1', sub: 'A1' });
    expect(principalOf(claims, 'employee')).toBeUndefined();
    expect(principalOf(claims, 'toString')).toBeUndefined();
  });

  test.each([
    ['no role', { sub: 'jo', party: 'B1' }],
    ['a role that is none', { sub: 'jo', role: 'admin' }],
    ['a role spelt otherwise', { sub: 'jo', role: 'Buyer', party: 'B1' }],
    ['several roles', { sub: 'jo', role: ['buyer', 'auditor'], party: 'B1' }],
    ['the role of the clock', { sub: 'clock', role: 'clock' }],
    ['no subject', { role: 'auditor' }],
    ['an empty subject', { sub: '', role: 'auditor' }],
    ['a subject that is no text', { sub: 7, role: 'auditor' }],
    ['a buyer without a party', { sub: 'jo', role: 'buyer' }],
    ['a party that is no id', { sub: 'jo', role: 'buyer', party: 'B1/orders' }],
    ['several parties', { sub: 'jo', role: 'buyer', party: ['B1', 'B2'] }],
    ['an arbitrator with a party', { sub: 'a-1', role: 'arbitrator', party: 'B1' }],
  ])('no one, with %s', (_name, claims) => {
    expect(principalOf(claims)).toBeUndefined();
  });
});
