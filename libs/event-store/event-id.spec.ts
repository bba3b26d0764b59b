import fc from 'fast-check';
import { v5 } from 'uuid';
import { eventId } from './event-id.js';

describe('event ids', () => {
  test('are UUIDs version 5 of the command id and the index (RFC 9562)', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.nat(2_000), (commandId, index) => {
        expect(eventId(commandId, index)).toBe(v5(String(index), commandId));
        expect(eventId(commandId.toUpperCase(), index)).toBe(eventId(commandId, index));
      }),
    );
  });

  test.each(['', 'order-1', '0b1e7a7c-0000-4000-8000-00000000000', '0b1e7a7c-0000-4000-8000-0000000000000'])(
    'a command id that is no UUID is refused: %j',
    (commandId) => {
      expect(() => eventId(commandId, 0)).toThrow(TypeError);
    },
  );
});
