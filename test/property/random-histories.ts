import fc from 'fast-check';
import type { Caller } from '../../libs/domain/decision.js';
import { actionsOf, type Action } from '../../libs/domain/order/actions.js';
import type { PublishedPolicy } from '../../libs/domain/order/context.js';
import type { OrderCommand } from '../../libs/domain/order/commands.js';
import type { Order } from '../../libs/domain/order/state.js';
import { epochMsOf, instantOf, type Instant } from '../../libs/kernel/instant.js';
import { exampleTerms } from '../support/example-history.js';
import { diceOf, type Dice } from './dice.js';
import { orderRun, type OrderRun, type SentCommand } from './order-run.js';
import { POLICIES } from './policies.js';
import { randomContent } from './random-content.js';

/** What a history is made from: everything that is random in it. */
export interface Script {
  readonly policy: number;
  /** How far the usual way goes before anything may happen. */
  readonly usual: number;
  readonly steps: readonly { readonly gap: Gap; readonly dice: readonly number[] }[];
}

/** How long after the last command: so many milliseconds, or just when the next deadline is due. */
type Gap = { readonly ms: number } | { readonly aroundNextDue: number };

/** Commands by random actors, as they were sent. */
export interface RandomHistory {
  readonly policy: PublishedPolicy;
  readonly commands: readonly SentCommand[];
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const gap: fc.Arbitrary<Gap> = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 0, max: HOUR }).map((ms) => ({ ms })) },
  { weight: 3, arbitrary: fc.integer({ min: HOUR, max: 2 * DAY }).map((ms) => ({ ms })) },
  { weight: 1, arbitrary: fc.integer({ min: 2 * DAY, max: 40 * DAY }).map((ms) => ({ ms })) },
  { weight: 3, arbitrary: fc.constantFrom(-1, 0, 1).map((aroundNextDue) => ({ aroundNextDue })) },
);

export const scripts = (most: number): fc.Arbitrary<Script> =>
  fc.record({
    policy: fc.nat(POLICIES.length - 1),
    usual: fc.nat(7),
    steps: fc.array(fc.record({ gap, dice: fc.array(fc.nat(1_000), { minLength: 4, maxLength: 8 }) }), {
      minLength: 1,
      maxLength: most,
    }),
  });

const BUYER: Caller = { role: 'buyer', id: 'B1' };
const SUPPLIER: Caller = { role: 'supplier', id: 'S1' };
const PAYMENTS: Caller = { role: 'payments', id: 'P1' };
const LOGISTICS: Caller = { role: 'logistics', id: 'L1' };
const AGENT: Caller = { role: 'agent', id: 'G1' };
const CALLERS: readonly Caller[] = [
  BUYER,
  SUPPLIER,
  PAYMENTS,
  LOGISTICS,
  AGENT,
  { role: 'inspector', id: 'I1' },
  ...['A1', 'A2', 'A3'].flatMap((id): Caller[] => [
    { role: 'arbitrator', id },
    { role: 'appeal_arbitrator', id },
  ]),
];

const START = '2026-03-01T00:00:00.000Z';

/** Whose order it is: histories that run side by side have different ones. */
export interface Names {
  readonly orderId: string;
  readonly supplierId: string;
}

/**
 * Plays a script to the decider alone, without any scheduler, to find out who could send what at each step. What comes
 * of it are commands that can be sent again under any scheduler.
 */
export function playScript(
  { policy: index, usual, steps }: Script,
  names: Names = { orderId: 'O1', supplierId: 'S1' },
): RandomHistory {
  const policy = POLICIES[index] as PublishedPolicy;
  const run = orderRun(policy);
  const callers = CALLERS.map((caller) =>
    caller === SUPPLIER ? { ...caller, id: names.supplierId } : caller,
  );
  const commands: SentCommand[] = [];
  let now: Instant = START;
  const send = (caller: Caller, command: OrderCommand) => {
    const sent = { at: now, caller: callers[CALLERS.indexOf(caller)] ?? caller, command };
    run.send(sent);
    commands.push(sent);
  };

  send(BUYER, drafted(policy.policyId, names));
  for (const [caller, action, days] of USUAL_WAY.slice(0, usual)) {
    now = instantOf(epochMsOf(now) + days * DAY);
    send(caller, usualContent(run.order as Order, action));
  }
  for (const [number, step] of steps.entries()) {
    const dice = diceOf(step.dice);
    now = after(step.gap, now, run);
    const order = run.order as Order;
    const [caller, action] = chosen(order, now, callers, dice);
    const occasion = { order, now, revision: run.revision, unused: String(number), dice };
    send(caller, randomContent(action, occasion));
  }
  return { policy, commands };
}

