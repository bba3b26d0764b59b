import type { Caller } from '../../libs/domain/decision.js';
import type { SupplierEvent } from '../../libs/domain/supplier/events.js';
import type { Step } from './example-history.js';

const RISK: Caller = { role: 'risk', id: 'R1' };
const usd = (dollars: number) => ({ amount: dollars * 100, currency: 'USD' });

export const supplierSteps = (...events: readonly SupplierEvent[]): Step[] =>
  events.map((event) => ({ by: RISK, at: '2026-01-01T00:00:00.000Z', event }));

/** A supplier that may be covered up to 9,000 dollars. */
export const enrolledSupplier = (supplierId: string, name: string, country = 'CN'): Step[] =>
  supplierSteps(
    { type: 'SupplierEnrolled', data: { supplierId, name, country, enrolledAt: '2026-01-01T00:00:00.000Z' } },
    {
      type: 'SupplierAssessed',
      data: {
        tradeHistory: true,
        qualifications: true,
        legalStatus: true,
        qualified: true,
        assessedBy: 'R1',
      },
    },
    { type: 'AssuranceLimitSet', data: { limit: usd(9_000), setBy: 'R1' } },
  );
