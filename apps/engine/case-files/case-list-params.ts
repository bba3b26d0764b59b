import { applyDecorators } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { currencies } from '../../../libs/kernel/currency.js';
import { DISPUTE_STATES, GROUNDS } from '../../../libs/domain/vocabulary.js';
import { WORKLIST_SORTS } from '../../../projections/worklist/queries.js';
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
  search: text(200),
  sort: choice(WORKLIST_SORTS),
  direction: choice(['asc', 'desc']),
  cursor: text(2_000),
  limit: whole(1, 200),
  minPosition: text(64),
} as const;

const DESCRIPTIONS: Readonly<Record<keyof typeof caseListParams, string>> = {
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
  search: "Part of an order's, party's or arbitrator's id, of a ground or a state.",
  sort: `One of ${WORKLIST_SORTS.join(', ')}; what is due first comes first.`,
  direction: 'asc or desc.',
  cursor: 'nextCursor of the page before.',
  limit: 'Cases a page, 50 if left out.',
  minPosition: 'Wait until the list holds this position.',
};

export const CASE_LIST_QUERIES = applyDecorators(
  ...Object.entries(DESCRIPTIONS).map(([name, description]) =>
    ApiQuery({ name, description, required: false, type: String }),
  ),
);
