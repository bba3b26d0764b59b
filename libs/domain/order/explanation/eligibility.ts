import { formatMoney } from '../../../kernel/money.js';
import type { Fault } from '../../../kernel/problem.js';
import type { PolicyParameters } from '../../policy/parameters.js';
import { enumerated, inWords, momentOf } from '../../prose.js';
import type { DeadlineKind } from '../../vocabulary.js';
import { eligibilityFaults } from '../contract/eligibility.js';
import { claimWindowEnd } from '../completion.js';
import { latestDeadline } from '../deadlines/decide.js';
import { claimFaults, groundFaults, scopeOf, statementFaults } from '../dispute/claim.js';
import { meritFaults, qualifyingInspections } from '../dispute/ruling.js';
import type { OrderEvent } from '../events.js';
import type { Dispute, Order } from '../state.js';
import { disputeEventsOf, eventsOf, upTo, type Course, type Happened, type HappenedOf } from './history.js';
import { parametersOf, step, type Step } from './step.js';

/** Why the contract was covered, the payments counted, and the claim could be made and can succeed. */
export const eligibilityOf = (course: Course): readonly Step[] => [
  ...ofContract(course),
  ...ofPayments(course),
  ...disputeEventsOf(course, 'DisputeOpened').flatMap((opened) => ofClaim(course, opened)),
  ...disputeEventsOf(course, 'DeterminationIssued', 'AppealDecided').flatMap((ruled) =>
    ofMerits(course.before(ruled), upTo(course, ruled), course.dispute.dispute, 'AT_RULING', ruled),
  ),
  ...(course.dispute.status === 'CLOSED'
    ? []
    : ofMerits(course.order, course, course.dispute.dispute, 'AS_IT_STANDS', course.happened.at(-1))),
];

/** A rule with what it says where nothing stands against it; what does stand against it speaks for itself. */
interface Question {
  readonly code: string;
  readonly rule: number;
  readonly otherwise: string;
  readonly types: readonly OrderEvent['type'][];
  /** The deadline that it asks after. */
  readonly deadline?: DeadlineKind;
  readonly parameters?: readonly (keyof PolicyParameters)[];
}

/** The deciders' own faults say what is broken: what is explained cannot differ from what was decided. */
function answered(
  questions: readonly Question[],
  faults: readonly Fault[],
  judged: {
    readonly order: Order;
    readonly known: Pick<Course, 'happened'>;
    readonly at: Happened | undefined;
  },
): readonly Step[] {
  return questions.map(({ code, rule, otherwise, types, deadline, parameters = [] }) => {
    const against = faults.filter((fault) => fault.rule === rule);
    return step({
      code,
      rule,
      met: against.length === 0,
      sentence: against.length === 0 ? otherwise : against.map(({ message }) => message).join(' '),
      at: judged.at?.at ?? '',
      facts: [
        ...eventsOf(judged.known, ...types),
        ...eventsOf(judged.known, 'DeadlineSet', 'DeadlineExtended', 'DeadlineExpired').filter(
          ({ event }) => event.data.kind === deadline,
        ),
      ],
      parameters: parametersOf(judged.order, ...parameters),
    });
  });
}

/** Rules 1 to 4 and 6, as of the confirmation. */
function ofContract(course: Course): readonly Step[] {
  return eventsOf(course, 'ContractConfirmed').flatMap((confirmed) => {
    const { supplier, policyId, policyVersion, policy, terms, coveredAmount, weaknesses } =
      confirmed.event.data;
    const { order } = course;
    const standing = { ...supplier, enrolled: true, suspended: false };
    const faults = eligibilityFaults(
      course.before(confirmed),
      { policyId, version: policyVersion, parameters: policy },
      standing,
    );
    const questions: readonly Question[] = [
      {
        code: 'SUPPLIER_ELIGIBLE',
        rule: 1,
        otherwise: `${supplier.name} was enrolled, qualified and not suspended, with a limit of ${formatMoney(supplier.limit)}.`,
        types: ['ContractConfirmed'],
      },
      {
        code: 'COUNTRY_ALLOWED',
        rule: 2,
        otherwise: `The policy covers suppliers in ${supplier.country}.`,
        types: ['ContractConfirmed'],
        parameters: ['supplierCountries'],
      },
      {
        code: 'ORDER_ELIGIBLE',
        rule: 3,
        otherwise: `The order value of ${formatMoney(terms.orderValue)} reaches the minimum, and ${inWords(order.category)} is not excluded.`,
        types: ['OrderDrafted', 'ContractConfirmed'],
        parameters: ['minimumOrder', 'excludedCategories'],
      },
      {
        code: 'CONTRACT_CONFIRMED',
        rule: 4,
        otherwise: `The ${confirmed.event.data.by} confirmed the terms that the other party had proposed: version ${policyVersion} of policy ${policyId} applies, and ${formatMoney(coveredAmount)} is covered.`,
        types: ['OrderDrafted', 'TermsProposed', 'ContractConfirmed'],
      },
      {
        code: 'CONTRACT_WEAKNESSES',
        rule: 6,
        otherwise:
          weaknesses.length === 0
            ? 'Nothing made the contract weak.'
            : weaknesses.map(({ message }) => message).join(' '),
        types: ['ContractConfirmed'],
      },
    ];
    return answered(questions, faults, { order, known: course, at: confirmed });
  });
}

