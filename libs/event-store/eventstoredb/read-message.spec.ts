import { StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb.js';
import { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import fc from 'fast-check';
import { isInstant } from '../../kernel/instant.js';
import { readMessage } from './read-message.js';

/** The decoder against the client's generated encoder. */
const bytesOf = (message: ReadResp): Buffer => Buffer.from(message.serializeBinary());
const padded = (position: bigint) => position.toString().padStart(20, '0');

const unsigned = fc.bigInt({ min: 0n, max: 18_446_744_073_709_551_615n });
const text = fc.string({ unit: 'grapheme', maxLength: 300 });

test('every event is decoded as the generated class encoded it, whatever else is in the message', () => {
  const recordedArb = fc.record({
    id: fc.uuid(),
    stream: text,
    revision: fc.oneof(
      unsigned,
      fc.constantFrom(0n, 127n, 128n, 9_007_199_254_740_991n, 9_007_199_254_740_992n),
    ),
    commit: unsigned,
    prepare: unsigned,
    type: text,
    data: text,
    metadata: text,
    createdMs: fc.nat({ max: 4_000_000_000_000 }),
    link: fc.boolean(),
  });
  fc.assert(
    fc.property(recordedArb, (given) => {
      const identifier = new StreamIdentifier();
      identifier.setStreamName(Buffer.from(given.stream));
      const uuid = new UUID();
      uuid.setString(given.id);
      const recorded = new ReadResp.ReadEvent.RecordedEvent();
      recorded.setId(uuid);
      recorded.setStreamIdentifier(identifier);
      recorded.setStreamRevision(given.revision.toString());
      recorded.setCommitPosition(given.commit.toString());
      recorded.setPreparePosition(given.prepare.toString());
      recorded.setData(Buffer.from(given.data));
      recorded.setCustomMetadata(Buffer.from(given.metadata));
      recorded
        .getMetadataMap()
        .set('type', given.type)
        .set('content-type', 'application/json')
        .set('created', `${given.createdMs}1234`);
      const event = new ReadResp.ReadEvent();
      if (given.link) event.setLink(recorded);
      event.setEvent(recorded);
      event.setCommitPosition(given.commit.toString());
      const response = new ReadResp();
      response.setEvent(event);

      const message = readMessage(bytesOf(response));
      if (message.kind !== 'event') throw new Error(message.kind);
      const { created, ...rest } = message.event;
      expect(isInstant(created)).toBe(true);
      expect(Date.parse(created)).toBe(given.createdMs);
      expect(rest).toEqual({
        id: given.id,
        stream: given.stream,
        revision: given.revision,
        type: given.type,
        data: given.data,
        metadata: given.metadata,
        position: `${padded(given.commit)}/${padded(given.prepare)}`,
      });
    }),
    { numRuns: 500 },
  );
});

test('checkpoints, caughtUp, and what there is nothing to do about', () => {
  const checkpoint = new ReadResp.Checkpoint();
  checkpoint.setCommitPosition('18446744073709551615');
  checkpoint.setPreparePosition('7');
  const cases: [(response: ReadResp) => unknown, ReturnType<typeof readMessage>][] = [
    [
      (response) => response.setCheckpoint(checkpoint),
      { kind: 'checkpoint', position: `18446744073709551615/${padded(7n)}` },
    ],
    [(response) => response.setCaughtUp(new ReadResp.CaughtUp()), { kind: 'caughtUp' }],
    [(response) => response.setFellBehind(new ReadResp.FellBehind()), { kind: 'other' }],
    [(response) => response.setConfirmation(new ReadResp.SubscriptionConfirmation()), { kind: 'other' }],
    [(response) => response.setStreamNotFound(new ReadResp.StreamNotFound()), { kind: 'other' }],
    [(response) => response.setLastStreamPosition('12'), { kind: 'other' }],
    [(response) => response.setEvent(new ReadResp.ReadEvent()), { kind: 'other' }],
    [() => undefined, { kind: 'other' }],
  ];
  for (const [fill, expected] of cases) {
    const response = new ReadResp();
    fill(response);
    expect(readMessage(bytesOf(response))).toEqual(expected);
  }
});

test('fields of a later protocol are passed over, of every wire type', () => {
  const known = new ReadResp();
  known.setCaughtUp(new ReadResp.CaughtUp());
  const later = [
    'a006 ff01', // 100: varint
    'a906 0102030405060708', // 101: 64 bits
    'b206 02 0909', // 102: bytes
    'bd06 01020304', // 103: 32 bits
  ].map((hex) => Buffer.from(hex.replaceAll(' ', ''), 'hex'));
  expect(readMessage(Buffer.concat([...later, bytesOf(known)]))).toEqual({ kind: 'caughtUp' });
});
