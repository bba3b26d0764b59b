import type { Cast } from './cast.js';

interface Instructed {
  readonly type: string;
  readonly subject: string;
  readonly position: string;
  readonly data: {
    readonly refundId?: string;
    readonly releaseId?: string;
    readonly recoveryId?: string;
    readonly supplierId?: string;
    readonly amount: { readonly amount: number; readonly currency: string };
  };
}

const PROMPT = 'S-shenzhen-lamps';
const TYPES = 'RefundInstructed,ReleaseInstructed,RecoveryDemanded';

/**
 * The demo's payment service: reads what the engine instructed since it last looked, carries it out and reports back
 * (rule 13). Every seventh refund bounces, and waits for somebody to try it again. One supplier pays back what it owes at once, the others for as
 * long as `suppliersPay`: who does not is suspended after thirty days (rule 30).
 */
export function paymentService(
  cast: Cast,
  /** A position: what was instructed before it is somebody else's. */
  from: string,
): (suppliersPay: boolean) => Promise<void> {
  let after = from;
  let refunds = 0;
  return async (suppliersPay) => {
    const payments = await cast.as('payments', 'payment-service');
    for (;;) {
      const events = await payments.get<readonly Instructed[]>(
        `/v1/events?limit=500&types=${TYPES}&after=${after}`,
      );
      for (const { type, subject, data } of events) {
        const order = `/v1/orders/${subject}`;
        const { amount, refundId, releaseId, recoveryId, supplierId } = data;
        if (type === 'recourse.ReleaseInstructed') {
          await payments.send(`${order}/record-release`, { releaseId, amount, reference: `TT-${subject}` });
        } else if (type === 'recourse.RecoveryDemanded') {
          if (suppliersPay || supplierId === PROMPT)
            await payments.send(`${order}/record-recovery`, { recoveryId, amount });
        } else {
          const outcome =
            ++refunds % 7 === 0
              ? { outcome: 'FAILED', reason: 'Beneficiary account closed' }
              : { outcome: 'ISSUED', reference: `TT-${2_000 + refunds}` };
          await payments.send(`${order}/record-refund`, { refundId, amount, ...outcome });
        }
      }
      after = events.at(-1)?.position ?? after;
      if (events.length < 500) return;
    }
  };
}
