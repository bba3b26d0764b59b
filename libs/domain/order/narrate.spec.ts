import { Compile } from 'typebox/compile';
import { CLOCK, decidedDispute, otherEvents, type Step } from '../../../test/support/example-history.js';
import { RULE_BOOK } from '../rule-book.js';
import { orderEventSchemas, type OrderEvent } from './events.js';
import { narrateOrder, partOf } from './narrate.js';

const told = ({ event, by }: Step) => narrateOrder(event as OrderEvent, by);
const everyStep = [...decidedDispute, ...otherEvents];
const sentencesOf = (type: OrderEvent['type']) =>
  everyStep.filter(({ event }) => event.type === type).map((step) => told(step).sentence);

describe('An order is told to people', () => {
  it('by a sentence for every type of event', () => {
    const types = new Set(everyStep.map(({ event }) => event.type));
    expect(orderEventSchemas.map(({ type }) => type).filter((type) => !types.has(type))).toEqual([]);
  });

  it.each(orderEventSchemas.map(({ type, schema }) => [type, schema] as const))('%s', (type, schema) => {
    const valid = Compile(schema);
    const steps = everyStep.filter(({ event }) => event.type === type);
    steps.forEach(({ event }) => expect([...valid.Errors(event.data)]).toEqual([]));
    steps.map(told).forEach(({ who, sentence, rules }) => {
      expect(who).toMatch(/^(The clock|[A-Z][a-z ]+ [A-Z]\d)$/);
      expect(sentence).toMatch(/^[A-Z\d“].*[.”]$/);
      expect(sentence).not.toMatch(/undefined|NaN|\[object|null|[A-Z]+_[A-Z]+|\.\./);
      rules.forEach((rule) => expect(RULE_BOOK[rule]).toBeDefined());
    });
    expect(partOf(type)).toBeDefined();
  });

  it('with who acted', () => {
    expect(told(decidedDispute[0]!).who).toBe('Buyer B1');
    expect(narrateOrder(decidedDispute[0]!.event as OrderEvent, CLOCK).who).toBe('The clock');
  });

  it('with what was agreed, and what makes it weak', () => {
    expect(sentencesOf('OrderDrafted')[0]).toBe(
      'Buyer B1 drafted an order between buyer Hardware Direct (B1, US) and supplier S1 under policy standard: ' +
        '500 pieces of steel brackets for 10,000.00 USD, 8,000.00 USD of it covered (post delivery), to be shipped by 2026-03-10.',
    );
    expect(sentencesOf('ContractConfirmed')[0]).toBe(
      'Buyer B1 confirmed the contract under policy standard, version 1: 7,500.00 USD covered, supplier Ningbo Metal ' +
        'with a limit of 9,000.00 USD; warned that no inspection planned, cover below deposit.',
    );
  });

  it('with the claim and what can be awarded', () => {
    expect(sentencesOf('DisputeOpened')[0]).toBe(
      'Buyer B1 opened dispute 1 for quality and claims 7,500.00 USD (at most 7,500.00 USD can be awarded), ' +
        'asking for partial refund: “The brackets are grey, not black.”.',
    );
  });

  it('with the time that runs, and that ran out, and the rule behind it', () => {
    expect(sentencesOf('DeadlineSet')).toContain(
      'Time for the supplier’s response (dispute 1) runs until 2026-04-15 09:00 UTC (5 days, UTC).',
    );
    expect(sentencesOf('DeadlineExpired')).toEqual([
      'Time for the evidence that was requested (dispute 1) ran out at 2026-04-21 09:00 UTC.',
    ]);
    const silence = everyStep.find(
      ({ event }) =>
        event.type === 'DeadlineSet' && (event.data as { kind: string }).kind === 'SupplierResponse',
    )!;
    expect(told(silence).rules).toEqual([23]);
  });

  it('with the reasons of a determination', () => {
    expect(sentencesOf('DeterminationIssued')[0]).toBe(
      'Arbitrator A2 decided dispute 1: the supplier is liable for 60 % of 7,000.00 USD, the award is 4,200.00 USD ' +
        '(cap 7,500.00 USD), partial refund; reasons: goods nonconforming and no clear spec. Final at 2026-05-13 09:00 UTC.',
    );
  });

  it('without the name of sealed evidence', () => {
    const sentences = sentencesOf('EvidenceSubmitted');
    expect(sentences[0]).toContain('brackets.jpg');
    expect(sentences[1]).toContain('sealed');
    expect(sentences.join()).not.toContain('secret-recipe');
  });

  it('with what the parties typed cut to a line', () => {
    const typed = (text: string) =>
      narrateOrder(
        {
          type: 'MessagePosted',
          data: {
            dispute: 1,
            message: 1,
            by: 'buyer',
            author: 'B1',
            text,
            postedAt: '2026-01-01T00:00:00.000Z',
          },
        },
        { role: 'buyer', id: 'B1' },
      ).sentence;
    expect(typed('one\n  two')).toBe('Buyer B1 wrote in dispute 1: “one two”.');
    const long = typed('😀'.repeat(1_000));
    expect(long.match(/😀/gu)).toHaveLength(159);
    expect(long.endsWith('…”.')).toBe(true);
    expect(long.isWellFormed()).toBe(true);
  });
});
