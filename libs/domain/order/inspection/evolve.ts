import type { Order } from '../state.js';
import type { InspectionEvent } from './events.js';

export function evolveInspection(order: Order, event: InspectionEvent): Order {
  switch (event.type) {
    case 'InspectionBooked': {
      const { inspectionId, stage, by, inspectorId, accepted } = event.data;
      return {
        ...order,
        inspections: [...order.inspections, { inspectionId, stage, by, inspectorId, accepted }],
      };
    }
    case 'InspectionCommissioned': {
      const { inspectionId, stage, inspectorId, accepted, dispute, fee } = event.data;
      const commissioned = {
        inspectionId,
        stage,
        by: 'THIRD_PARTY',
        inspectorId,
        accepted,
        dispute,
        fee: fee?.amount,
      } as const;
      return { ...order, inspections: [...order.inspections, commissioned] };
    }
    case 'InspectionReported': {
      const { inspectionId, result, findings, inspectedAt } = event.data;
      return {
        ...order,
        inspections: order.inspections.map((known) =>
          known.inspectionId === inspectionId
            ? { ...known, report: { result, findings, inspectedAt } }
            : known,
        ),
      };
    }
    default: {
      const _: never = event;
      return order;
    }
  }
}
