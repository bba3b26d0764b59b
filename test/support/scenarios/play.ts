import type { Role } from '../../../libs/domain/vocabulary.js';
import { PRESETS, type PresetId } from '../../../libs/domain/policy/presets.js';
import type { Instant } from '../../../libs/kernel/instant.js';
import { clientOf, type Answer, type ApiClient } from '../api-client.js';
import type { TestEngine } from '../engine.js';
import { expectAll, type Moment, type Recorded } from './expectations.js';
import type { Defaults, Scenario, Step } from './scenario.js';
import { between, laidOver, moved, spelledOut, type Words } from './values.js';

/** An engine and everyone who acts on it; many scenarios, each on an order and with parties of its own. */
export interface Stage {
  play(preset: PresetId, scenario: Scenario): Promise<void>;
}

const INSPECTOR = 'I1';
/** Who acts in person where a step names only the role. */
const PEOPLE: Readonly<Record<string, string>> = {
  arbitrator: 'A1',
  appeal_arbitrator: 'A2',
  inspector: INSPECTOR,
};

export async function openStage(engine: TestEngine, defaults: Defaults): Promise<Stage> {
  const clients = new Map<string, Promise<ApiClient>>();
  const clientFor = (role: string, id: string) => {
    const key = `${role}:${id}`;
    const client = clients.get(key) ?? clientOf(engine, role as Role, id);
    clients.set(key, client);
    return client;
  };
  const agent = await clientFor('agent', 'agent');
  await agent.done('/v1/inspectors', {
    inspectorId: INSPECTOR,
    name: 'Far East Inspection',
    fields: ['GOODS'],
  });
  let scenes = 0;

  return {
    async play(preset, scenario) {
      const number = ++scenes;
      const names = {
        order: `O-${number}`,
        buyer: `B-${number}`,
        supplier: `S-${number}`,
        policy: scenario.policy === undefined ? preset : `${preset}-${number}`,
      };
      const by = (who: string) => {
        const [role = '', id] = who.split(':');
        const own = role === 'buyer' ? names.buyer : role === 'supplier' ? names.supplier : undefined;
        return clientFor(role, id ?? own ?? PEOPLE[role] ?? role);
      };
      await prepare(preset, scenario, names, by);
      const cast: Cast = { preset, defaults, scenario, names, by, seen: new Map() };
      for (const step of scenario.steps) await run(cast, step, 1);
    },
  };
}

/** A scenario on stage: its people, and how far each order's history has been seen. */
interface Cast {
  readonly preset: PresetId;
  readonly defaults: Defaults;
  readonly scenario: Scenario;
  readonly names: Readonly<Record<string, string>>;
  readonly by: (who: string) => Promise<ApiClient>;
  readonly seen: Map<string, bigint>;
}

async function run(cast: Cast, step: Step, order: number): Promise<void> {
  try {
    await take(cast, step, step.order ?? order);
  } catch (error) {
    throw new Error(`${JSON.stringify(step)}\n${(error as Error).message}`, { cause: error });
  }
}

async function take(cast: Cast, step: Step, order: number): Promise<void> {
  if (step.play !== undefined) {
    const story = cast.defaults.stories[step.play];
    if (story === undefined) throw new Error(`stories.json has no ${step.play}`);
    for (const further of story) await run(cast, further, order);
    return;
  }
  const orderId = order === 1 ? (cast.names.order ?? '') : `${cast.names.order}-${order}`;
  const answer =
    step.do === undefined ? await passTime(cast, step, orderId) : await send(cast, step, orderId);
  const events = await newEvents(cast, orderId);
  await expectAll(step.expect ?? {}, answer, events, () => momentOf(cast, orderId));
}

async function send({ defaults, scenario, ...cast }: Cast, step: Step, orderId: string): Promise<Answer> {
  const { words } = await momentOf({ defaults, scenario, ...cast }, orderId);
  const verb = step.do ?? '';
  // A further version says what is otherwise than in the preset.
  const base = verb === 'policy/draft' ? { parameters: PRESETS[cast.preset] } : (defaults.bodies[verb] ?? {});
  const own = laidOver(base, step.with ?? {});
  const terms = laidOver(defaults.bodies.terms, scenario.terms ?? {});
  const body = spelledOut(verb === 'draft' ? laidOver({ terms }, own) : own, words);
  return (await cast.by(step.as ?? '')).post(addressOf(step, cast.names, orderId), body);
}

