import type { Order, Recovery } from '../state.js';
import type { RecoveryEvent } from './events.js';

export function evolveRecovery(order: Order, event: RecoveryEvent): Order {
  switch (event.type) {
    case 'RecoveryDemanded': {
      const { recoveryId, refundId, dispute, amount } = event.data;
      const demanded: Recovery = {
        recoveryId,
        refundId,
        dispute,
        amount: amount.amount,
        outstanding: amount.amount,
        state: 'OWED',
      };
      return { ...order, recoveries: [...order.recoveries, demanded] };
    }
    case 'RecoveryReceived': {
      const outstanding = event.data.outstanding.amount;
      return recoveryWith(order, event.data.recoveryId, (recovery) => ({
        ...recovery,
        outstanding,
        state: outstanding === 0 ? 'PAID' : recovery.state,
      }));
    }
    case 'RecoveryWrittenOff':
      return recoveryWith(order, event.data.recoveryId, (recovery) => ({
        ...recovery,
        outstanding: 0,
        state: 'WRITTEN_OFF',
      }));
    default: {
      const _: never = event;
      return order;
    }
  }
}

export const recoveryWith = (
  order: Order,
  recoveryId: string,
  change: (recovery: Recovery) => Recovery,
): Order => ({
  ...order,
  recoveries: order.recoveries.map((known) => (known.recoveryId === recoveryId ? change(known) : known)),
});
