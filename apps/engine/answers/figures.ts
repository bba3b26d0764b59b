import Type from 'typebox';
import { CLOSE_OUTCOMES } from '../../../libs/domain/vocabulary.js';
import { nullable, optional, record } from '../../../libs/domain/schema.js';
import { Money, Name, Whole, every } from './answer.js';
import { Ground } from './order.js';

/** What figures are read as. */

const hours = nullable(Type.Number({ description: 'Hours.' }));
const Durations = record({ count: Whole, p50Hours: hours, p90Hours: hours, p99Hours: hours });
const Part = Type.Number({ minimum: 0, maximum: 1 });

export const DisputeMetricsAnswer = record({
  disputes: Whole,
  open: Whole,
  byGround: every(
    record({
      ground: Ground,
      open: Whole,
      outcomes: record(Object.fromEntries(CLOSE_OUTCOMES.map((outcome) => [outcome, optional(Whole)]))),
    }),
  ),
  timeToResponse: Durations,
  timeToSettlement: Durations,
  timeToDetermination: Durations,
  suppliers: every(record({ supplier: Name, disputes: Whole, silence: Part, refund: nullable(Part) })),
  exposure: every(Money),
  openAwards: every(record({ supplier: Name, awarded: Money, limit: nullable(Money) })),
});