async function passTime(cast: Cast, step: Step, orderId: string): Promise<undefined> {
  const { words } = await momentOf(cast, orderId);
  const to = step.until === undefined ? undefined : moved(words.dueOf(step.until), step.offset ?? 'PT0S');
  const period = to === undefined ? (step.pass ?? '') : between(words.now, to);
  await (await cast.by('agent')).done('/v1/test-clock/advance', { by: period });
}

async function newEvents({ by, seen }: Cast, orderId: string): Promise<readonly Recorded[]> {
  const agent = await by('agent');
  const events: Recorded[] = [];
  for (let after = seen.get(orderId); ;) {
    const query = after === undefined ? '' : `&after=${after}`;
    const { status, body } = await agent.get(`/v1/orders/${orderId}/events?limit=1000${query}`);
    if (status === 404) return [];
    events.push(...(body.items as Recorded[]));
    const last = events.at(-1);
    if (last !== undefined) seen.set(orderId, BigInt(last.revision));
    if (body.nextCursor === null) return events;
    after = BigInt(body.nextCursor as string);
  }
}

async function momentOf({ by, names }: Cast, orderId: string): Promise<Moment> {
  const agent = await by('agent');
  const path = `/v1/orders/${orderId}`;
  const { body: order } = await agent.get(path);
  const { now } = (await agent.get('/v1/test-clock')).body as { now: Instant };
  const words: Words = {
    now,
    names: {
      ...names,
      order: orderId,
      termsHash: order.contract?.termsHash ?? '',
      revision: order.revision ?? '',
    },
    dueOf(deadline) {
      const found = order.deadlines?.findLast((known: { deadline: string }) => known.deadline === deadline);
      if (found === undefined) throw new Error(`the order has no deadline ${deadline}`);
      return found.dueAt;
    },
  };
  return { order, words, by, path, supplierPath: `/v1/suppliers/${names.supplier}` };
}

/** A supplier, and a policy where the scenario has one of its own. */
async function prepare(
  preset: PresetId,
  { supplier = {}, policy }: Scenario,
  names: Readonly<Record<string, string>>,
  by: (who: string) => Promise<ApiClient>,
): Promise<void> {
  const risk = await by('risk');
  const { country = 'CN', limit = '7500.00 USD' } = supplier;
  const at = `/v1/suppliers/${names.supplier}`;
  await risk.done('/v1/suppliers', { supplierId: names.supplier, name: 'Blue River Textiles', country });
  await risk.done(`${at}/assess`, { tradeHistory: true, qualifications: true, legalStatus: true });
  const nothing: Words = { now: '', names: {}, dueOf: () => '' };
  await risk.done(`${at}/set-assurance-limit`, { limit: spelledOut(limit, nothing) });
  if (policy === undefined) return;
  const parameters = laidOver(PRESETS[preset], policy);
  const drafter = await by('policy_admin:drafter');
  await drafter.done('/v1/policies', { policyId: names.policy, title: 'For this story', parameters });
  await (await by('policy_admin:publisher')).done(`/v1/policies/${names.policy}/publish`, { version: 1 });
}

function addressOf(
  { do: verb = '', dispute = 1 }: Step,
  names: Readonly<Record<string, string>>,
  orderId: string,
): string {
  const order = `/v1/orders/${orderId}`;
  const [kind, rest] = verb.split('/');
  if (kind === 'policy') return `/v1/policies/${names.policy}/${rest}`;
  if (kind === 'supplier') return `/v1/suppliers/${names.supplier}/${rest}`;
  if (verb === 'draft') return '/v1/orders';
  if (verb === 'open-dispute') return `${order}/disputes`;
  return DISPUTE_VERBS.has(verb) ? `${order}/disputes/${dispute}/${verb}` : `${order}/${verb}`;
}

const DISPUTE_VERBS = new Set([
  'amend-claim',
  'respond',
  'propose-settlement',
  'accept-settlement',
  'reject-settlement',
  'post-message',
  'submit-evidence',
  'change-evidence-seal',
  'request-evidence',
  'escalate',
  'assign-arbitrator',
  'recuse-arbitrator',
  'commission-inspection',
  'issue-determination',
  'lodge-appeal',
  'decide-appeal',
  'withdraw',
  'reopen',
]);
