import { AGENT, BUYER, SHIP_DUE, SUPPLIER, deadlinesOf, eventsOf, typesOf } from '../fixture/scene.js';
import { agreeShipDate, moveShipDate, open, ship, determine } from '../fixture/commands.js';
import { confirmed, disputed, drafted, late, onTheBench, paid } from '../fixture/stories.js';
import { ARBITRATOR } from '../fixture/scene.js';

const decline = { type: 'DeclineShipDateRevision', data: { revision: 1 } } as const;

describe('The promised day', () => {
  test('rule 7: the supplier asks for another day, the buyer agrees, and the deadline moves', () => {
    const scene = paid().does(SUPPLIER, moveShipDate('2026-04-10'));
    expect(scene.order.contract.shipDate).toBe('2026-03-31');
    const agreed = scene.does(BUYER, agreeShipDate());
    expect(typesOf(agreed.events)).toEqual(['ShipDateRevisionAgreed', 'DeadlineMet', 'DeadlineSet']);
    expect(agreed.order.contract.shipDate).toBe('2026-04-10');
    expect(deadlinesOf(agreed, 'ShipmentDue')).toMatchObject([
      { deadline: 'ShipmentDue', dueAt: SHIP_DUE, state: 'MET' },
      { deadline: 'ShipmentDue~2', dueAt: '2026-04-10T23:59:59.999Z', state: 'OPEN' },
    ]);
  });

  test('rule 7: a declined revision moves nothing, and another may be asked for', () => {
    const scene = paid().does(SUPPLIER, moveShipDate('2026-04-10')).does(BUYER, decline);
    expect(typesOf(scene.events)).toEqual(['ShipDateRevisionDeclined']);
    expect(scene.order.contract.shipDate).toBe('2026-03-31');
    scene.when(BUYER, agreeShipDate()).thenRefused('wrong_state', 'CONTRACT.NO_SUCH_REVISION');
    const again = scene.does(SUPPLIER, moveShipDate('2026-04-05'));
    expect(again.does(BUYER, agreeShipDate(2)).order.contract.shipDateRevisions).toEqual([
      { revision: 1, shipDate: '2026-04-10', state: 'DECLINED' },
      { revision: 2, shipDate: '2026-04-05', state: 'AGREED' },
    ]);
  });

  test('rule 7: only the supplier asks, only the buyer answers, and one request at a time', () => {
    paid().when(BUYER, moveShipDate('2026-04-10')).thenRefused('wrong_party', 'COMMAND.NOT_YOURS');
    const scene = paid().does(SUPPLIER, moveShipDate('2026-04-10'));
    scene.when(SUPPLIER, agreeShipDate()).thenRefused('wrong_party', 'COMMAND.NOT_YOURS');
    scene.when(AGENT, agreeShipDate()).thenRefused('wrong_party', 'COMMAND.NOT_YOURS');
    scene.when(SUPPLIER, moveShipDate('2026-04-11')).thenRefused('wrong_state', 'CONTRACT.REVISION_PENDING');
    scene.when(BUYER, agreeShipDate(2)).thenRefused('wrong_state', 'CONTRACT.NO_SUCH_REVISION');
    scene
      .when(BUYER, { ...decline, data: { revision: 2 } })
      .thenRefused('wrong_state', 'CONTRACT.NO_SUCH_REVISION');
    paid().when(BUYER, agreeShipDate()).thenRefused('wrong_state', 'CONTRACT.NO_SUCH_REVISION');
    paid().when(BUYER, decline).thenRefused('wrong_state', 'CONTRACT.NO_SUCH_REVISION');
  });

  test('rule 7: a revised day is exact, later than the one that stands, and has not passed', () => {
    paid().when(SUPPLIER, moveShipDate('2026-03-31')).thenRefused('rules', 'CONTRACT.SHIP_DATE_NOT_LATER');
    paid().when(SUPPLIER, moveShipDate('2026-04')).thenRefused('rules', 'TERMS.SHIP_DATE_NOT_EXACT');
    late()
      .after('P5D')
      .when(SUPPLIER, moveShipDate('2026-04-02'))
      .thenRefused('rules', 'TERMS.SHIP_DATE_PASSED');
    paid().when(SUPPLIER, moveShipDate('2026-04-01')).thenTypes('ShipDateRevisionRequested');
  });

  test('rule 7: what passed while the buyer thought about it is not agreed to', () => {
    const scene = paid().does(SUPPLIER, moveShipDate('2026-04-02'));
    scene
      .at('2026-04-02T23:59:59.999Z')
      .when(BUYER, agreeShipDate())
      .thenTypes('ShipDateRevisionAgreed', 'DeadlineSet');
    scene
      .at('2026-04-03T00:00:00.000Z')
      .when(BUYER, agreeShipDate())
      .thenRefused('rules', 'TERMS.SHIP_DATE_PASSED');
  });

  test('rules 7 and 15: agreed after the first day has passed, the goods are late no more', () => {
    const scene = late().does(SUPPLIER, moveShipDate('2026-04-10'));
    scene.when(BUYER, open()).thenTypes('DisputeOpened', 'FundsFrozen', 'DeadlineSet', 'DeadlineSet');
    const agreed = scene.does(BUYER, agreeShipDate());
    agreed.when(BUYER, open()).thenRefused('rules', 'DISPUTE.NOT_LATE');
    agreed.at('2026-04-10T23:59:59.998Z').when(BUYER, open()).thenRefused('rules', 'DISPUTE.NOT_LATE');
    agreed
      .at('2026-04-11T00:00:00.000Z')
      .when(BUYER, open())
      .thenTypes('DisputeOpened', 'FundsFrozen', 'DeadlineSet', 'DeadlineSet');
    const [shipment] = eventsOf(
      agreed.at('2026-04-09T00:00:00.000Z').does(SUPPLIER, ship()).events,
      'ShipmentRecorded',
    );
    expect(shipment?.late).toBe(false);
  });

  test('rules 7 and 15: a buyer who agrees in the middle of a dispute about lateness has nothing left to award', () => {
    const scene = onTheBench(
      disputed().does(SUPPLIER, moveShipDate('2026-05-10')).does(BUYER, agreeShipDate()),
    );
    scene.when(ARBITRATOR, determine()).thenRefused('rules', 'DISPUTE.NOT_LATE');
    scene
      .at('2026-05-11T00:00:00.000Z')
      .when(ARBITRATOR, determine())
      .thenTypes('DeterminationIssued', 'DeadlineSet');
  });

  test('rule 7: before the contract and after shipment there is nothing to move', () => {
    drafted().when(SUPPLIER, moveShipDate('2026-04-10')).thenRefused('wrong_state', 'ORDER.WRONG_STATE');
    paid()
      .does(SUPPLIER, ship())
      .when(SUPPLIER, moveShipDate('2026-04-10'))
      .thenRefused('wrong_state', 'ORDER.WRONG_STATE');
    confirmed().when(SUPPLIER, moveShipDate('2026-04-10')).thenTypes('ShipDateRevisionRequested');
  });
});
