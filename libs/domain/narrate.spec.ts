import type { Caller } from './decision.js';
import { inspectorEventSchemas, type InspectorEvent } from './inspector/events.js';
import { narrateInspector } from './inspector/narrate.js';
import { policyEventSchemas, type PolicyEvent } from './policy/events.js';
import { narratePolicy } from './policy/narrate.js';
import { PRESETS } from './policy/presets.js';
import { supplierEventSchemas, type SupplierEvent } from './supplier/events.js';
import { narrateSupplier } from './supplier/narrate.js';

const at = '2026-01-01T00:00:00.000Z';
const risk: Caller = { role: 'risk', id: 'R1' };
const admin: Caller = { role: 'policy_admin', id: 'PA1' };
const usd = { amount: 750_000, currency: 'USD' };

const supplierStory: readonly (readonly [SupplierEvent, string])[] = [
  [
    {
      type: 'SupplierEnrolled',
      data: { supplierId: 'S1', name: 'Ningbo Metal', country: 'CN', enrolledAt: at },
    },
    'Risk officer R1 enrolled supplier Ningbo Metal (S1, CN).',
  ],
  [
    {
      type: 'SupplierAssessed',
      data: {
        tradeHistory: true,
        qualifications: false,
        legalStatus: true,
        qualified: false,
        assessedBy: 'R1',
      },
    },
    'Risk officer R1 assessed the supplier: trade history good, qualifications not good, legal status good; not qualified.',
  ],
  [
    { type: 'AssuranceLimitSet', data: { limit: usd, setBy: 'R1' } },
    'Risk officer R1 set the assurance limit to 7,500.00 USD.',
  ],
  [
    { type: 'CoverageReserved', data: { orderId: 'O1', amount: usd, kind: 'ORDER' } },
    '7,500.00 USD of the limit were reserved for order O1.',
  ],
  [
    { type: 'CoverageReleased', data: { orderId: 'O1', amount: usd, kind: 'RECOVERY' } },
    '7,500.00 USD of the limit were given back by the unpaid recovery of order O1.',
  ],
  [
    { type: 'SupplierSuspended', data: { reason: 'RECOVERY_OVERDUE', orderId: 'O1', suspendedAt: at } },
    'The supplier was suspended (recovery overdue, order O1).',
  ],
  [
    { type: 'SupplierReinstated', data: { note: 'Paid', reinstatedBy: 'R1' } },
    'Risk officer R1 reinstated the supplier: “Paid”.',
  ],
];

const policyStory: readonly (readonly [PolicyEvent, string])[] = [
  [
    {
      type: 'PolicyDrafted',
      data: {
        policyId: 'strict',
        version: 2,
        title: 'Strict',
        parameters: PRESETS.standard,
        draftedBy: 'PA1',
      },
    },
    'Policy admin PA1 drafted version 2 of policy strict: “Strict”.',
  ],
  [
    {
      type: 'PolicyPublished',
      data: { policyId: 'strict', version: 2, publishedBy: 'PA1', publishedAt: at },
    },
    'Policy admin PA1 published version 2 of policy strict; contracts confirmed from now on are held to it.',
  ],
  [
    { type: 'PolicyRetired', data: { policyId: 'strict', version: 2, retiredBy: 'PA1' } },
    'Policy admin PA1 retired version 2 of policy strict; orders that it was frozen into keep it.',
  ],
];

const inspectorStory: readonly (readonly [InspectorEvent, string])[] = [
  [
    {
      type: 'InspectorAccredited',
      data: {
        inspectorId: 'I1',
        name: 'SGS',
        fields: ['textiles', 'metal'],
        accreditedBy: 'PA1',
        accreditedAt: at,
      },
    },
    'Policy admin PA1 accredited inspector SGS (I1) for textiles and metal.',
  ],
  [
    { type: 'AccreditationWithdrawn', data: { inspectorId: 'I1', reason: 'Bribed', withdrawnBy: 'PA1' } },
    'Policy admin PA1 withdrew the accreditation of I1: “Bribed”.',
  ],
];

const typesOf = (events: readonly { readonly type: string }[]) => events.map(({ type }) => type).toSorted();

