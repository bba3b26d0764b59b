import { currencies } from '../../../libs/kernel/currency.js';
import { DISPUTE_STATES, GROUNDS } from '../../../libs/domain/vocabulary.js';
import { WORKLIST_SORTS } from '../../../projections/worklist/queries.js';
import { ListQueries, listParams } from '../http/list-queries.js';
import { choice, choices, instant, text, whole } from '../http/query-params.js';

const amount = whole(0, 999_999_999_999_999);

/** What a list of cases can be asked for. */
export const caseListParams = {
  state: choices(DISPUTE_STATES),
  ground: choices(GROUNDS),
  buyer: text(64),
  supplier: text(64),
  arbitrator: text(64),
  currency: choice(currencies),
  claimedFrom: amount,
  claimedTo: amount,
  dueBefore: instant,
  openedFrom: instant,
  openedBefore: instant,
  sort: choice(WORKLIST_SORTS),
  direction: choice(['asc', 'desc']),
  ...listParams,
} as const;

export const CaseListQueries = (): MethodDecorator =>
  ListQueries({
    state: 'States, with commas between.',
    ground: 'Grounds, with commas between.',
    buyer: "The buyer's id.",
    supplier: "The supplier's id.",
    arbitrator: "The arbitrator's id, me, or none for cases that nobody judges yet.",
    currency: 'ISO 4217.',
    claimedFrom: 'Minor units, inclusive; name the currency too.',
    claimedTo: 'Minor units, inclusive; name the currency too.',
    dueBefore: 'Next deadline before this instant.',
    openedFrom: 'Opened at or after this instant.',
    openedBefore: 'Opened before this instant.',
    sort: `One of ${WORKLIST_SORTS.join(', ')}; what is due first comes first.`,
    direction: 'asc or desc.',
  });