/** Rule 8, for each payment. */
const ofPayments = (course: Course): readonly Step[] =>
  eventsOf(course, 'PaymentReceived', 'PaymentMarkedIneligible').map((paid) => {
    const { data } = paid.event;
    const told = `${formatMoney(data.amount)} by ${inWords(data.method)} for the ${inWords(data.milestone)} payment`;
    return step({
      code: 'PAYMENT_COVERED',
      rule: 8,
      met: !('reasons' in data),
      sentence:
        'reasons' in data
          ? `${told} is not covered: ${data.reasons.map(({ message }) => message).join(' ')}`
          : `${told} is covered.`,
      at: paid.at,
      facts: [paid],
      parameters: {
        methods: (course.order.contract.confirmed?.policy.methods ?? []).filter(
          ({ method }) => method === data.method,
        ),
      },
      figures: { amount: data.amount },
    });
  });

/** Rules 14 to 17 and 20 to 22, as of the opening. */
function ofClaim(course: Course, opened: HappenedOf<'DisputeOpened'>): readonly Step[] {
  const order = course.before(opened);
  const { ground, claimed, terms, statement, cap } = opened.event.data;
  const faults = [
    ...groundFaults(order, ground, opened.at),
    ...claimFaults(order, ground, claimed, terms),
    ...statementFaults(statement),
  ];
  const scope = scopeOf(ground, terms);
  const end = claimWindowEnd(order);
  const questions: readonly (Question | false)[] = [
    {
      code: 'GROUND_COVERED',
      rule: 14,
      otherwise: `The policy covers ${inWords(ground)}.`,
      types: ['ContractConfirmed', 'ShipmentRecorded'],
      parameters: ['grounds'],
    },
    ground === 'LATE_SHIPMENT' && lateness(order),
    ground === 'QUALITY' && {
      code: 'SAFEGUARD_CHOSEN',
      rule: 16,
      otherwise: 'The quality safeguard was chosen when ordering.',
      types: ['ContractConfirmed'],
    },
    {
      code: 'INITIAL_PAYMENT_COVERED',
      rule: 8,
      otherwise: 'The initial payment was made by a method that is covered.',
      types: ['PaymentReceived', 'PaymentMarkedIneligible'],
      parameters: ['methods'],
    },
    scope.length > 0 && {
      code: 'NOT_WAIVED',
      rule: 17,
      otherwise: `The buyer had not waived ${enumerated(scope)}.`,
      types: ['NonconformityWaived'],
    },
    {
      code: 'CLAIM_WITHIN_CAP',
      rule: 20,
      otherwise: `${formatMoney(claimed)} was claimed, and at most ${formatMoney(cap.cap)} could be.`,
      types: ['ContractConfirmed', 'PaymentReceived', 'ChargebackReported', 'RefundInstructed'],
    },
    {
      code: 'CLAIM_WELL_FORMED',
      rule: 21,
      otherwise: `The buyer claimed an amount above zero in words of its own; no other dispute about ${inWords(ground)} was open.`,
      types: ['DisputeOpened', 'DisputeClosed'],
    },
    {
      code: 'WITHIN_WINDOW',
      rule: 22,
      otherwise:
        end === undefined
          ? 'The claim window had not begun to run.'
          : `The claim window was open until ${momentOf(end)}.`,
      types: ['ShipmentRecorded', 'CustomsCleared', 'ReceiptConfirmed'],
      deadline: 'ClaimWindow',
      parameters: ['claimWindow', 'zone', 'days'],
    },
  ];
  const asked = questions.filter((question) => question !== false);
  return answered(asked, faults, { order, known: upTo(course, opened), at: opened }).map((one) =>
    one.code === 'CLAIM_WELL_FORMED' ? { ...one, facts: [...one.facts, factOf(opened)] } : one,
  );
}

