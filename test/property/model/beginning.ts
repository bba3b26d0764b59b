import type { Caller } from '../../../libs/domain/decision.js';
import type { OrderCommand } from '../../../libs/domain/order/commands.js';
import { termsHash } from '../../../libs/domain/order/contract/decide.js';
import type { Terms } from '../../../libs/domain/order/contract/terms.js';
import { instantOf } from '../../../libs/kernel/instant.js';
import { pick, type Chance } from './chance.js';
import { DAY, type Model, type Step } from './model.js';
import { HASH, usd } from './random-parts.js';

export const START = Date.parse('2026-03-01T00:00:00.000Z');

export function randomTerms(chance: Chance, now: number = START): Terms {
  const initial = pick(chance, [300_000, 300_000, 1_000_000]);
  return {
    orderValue: usd(1_000_000),
    coveredAmount: usd(pick(chance, [1_000_000, 1_000_000, 250_000])),
    shipDate: instantOf(now + (3 + chance(20)) * DAY).slice(0, 10),
    coverageType: pick(chance, ['POST_DELIVERY', 'POST_DELIVERY', 'PRE_SHIPMENT']),
    qualitySafeguard: chance(5) > 0,
    product: 'brackets',
    quantity: { count: 500, unit: 'pieces', toleranceBasisPoints: 100 },
    specification: [
      { id: 'colour', aspect: 'COLOUR', text: 'RAL 9005', measurable: true },
      { id: 'finish', aspect: 'OTHER', text: 'pleasant', measurable: false },
    ],
    initialPayment: usd(initial),
    balance: usd(1_000_000 - initial),
  };
}

/** How a story begins: some way along the usual course, so that most of it can be about what goes wrong. */
export function prologue(chance: Chance, { terms }: Model): readonly (Step & { readonly after: number })[] {
  const method = pick(chance, ['TELEGRAPHIC_TRANSFER', 'TELEGRAPHIC_TRANSFER', 'CARD'] as const);
  const payment = { method, payerAccountName: 'Hardware Direct LLC', payerCountry: 'US' };
  const by = (role: Caller['role'], id: string, command: OrderCommand, days = 0) => ({
    caller: { role, id },
    command,
    after: days * DAY,
  });
  const usual = [
    by('supplier', 'S1', { type: 'ConfirmContract', data: { termsHash: termsHash(terms) } }),
    by('payments', 'payments', {
      type: 'RecordPayment',
      data: { ...payment, paymentId: 'pay-1', milestone: 'INITIAL', amount: terms.initialPayment },
    }),
    by('payments', 'payments', {
      type: 'RecordPayment',
      data: { ...payment, paymentId: 'pay-2', milestone: 'BALANCE', amount: terms.balance },
    }),
    ...(chance(2) === 0
      ? [
          by('buyer', 'B1', {
            type: 'BookInspection',
            data: { inspectionId: 'insp-0', stage: 'PRE_SHIPMENT', by: 'THIRD_PARTY', inspectorId: 'I1' },
          }),
          by('inspector', 'I1', {
            type: 'ReportInspection',
            data: {
              inspectionId: 'insp-0',
              result: 'FAIL',
              findings: [{ term: pick(chance, ['colour', 'finish']), conforms: false }],
              reportHash: HASH,
            },
          }),
        ]
      : []),
    by(
      'logistics',
      'logistics',
      { type: 'RecordShipment', data: { shipmentId: 'ship-0', carrier: 'Maersk' } },
      chance(25),
    ),
    by(
      'buyer',
      'B1',
      { type: 'ConfirmReceipt', data: { quantity: pick(chance, [undefined, 490, 500]) } },
      1 + chance(5),
    ),
  ];
  return usual.slice(0, chance(usual.length + 1));
}
