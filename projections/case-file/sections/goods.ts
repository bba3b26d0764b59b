import { qualifyingInspections } from '../../../libs/domain/order/dispute/ruling.js';
import type { Inspection, Order } from '../../../libs/domain/order/state.js';
import type { Instant } from '../../../libs/kernel/instant.js';
import type { Money } from '../../../libs/kernel/money.js';
import type { Fact } from '../../order-facts.js';
import { factsOf, type History } from '../history.js';

/** What was promised and what came: shipments beside the promised day, inspections with what they found, waivers. */
export interface Goods {
  readonly promised: {
    /** As the contract has it. */
    readonly first: string;
    /** After the revisions that were agreed (rule 7). */
    readonly now: string;
    readonly revisions: Order['contract']['shipDateRevisions'];
  };
  readonly shipments: readonly (Order['fulfilment']['shipments'][number] & { readonly revision: string })[];
  readonly clearedAt?: Instant;
  readonly received?: Order['fulfilment']['received'];
  readonly inspections: readonly CaseInspection[];
  readonly waivers: readonly {
    readonly revision: string;
    readonly at: Instant;
    readonly terms: readonly string[];
    readonly statement: string;
    readonly inspectionId?: string;
  }[];
}

export interface CaseInspection {
  /** Of the event that booked or commissioned it. */
  readonly revision: string;
  readonly at: Instant;
  readonly inspectionId: string;
  readonly stage: Inspection['stage'];
  readonly by: Inspection['by'];
  readonly inspectorId?: string;
  /** Rule 16: its inspector was accredited. */
  readonly accepted: boolean;
  /** Rule 16: it was reported, and is of the kind that the policy demands. */
  readonly counts: boolean;
  readonly bookedBy?: string;
  readonly scheduledFor?: Instant;
  /** Set when an arbitrator commissioned it. */
  readonly commissioned?: {
    readonly dispute: number;
    readonly by: string;
    readonly question: string;
    readonly fee?: Money;
  };
  readonly report?: NonNullable<Inspection['report']> & {
    readonly revision: string;
    readonly reportedBy: string;
    readonly reportHash: string;
  };
}

export function goodsOf(history: History): Goods {
  const { contract, fulfilment } = history.order;
  return {
    promised: {
      first: contract.terms.shipDate,
      now: contract.shipDate,
      revisions: contract.shipDateRevisions,
    },
    shipments: factsOf(history, 'ShipmentRecorded').map(({ revision, data }) => ({ revision, ...data })),
    clearedAt: fulfilment.clearedAt,
    received: fulfilment.received,
    inspections: inspectionsOf(history),
    waivers: factsOf(history, 'NonconformityWaived').map(({ revision, at, data }) => ({
      revision,
      at,
      ...data,
    })),
  };
}

function inspectionsOf(history: History): CaseInspection[] {
  const { order } = history;
  const counting = new Set(
    order.contract.confirmed === undefined
      ? []
      : qualifyingInspections(order).map(({ inspectionId }) => inspectionId),
  );
  const arranged = factsOf(history, 'InspectionBooked', 'InspectionCommissioned');
  return order.inspections.flatMap((inspection) => {
    const { inspectionId, stage, by, inspectorId, accepted } = inspection;
    const fact = arranged.find(({ data }) => data.inspectionId === inspectionId);
    if (fact === undefined) return [];
    return [
      {
        revision: fact.revision,
        at: fact.at,
        inspectionId,
        stage,
        by,
        inspectorId,
        accepted,
        counts: counting.has(inspectionId),
        ...(fact.type === 'InspectionBooked' ? booking(fact) : commission(fact)),
        report: reportOf(history, inspection),
      },
    ];
  });
}

const booking = ({ data: { bookedBy, scheduledFor } }: Fact<'InspectionBooked'>) => ({
  bookedBy,
  scheduledFor,
});

const commission = ({
  data: { dispute, commissionedBy: by, question, fee },
}: Fact<'InspectionCommissioned'>) => ({
  commissioned: { dispute, by, question, fee: fee ?? undefined },
});

function reportOf(history: History, { inspectionId, report }: Inspection): CaseInspection['report'] {
  const fact = factsOf(history, 'InspectionReported').findLast(
    ({ data }) => data.inspectionId === inspectionId,
  );
  return (
    report &&
    fact && {
      ...report,
      revision: fact.revision,
      reportedBy: fact.data.reportedBy,
      reportHash: fact.data.reportHash,
    }
  );
}