const factOf = ({ revision, event: { type } }: Happened) => ({ revision, type });

const lateness = (order: Order): Question => {
  const due = latestDeadline(order, 'ShipmentDue')?.dueAt;
  const shipped = order.fulfilment.shipments[0]?.shippedAt;
  const until = due === undefined ? '' : `; with its grace it ended at ${momentOf(due)}`;
  return {
    code: 'SHIPPED_LATE',
    rule: 15,
    otherwise: `The promised day was ${order.contract.shipDate}${until}, and ${
      shipped === undefined ? 'nothing had been shipped' : `the goods were shipped at ${momentOf(shipped)}`
    }.`,
    types: ['ContractConfirmed', 'ShipDateRevisionAgreed', 'ShipmentRecorded'],
    deadline: 'ShipmentDue',
    parameters: ['latenessGrace', 'zone'],
  };
};

/** Rules 15 to 19: what stands against awarding anything, when it was decided or as it is. */
function ofMerits(
  order: Order,
  known: Pick<Course, 'happened'>,
  number: number,
  when: 'AT_RULING' | 'AS_IT_STANDS',
  at: Happened | undefined,
): readonly Step[] {
  const dispute = order.disputes.find((one) => one.dispute === number);
  if (dispute === undefined) return [];
  const faults = meritFaults(order, dispute);
  const questions = meritQuestions(order, dispute);
  const stopped = questions.findIndex(({ rule }) => faults.some((fault) => fault.rule === rule));
  // What comes after was not asked any more: without a report there is nothing to read from one.
  const asked = stopped < 0 ? questions : questions.slice(0, stopped + 1);
  return answered(asked, faults, { order, known, at }).map((one) => ({
    ...one,
    code: `${one.code}_${when}`,
  }));
}

/** In the order in which they are asked. */
function meritQuestions(order: Order, { ground }: Dispute): readonly Question[] {
  const waiver: Question = {
    code: 'NOT_WAIVED',
    rule: 17,
    otherwise: 'Something is claimed that the buyer has not waived.',
    types: ['NonconformityWaived'],
  };
  switch (ground) {
    case 'LATE_SHIPMENT':
      return [waiver, lateness(order)];
    case 'QUANTITY':
      return [waiver, shortness(order)];
    case 'QUALITY':
      return [waiver, ...qualityQuestions(order)];
    default:
      return [waiver];
  }
}

function shortness({ contract, fulfilment }: Order): Question {
  const { count, unit, toleranceBasisPoints } = contract.terms.quantity;
  const received = fulfilment.received?.quantity;
  const came = received === undefined ? 'the buyer has not said how many came' : `${received} came`;
  return {
    code: 'QUANTITY_SHORT',
    rule: 18,
    otherwise: `${count} ${unit} were agreed, ${toleranceBasisPoints / 100} % fewer are tolerated, and ${came}.`,
    types: ['ContractConfirmed', 'ReceiptConfirmed'],
  };
}

const qualityQuestions = (order: Order): readonly Question[] => [
  {
    code: 'INSPECTED',
    rule: 16,
    otherwise: ofTheKindDemanded(qualifyingInspections(order).map(({ inspectionId }) => inspectionId)),
    types: ['InspectionBooked', 'InspectionCommissioned', 'InspectionReported'],
    parameters: ['preShipmentInspection', 'postDeliveryInspection'],
  },
  {
    code: 'GOODS_DO_NOT_CONFORM',
    rule: 18,
    otherwise: 'By the latest report the goods do not meet all that is claimed.',
    types: ['InspectionReported'],
  },
  {
    code: 'TERMS_CLEAR',
    rule: 19,
    otherwise: 'What is not met can be measured, or the policy reads it in favour of the claim.',
    types: ['ContractConfirmed', 'InspectionReported'],
    parameters: ['ambiguity'],
  },
];

const ofTheKindDemanded = (inspections: readonly string[]): string =>
  `${inspections.length === 1 ? 'Inspection' : 'Inspections'} ${enumerated(inspections)} ` +
  `${inspections.length === 1 ? 'is' : 'are'} of the kind that the policy demands.`;
