import { decidedDispute, envelopesOf } from '../../test/support/example-history.js';
import { factOf } from '../order-facts.js';
import { timelineEntry } from './timeline.js';

const entries = envelopesOf(decidedDispute).map((envelope) => timelineEntry(factOf(envelope)));

describe('The timeline of an order', () => {
  it('has every event, in order', () => {
    expect(entries.map(({ revision }) => revision)).toEqual(
      decidedDispute.map((_, revision) => String(revision)),
    );
  });

  it('says when, who, what and why', () => {
    expect(entries[5]).toEqual({
      revision: '5',
      type: 'PaymentReceived',
      part: 'funds',
      at: '2026-02-05T09:00:00.000Z',
      by: { role: 'payments', id: 'P1' },
      who: 'Payment service P1',
      sentence:
        'Payment service P1 recorded payment pay-1: 8,000.00 USD by telegraphic transfer from Hardware Direct LLC (US), initial payment, covered.',
      rules: [8, 9],
    });
  });

  it('says when a deadline took effect, and that it was written later', () => {
    const expired = envelopesOf(decidedDispute).find(({ event }) => event.type === 'DeadlineExpired')!;
    const late = { ...expired.metadata, recordedAt: '2026-04-21T09:05:00.000Z' };
    const entry = timelineEntry(factOf({ ...expired, metadata: late }));
    expect([entry.at, entry.recordedAt, entry.dispute]).toEqual([
      '2026-04-21T09:00:00.000Z',
      '2026-04-21T09:05:00.000Z',
      1,
    ]);
  });

  it('marks what is about sealed evidence', () => {
    expect(entries.filter(({ sealedTo }) => sealedTo !== undefined).map(({ sealedTo }) => sealedTo)).toEqual([
      ['supplier'],
    ]);
  });
});