describe('A supplier, a policy and an inspector are told to people', () => {
  it.each(supplierStory)('$type', (event, sentence) =>
    expect(narrateSupplier(event, risk).sentence).toBe(sentence),
  );
  it.each(policyStory)('$type', (event, sentence) =>
    expect(narratePolicy(event, admin).sentence).toBe(sentence),
  );
  it.each(inspectorStory)('$type', (event, sentence) =>
    expect(narrateInspector(event, admin).sentence).toBe(sentence),
  );

  const otherwise: readonly (readonly [SupplierEvent, string])[] = [
    [
      {
        type: 'SupplierAssessed',
        data: {
          tradeHistory: true,
          qualifications: true,
          legalStatus: true,
          qualified: true,
          note: 'Audited',
          assessedBy: 'R1',
        },
      },
      'Risk officer R1 assessed the supplier: trade history good, qualifications good, legal status good; qualified: “Audited”.',
    ],
    [
      { type: 'SupplierSuspended', data: { reason: 'RISK', note: 'Complaints', suspendedAt: at } },
      'The supplier was suspended (risk): “Complaints”.',
    ],
    [
      { type: 'SupplierReinstated', data: { reinstatedBy: 'R1' } },
      'Risk officer R1 reinstated the supplier.',
    ],
    [
      { type: 'CoverageReserved', data: { orderId: 'O1', amount: usd, kind: 'RECOVERY' } },
      '7,500.00 USD of the limit were reserved for the unpaid recovery of order O1.',
    ],
    [
      { type: 'CoverageReleased', data: { orderId: 'O1', amount: usd, kind: 'ORDER' } },
      '7,500.00 USD of the limit were given back by order O1.',
    ],
  ];
  it.each(otherwise)('$type, told otherwise', (event, sentence) =>
    expect(narrateSupplier(event, risk).sentence).toBe(sentence),
  );

  it('with the reason where there is one, and the fields where there are any', () => {
    const retired: PolicyEvent = {
      type: 'PolicyRetired',
      data: { policyId: 'strict', version: 2, retiredBy: 'PA1', reason: 'Too strict' },
    };
    expect(narratePolicy(retired, admin).sentence).toBe(
      'Policy admin PA1 retired version 2 of policy strict: “Too strict”; orders that it was frozen into keep it.',
    );
    const withdrawn: InspectorEvent = {
      type: 'AccreditationWithdrawn',
      data: { inspectorId: 'I1', withdrawnBy: 'PA1' },
    };
    expect(narrateInspector(withdrawn, admin).sentence).toBe(
      'Policy admin PA1 withdrew the accreditation of I1.',
    );
    const accredited: InspectorEvent = {
      type: 'InspectorAccredited',
      data: { inspectorId: 'I1', name: 'SGS', fields: [], accreditedBy: 'PA1', accreditedAt: at },
    };
    expect(narrateInspector(accredited, admin).sentence).toBe(
      'Policy admin PA1 accredited inspector SGS (I1).',
    );
  });

  it('with the rules that it follows from', () => {
    const rulesOf = (story: readonly (readonly [SupplierEvent, string])[]) =>
      story.map(([event]) => [event.type, ...narrateSupplier(event, risk).rules]);
    expect(rulesOf([...supplierStory, ...otherwise])).toEqual([
      ['SupplierEnrolled', 1, 2],
      ['SupplierAssessed', 1],
      ['AssuranceLimitSet', 1],
      ['CoverageReserved', 1],
      ['CoverageReleased', 30],
      ['SupplierSuspended', 30],
      ['SupplierReinstated', 1],
      ['SupplierAssessed', 1],
      ['SupplierSuspended', 1],
      ['SupplierReinstated', 1],
      ['CoverageReserved', 30],
      ['CoverageReleased', 1],
    ]);
    expect(policyStory.map(([event]) => narratePolicy(event, admin).rules)).toEqual([[], [4], [4]]);
    expect(inspectorStory.map(([event]) => narrateInspector(event, admin).rules)).toEqual([[16], [16]]);
  });

  it('by a sentence for every type of event', () => {
    expect(typesOf(supplierStory.map(([event]) => event))).toEqual(typesOf(supplierEventSchemas));
    expect(typesOf(policyStory.map(([event]) => event))).toEqual(typesOf(policyEventSchemas));
    expect(typesOf(inspectorStory.map(([event]) => event))).toEqual(typesOf(inspectorEventSchemas));
  });
});
