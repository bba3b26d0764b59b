import type { Caller } from '../../libs/domain/decision.js';
import type { OrderEvent } from '../../libs/domain/order/events.js';
import { explain, type Explanation } from '../../libs/domain/order/explanation/explain.js';
import type { Happened } from '../../libs/domain/order/explanation/history.js';
import { eventSchemas } from '../../libs/domain/registry.js';
import { createCodec } from '../../libs/event-store/codec.js';
import { readRecording, releases, streamsOf } from './recording.js';

const codec = createCodec(eventSchemas);
const orders = releases().flatMap((release) =>
  streamsOf(release)
    .filter((stream) => stream.startsWith('order-'))
    .map((stream) => [release, stream] as const),
);

const happenedIn = (release: string, stream: string): readonly Happened[] =>
  readRecording(release, stream).map((recorded) => {
    const { event, revision, metadata } = codec.decode(recorded);
    return {
      event: event as OrderEvent,
      revision: String(revision),
      at: metadata.occurredAt,
      by: metadata.actor as Caller,
    };
  });

const stepsOf = ({ eligibility, cap, award, deadlines }: Explanation) => [
  ...eligibility,
  ...cap,
  ...award,
  ...deadlines,
];

describe('Explanations of recorded orders', () => {
  test.each(orders)('%s %s: each part of the history is explained by what it holds', (release, stream) => {
    const whole = happenedIn(release, stream);
    let explained = 0;
    for (let length = 1; length <= whole.length; length++) {
      const happened = whole.slice(0, length);
      const opened = happened.filter(({ event }) => event.type === 'DisputeOpened').length;
      expect(explain(happened, opened + 1)).toBeUndefined();
      for (let dispute = 1; dispute <= opened; dispute++) {
        const explanation = explain(happened, dispute)!;
        explained += 1;
        expect(explanation.revision).toBe(String(length - 1));
        for (const { code, facts, ruleText, sentence, at } of stepsOf(explanation)) {
          expect({ code, told: ruleText !== '' && sentence !== '' && at !== '' }).toEqual({
            code,
            told: true,
          });
          expect(facts.map(({ revision, type }) => [revision, type])).toEqual(
            facts.map(({ revision }) => [revision, happened[Number(revision)]?.event.type]),
          );
        }
      }
    }
    expect(explained > 0).toBe(whole.some(({ event }) => event.type === 'DisputeOpened'));
  });

  test.each(orders)('%s %s: what was claimed and awarded was allowed by every rule', (release, stream) => {
    const whole = happenedIn(release, stream);
    const disputes = whole.filter(({ event }) => event.type === 'DisputeOpened').length;
    for (let dispute = 1; dispute <= disputes; dispute++) {
      const { eligibility, award } = explain(whole, dispute)!;
      const standing = eligibility.filter(
        ({ code }) => code !== 'PAYMENT_COVERED' && !/_(AT_RULING|AS_IT_STANDS)$/.test(code),
      );
      expect(standing.filter(({ met }) => met !== true)).toEqual([]);
      const awarded = award.some(({ code, figures }) => {
        const amount = figures['award'];
        return code.startsWith('AWARD_') && typeof amount === 'object' && amount.amount > 0;
      });
      const merits = eligibility.filter(({ code }) => code.endsWith('_AT_RULING'));
      expect(!awarded || merits.some(({ met }) => met === true)).toBe(true);
    }
  });
});
