import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, ApiClient } from '../api-client.js';
import { BALANCES, type Expectation } from './scenario.js';
import { minorUnits, spelledOut, type Words } from './values.js';

export interface Recorded {
  readonly type: string;
  readonly revision: string;
  readonly data: object;
  readonly metadata: { readonly occurredAt: string };
}

/** How things stand when an expectation is looked at. */
export interface Moment {
  // The order's view, as it came.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly order: any;
  readonly words: Words;
  readonly by: (who: string) => Promise<ApiClient>;
  readonly path: string;
  readonly supplierPath: string;
}

/** Holds a step to everything that it expects. `answer` is the command's, where it sent one. */
export async function expectAll(
  expected: Expectation,
  answer: Answer | undefined,
  events: readonly Recorded[],
  moment: () => Promise<Moment>,
): Promise<void> {
  expectAnswer(expected, answer);
  if (expected.events !== undefined) expect(events.map(({ type }) => type)).toEqual(expected.events);
  const { order, words, by, path, supplierPath } = await moment();
  const spelled = <Value>(value: Value) => spelledOut(value, words) as Value & object;
  for (const { type, data, occurredAt } of expected.recorded ?? []) {
    const found = events.filter((event) => event.type === type);
    expect(
      found.map((event) => ({ type: event.type, data: event.data, occurredAt: event.metadata.occurredAt })),
    ).toContainEqual(
      expect.objectContaining({
        type,
        ...(data === undefined ? {} : { data: like(spelled(data)) }),
        ...(occurredAt === undefined ? {} : { occurredAt: spelled(occurredAt) }),
      }),
    );
  }
  if (expected.order !== undefined) expect(order).toMatchObject(spelled(expected.order));
  if (expected.balances !== undefined) expectBalances(expected.balances, order);
  for (const [number, dispute] of Object.entries(expected.disputes ?? {})) {
    expect(order.disputes[Number(number) - 1]).toMatchObject(spelled(dispute));
  }
  for (const [name, state] of Object.entries(expected.deadlines ?? {})) {
    const found = order.deadlines.find((known: { deadline: string }) => known.deadline === name);
    expect({ [name]: found?.state }).toEqual({ [name]: state });
  }
  for (const [who, rels] of Object.entries(expected.may ?? {})) {
    expect(await linksOf(await by(who), path)).toEqual(expect.arrayContaining([...rels]));
  }
  for (const [who, rels] of Object.entries(expected.mayNot ?? {})) {
    const offered = await linksOf(await by(who), path);
    expect(rels.filter((rel) => offered.includes(rel))).toEqual([]);
  }
  if (expected.supplier !== undefined) {
    // Other streams follow the order's, a moment later.
    const agent = await by('agent');
    const wanted = spelled(expected.supplier);
    await eventually(async () => expect((await agent.get(supplierPath)).body).toMatchObject(wanted));
  }
}

const PATIENCE_MS = 10_000;

/** Holds as soon as it holds; when it still doesn't after a long while, says why. */
async function eventually(check: () => Promise<void>): Promise<void> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await sleep(10);
    }
  }
}

function expectAnswer({ refused }: Expectation, answer: Answer | undefined): void {
  if (answer === undefined) return;
  const { status, body } = answer;
  const errors = (body?.errors ?? []) as { code: string }[];
  const codes = errors.map(({ code }) => code).toSorted();
  if (refused === undefined)
    expect({ accepted: status === 200 || status === 201, status, codes }).toMatchObject({ accepted: true });
  else expect({ status, codes }).toEqual({ status: refused.status, codes: refused.codes.toSorted() });
}

/** Rule 12, seen from outside: what is named is so, all else is nothing, and it adds up. */
function expectBalances(
  expected: NonNullable<Expectation['balances']>,
  { currency, funds }: Moment['order'],
): void {
  const named = BALANCES.map((name) => [name, minorUnits(expected[name] ?? zeroOf(expected), currency)]);
  expect(Object.fromEntries(BALANCES.map((name) => [name, funds[name]]))).toEqual(Object.fromEntries(named));
  expect(funds.held + funds.released + funds.refunded + funds.chargedBack).toBe(funds.received);
}

/** Nothing, written with as many decimals as the amounts beside it. */
const zeroOf = (balances: object): string => (Object.values(balances)[0] as string).replaceAll(/\d/g, '0');

/** Rels as scenarios write them: `complete`, `1/escalate`. */
async function linksOf(client: ApiClient, path: string): Promise<readonly string[]> {
  const { body } = await client.get(path);
  return (body.links as { rel: string; href: string }[]).map(({ rel, href }) => {
    const dispute = /\/disputes\/(\d+)\//.exec(href)?.[1];
    return dispute === undefined ? rel : `${dispute}/${rel}`;
  });
}

/** An object that has at least this, at any depth. */
const like = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(like);
  if (typeof value !== 'object' || value === null) return value;
  return expect.objectContaining(
    Object.fromEntries(Object.entries(value).map(([key, item]) => [key, like(item)])),
  );
};
