import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Role } from '../../libs/domain/vocabulary.js';
import { clientOf } from '../support/api-client.js';
import type { TestEngine } from '../support/engine.js';
import { sha256Of } from '../support/evidence-samples.js';
import { asking, type Answered, type Asking, type Subjects } from './access/asking.js';
import { CALLERS, cellsOf, kindOf, likenessOf, verdictOfStatus, type Cell } from './access/cells.js';
import { PERMISSIONS, isOutsider, isPublic, opensSealOfSupplier } from './access/permissions.js';
import { keyOf, startWithRoutes, type Route } from './access/routes.js';
import { FOREIGN, OWN, SEALED, openWorld, type World } from './access/world.js';

/**
 * Every route that the running engine has × every role and none × whose it is. A route that the table of permissions
 * does not list fails the first test; what is not allowed is a 403 or, where existence itself is private, a 404 that
 * cannot be told from a missing one, and appends nothing.
 */
describe('Access matrix', () => {
  let engine: TestEngine;
  let routes: readonly Route[];
  let world: World;
  let questions: Asking;
  beforeAll(async () => {
    ({ engine, routes } = await startWithRoutes());
    world = await openWorld(engine);
    questions = asking(engine);
    await world.furnish([
      { orderId: STANDING.own, cast: OWN, exhibits: true },
      { orderId: STANDING.foreign, cast: FOREIGN, exhibits: true },
    ]);
  });
  afterAll(() => engine.stop());

  /** Nobody changes these: what changes things is tried out on orders of its own. */
  const STANDING: Subjects = { own: 'O-ownings', foreign: 'O-foreign' };
  const listed = Object.keys(PERMISSIONS);

  const routeOf = (key: string): Route => {
    const found = routes.find((route) => keyOf(route) === key);
    if (found === undefined) throw new Error(`the engine has no route ${key}`);
    return found;
  };
  const head = () => engine.engine.composition.store.head();
  const inWords = ({ caller, place }: Cell) => `${caller}, ${place}`;
  const seen = (verdict: Cell['verdict']) =>
    verdict === 'HIDDEN' || verdict === 'ABSENT' ? 'not found' : verdict;
  const table = <T>(cells: readonly Cell[], of: (cell: Cell) => T) =>
    Object.fromEntries(cells.map((cell) => [inWords(cell), of(cell)]));

  /** What comes of each cell, beside what should. */
  const tryAll = async (route: Route, cells: readonly Cell[], subjects: Subjects) => {
    const answers = new Map<Cell, Answered>();
    for (const cell of cells)
      answers.set(cell, await questions.ask(route, cell.caller, cell.place, { subjects }));
    return {
      answers,
      came: table(cells, (cell) => verdictOfStatus(route, answers.get(cell)!.status)),
      expected: table(cells, ({ verdict }) => seen(verdict)),
    };
  };

  it('lists every route that the engine has, and no other', () => {
    const served = routes.filter(({ method }) => method !== 'HEAD').map(keyOf);
    expect(listed.toSorted()).toEqual([...new Set(served)].toSorted());
  });

  describe('what is not allowed is refused, leaves no trace, and gives nothing away', () => {
    it.each(listed)('%s', async (key) => {
      const route = routeOf(key);
      const refused = cellsOf(route).filter(({ verdict }) => verdict !== 'allowed');
      const before = await head();
      const { answers, came, expected } = await tryAll(route, refused, STANDING);
      expect(came).toEqual(expected);
      const hidden = refused.filter(({ verdict }) => verdict === 'HIDDEN');
      const [shown, missing] = [new Map<Cell, object>(), new Map<Cell, object>()];
      for (const cell of hidden) {
        const likeness = likenessOf(route, cell.place);
        shown.set(cell, withoutTrace(answers.get(cell)!));
        missing.set(
          cell,
          withoutTrace(await questions.ask(route, cell.caller, likeness, { subjects: STANDING })),
        );
      }
      expect(table(hidden, (cell) => shown.get(cell))).toEqual(table(hidden, (cell) => missing.get(cell)));
      expect(await head()).toBe(before);
    });
  });

  describe('no answer, in whatever form, holds what its reader may not know of', () => {
    const LAST = 'The last word.';
    beforeAll(async () => {
      const buyer = await clientOf(engine, 'buyer', OWN.buyer);
      const { body } = await buyer.done(`/v1/orders/${STANDING.own}/disputes/1/post-message`, { text: LAST });
      await buyer.get(`/v1/orders/${STANDING.own}/timeline?minPosition=${body.position}`);
    });

    /** Every form in which a caller gets a route's answer, of all that it may ask for. */
    const everythingTold = async (route: Route, role: Role): Promise<string> => {
      const texts: string[] = [];
      const allowed = cellsOf(route).filter(
        ({ caller, verdict }) => caller === role && verdict === 'allowed',
      );
      for (const { place } of allowed) {
        texts.push((await questions.askForAll(route, role, place, STANDING)).text);
        for (const accept of route.answers.slice(1))
          texts.push(
            (await questions.ask(route, role, place, { subjects: STANDING, accept, until: LAST })).text,
          );
      }
      return texts.join('\n');
    };
    const reads = listed.filter((key) => key.startsWith('GET /v1/') && !isPublic(key));
    const files = reads.filter((key) => kindOf({ path: key }) !== 'file');
    const roles = CALLERS.filter((caller) => caller !== 'nobody');

    it.each(files)('%s', async (key) => {
      const told = new Map<Role, readonly string[]>();
      for (const role of roles) {
        const text = await everythingTold(routeOf(key), role);
        const kept = [
          ...(isOutsider(role) ? STRANGERS : []),
          ...(opensSealOfSupplier(role) ? [] : UNDER_SEAL),
        ];
        told.set(
          role,
          kept.filter((secret) => text.includes(secret)),
        );
      }
      expect(Object.fromEntries(told)).toEqual(Object.fromEntries(roles.map((role) => [role, []])));
    });

    it('fits what the OpenAPI document says of it', async () => {
      for (const key of files) {
        const route = routeOf(key);
        expect({ [key]: route.answers.length > 0 && route.schema !== undefined }).toEqual({ [key]: true });
        const check = Compile(route.schema as TSchema);
        const cells = cellsOf(route).filter(
          ({ caller, verdict }) => verdict === 'allowed' && caller !== 'nobody',
        );
        for (const { caller, place } of cells) {
          const { text } = await questions.ask(route, caller, place, { subjects: STANDING });
          expect({ key, caller, errors: [...check.Errors(JSON.parse(text))] }).toEqual({
            key,
            caller,
            errors: [],
          });
        }
      }
    });

    it('is told to those who may know', async () => {
      const everything = async (role: Role) =>
        (await Promise.all(files.map((key) => everythingTold(routeOf(key), role)))).join('\n');
      const [auditors, suppliers] = [await everything('auditor'), await everything('supplier')];
      expect([...STRANGERS, ...UNDER_SEAL].filter((secret) => !auditors.includes(secret))).toEqual([]);
      expect(UNDER_SEAL.filter((secret) => !suppliers.includes(secret))).toEqual([]);
    });
  });

  describe('what is allowed is done, or refused for what it says', () => {
    const changing = listed.filter((key) => key.startsWith('POST') && kindOf({ path: key }) === 'order');
    const subjectsOf = (key: string): Subjects =>
      changing.includes(key)
        ? { own: `O-own-${changing.indexOf(key)}`, foreign: `O-foreign-${changing.indexOf(key)}` }
        : STANDING;
    beforeAll(async () => {
      await world.furnish(
        changing.map(subjectsOf).flatMap(({ own, foreign }) => [
          { orderId: own, cast: OWN, exhibits: false },
          { orderId: foreign, cast: FOREIGN, exhibits: false },
        ]),
      );
    });

    it.each(listed)('%s', async (key) => {
      const route = routeOf(key);
      const allowed = cellsOf(route).filter(({ verdict }) => verdict === 'allowed');
      const { came, expected } = await tryAll(route, allowed, subjectsOf(key));
      expect(came).toEqual(expected);
    });
  });

  it('HEAD answers everybody as GET does', async () => {
    for (const route of routes.filter(({ method }) => method === 'GET')) {
      const statuses = async (method: string) => {
        const cells = cellsOf(route);
        const came = new Map<Cell, number>();
        for (const cell of cells) {
          const { status } = await questions.ask(route, cell.caller, cell.place, {
            subjects: STANDING,
            method,
          });
          came.set(cell, status);
        }
        return table(cells, (cell) => came.get(cell));
      };
      expect([keyOf(route), await statuses('HEAD')]).toEqual([keyOf(route), await statuses('GET')]);
    }
  });
});

/** What a party to another order is not to learn, and what nobody is whom the supplier's seal shuts out. */
const STRANGERS = ['O-foreign', FOREIGN.buyerName];
const UNDER_SEAL = [SEALED.fileName, SEALED.description, sha256Of(SEALED.bytes)];

/** All of an answer but what names the request itself and the moment. */
function withoutTrace({ status, headers: { date: _, ...headers }, text }: Answered): object {
  const { traceId, instance, ...body } = JSON.parse(text) as Record<string, unknown>;
  expect([typeof traceId, typeof instance]).toEqual(['string', 'string']);
  return { status, headers, body };
}
