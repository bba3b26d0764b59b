import type { Instant } from '../../../kernel/instant.js';
import type { Money } from '../../../kernel/money.js';
import type { PolicyParameters } from '../../policy/parameters.js';
import { RULE_BOOK } from '../../rule-book.js';
import type { OrderEvent } from '../events.js';
import type { Order } from '../state.js';
import type { Happened } from './history.js';

/** One rule as it was applied: what it made of which facts, by which values of the policy. */
export interface Step {
  /** Which question it answers: stable, for machines. */
  readonly code: string;
  readonly rule: number;
  /** The rule itself, in a sentence. */
  readonly ruleText: string;
  /** What came of it, in a sentence. */
  readonly sentence: string;
  /** Whether what the rule demands was there; null where it demands nothing, or time still runs. */
  readonly met: boolean | null;
  /** As of when it was judged. */
  readonly at: Instant;
  /** Events that it rests on. */
  readonly facts: readonly Fact[];
  /** Values of the policy that it took, by their names in it. */
  readonly parameters: Partial<PolicyParameters>;
  /** The numbers of the calculation, where there is one. */
  readonly figures: Readonly<Record<string, Money | number>>;
}

export interface Fact {
  /** Decimal text. */
  readonly revision: string;
  readonly type: OrderEvent['type'];
}

type Draft = Pick<Step, 'code' | 'rule' | 'sentence' | 'met' | 'at'> & {
  readonly facts?: readonly (Happened | undefined)[];
  readonly parameters?: Partial<PolicyParameters>;
  readonly figures?: Step['figures'];
};

export const step = ({ facts = [], parameters = {}, figures = {}, ...drafted }: Draft): Step => ({
  ...drafted,
  ruleText: RULE_BOOK[drafted.rule] ?? '',
  facts: cited(facts),
  parameters,
  figures,
});

/** Each event once, in the order in which they happened. */
function cited(facts: readonly (Happened | undefined)[]): readonly Fact[] {
  const types = new Map<string, OrderEvent['type']>();
  for (const fact of facts) if (fact !== undefined) types.set(fact.revision, fact.event.type);
  return [...types]
    .map(([revision, type]) => ({ revision, type }))
    .toSorted((one, other) => Number(BigInt(one.revision) - BigInt(other.revision)));
}

/** Some values of the policy that the order was confirmed under; none before it was. */
export function parametersOf(
  { contract: { confirmed } }: Order,
  ...names: readonly (keyof PolicyParameters)[]
): Partial<PolicyParameters> {
  return confirmed === undefined
    ? {}
    : Object.fromEntries(names.map((name) => [name, confirmed.policy[name]]));
}