function after(wait: Gap, now: Instant, run: OrderRun): Instant {
  if ('ms' in wait) return instantOf(epochMsOf(now) + wait.ms);
  const due = run.nextDue()?.dueAt;
  const instant = due === undefined ? now : instantOf(epochMsOf(due) + wait.aroundNextDue);
  return instant > now ? instant : now;
}

/** Mostly what somebody may do now, sometimes what nobody expects. */
function chosen(
  order: Order,
  now: Instant,
  callers: readonly Caller[],
  dice: Dice,
): readonly [Caller, Action] {
  const allowed = callers.flatMap((caller) =>
    actionsOf(order, caller, now).map((action) => [caller, action] as const),
  );
  const commands = [...new Set(allowed.map(([, { command }]) => command))].filter(
    (command) => !SELDOM.has(command) || dice.chance(25),
  );
  if (commands.length > 0 && dice.chance(85)) {
    const command = dice.pick(commands);
    return dice.pick(allowed.filter(([, action]) => action.command === command));
  }
  return [dice.pick(callers), { command: dice.pick(ANYTHING), dispute: 1 + dice.roll(2) }];
}

/** What would end the order early, or is always possible and changes little, if it came as often as the rest. */
const SELDOM: ReadonlySet<string> = new Set([
  'CancelOrder',
  'CompleteOrder',
  'WithdrawDispute',
  'PostMessage',
  'SubmitEvidence',
  'RecordFee',
  'BookInspection',
  'WaiveNonconformity',
  'ExtendDeadline',
  'AmendClaim',
  'ReportChargeback',
]);

const ANYTHING: readonly Action['command'][] = [
  'ConfirmContract',
  'RecordPayment',
  'RecordShipment',
  'ConfirmReceipt',
  'OpenDispute',
  'RespondToDispute',
  'AcceptSettlement',
  'EscalateDispute',
  'AssignArbitrator',
  'IssueDetermination',
  'LodgeAppeal',
  'RecordRefund',
  'ReopenDispute',
  'ExtendDeadline',
];

type UsualCommand =
  | 'ConfirmContract'
  | 'RecordPayment'
  | 'OpenDispute'
  | 'RecordShipment'
  | 'RespondToDispute'
  | 'EscalateDispute'
  | 'AssignArbitrator';

/** Who does what when everything goes its way, and how many days after the last: late, so that there is a claim. */
const USUAL_WAY: readonly (readonly [Caller, UsualCommand, number])[] = [
  [SUPPLIER, 'ConfirmContract', 1],
  [PAYMENTS, 'RecordPayment', 1],
  [LOGISTICS, 'RecordShipment', 20],
  [BUYER, 'OpenDispute', 1],
  [SUPPLIER, 'RespondToDispute', 1],
  [BUYER, 'EscalateDispute', 1],
  [AGENT, 'AssignArbitrator', 1],
];

function usualContent(order: Order, command: UsualCommand): OrderCommand {
  const dice = diceOf([]);
  const occasion = { order, now: START, revision: '0', unused: 'usual', dice };
  switch (command) {
    case 'OpenDispute':
      return {
        type: command,
        data: {
          ground: 'LATE_SHIPMENT',
          claimed: { amount: 500_000, currency: 'USD' },
          statement: 'It came late.',
          terms: [],
          desiredRemedy: 'DELAY_COMPENSATION',
        },
      };
    default:
      return randomContent({ command }, occasion);
  }
}

const drafted = (policyId: string, { orderId, supplierId }: Names): OrderCommand => ({
  type: 'DraftOrder',
  data: {
    orderId,
    buyer: { id: 'B1', name: 'Hardware Direct', country: 'US' },
    supplierId,
    policyId,
    category: 'HARDWARE',
    terms: {
      ...exampleTerms,
      shipDate: '2026-03-15',
      coverageType: policyId === 'classic' ? 'PRE_SHIPMENT' : 'POST_DELIVERY',
    },
  },
});
