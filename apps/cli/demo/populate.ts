import type { EngineClient } from '../engine-client.js';
import { paymentService } from './carry-out.js';
import type { Cast } from './cast.js';
import { STORY } from './late-shipment.js';
import { plots, type Plot, type Step } from './plots.js';
import { storyOf, type Story } from './story.js';
import { INSPECTOR, suppliers } from './trade.js';

const DAYS = 92;
/** What was demanded so recently is still owed when the demo ends, and not yet overdue. */
const OWED_AT_THE_END_DAYS = 20;
/** Commands under way at once: as many as a busy afternoon has. */
const AT_ONCE = 16;

export interface Progress {
  (done: { readonly day: number; readonly days: number; readonly commands: number }): void;
}

/**
 * Fills an engine with more than two hundred orders in all states, by commands alone and day by day on its virtual clock: what
 * falls due meanwhile falls due. Resolves with the number of orders.
 */
export async function populate(cast: Cast, progress: Progress = () => {}): Promise<number> {
  await enrol(cast);
  const agent = await cast.as('agent', 'agent-mori');
  const schedule = scheduleOf(cast);
  const { position } = await agent.get<{ position: string }>('/v1/present');
  const carryOut = paymentService(cast, position);
  let commands = 0;
  for (let day = 0; day <= DAYS; day++) {
    const { now } = await agent.get<{ now: string }>('/v1/test-clock');
    const today = schedule.get(day) ?? [];
    commands += today.length;
    await inTurns(today, ({ step, story }) => step.act(story, now));
    await carryOut(DAYS - day > OWED_AT_THE_END_DAYS);
    progress({ day, days: DAYS, commands });
    if (day < DAYS) await agent.send('/v1/test-clock/advance', { by: 'P1D' });
  }
  return new Set([...schedule.values()].flat().map(({ story }) => story.orderId)).size;
}

async function enrol(cast: Cast): Promise<void> {
  const risk = await cast.as('risk', 'risk-desk');
  for (const [index, { id, name, country }] of suppliers.entries()) {
    const address = `/v1/suppliers/${id}`;
    if (await isEnrolled(risk, id)) {
      await makeGood(cast, id);
    } else {
      await risk.send('/v1/suppliers', { supplierId: id, name, country });
    }
    await risk.send(`${address}/assess`, { tradeHistory: true, qualifications: true, legalStatus: true });
    for (const currency of ['USD', 'EUR', 'CNY']) {
      const amount = (currency === 'CNY' ? 40_000_000 : 6_000_000) + index * 1_500_000;
      await risk.send(`${address}/set-assurance-limit`, { limit: { amount, currency } });
    }
  }
  const agent = await cast.as('agent', 'agent-mori');
  await agent.send('/v1/inspectors', {
    inspectorId: INSPECTOR,
    name: 'Rao Testing Services',
    fields: ['LIGHTING', 'TEXTILES', 'METAL'],
  });
}

const isEnrolled = (risk: EngineClient, id: string): Promise<boolean> =>
  risk.get(`/v1/suppliers/${id}`).then(
    () => true,
    () => false,
  );

/** The supplier of the late shipment was left owing and suspended: it pays, and risk reinstates it (rule 30). */
async function makeGood(cast: Cast, supplierId: string): Promise<void> {
  const order = `/v1/orders/${STORY.orderId}`;
  const payments = await cast.as('payments', 'payment-service');
  const { recoveries, currency } = await payments.get<{
    readonly currency: string;
    readonly recoveries: readonly { readonly recoveryId: string; readonly outstanding: number }[];
  }>(order);
  for (const { recoveryId, outstanding: amount } of recoveries) {
    if (amount > 0)
      await payments.send(`${order}/record-recovery`, { recoveryId, amount: { amount, currency } });
  }
  const risk = await cast.as('risk', 'risk-desk');
  await risk.send(`/v1/suppliers/${supplierId}/reinstate`, { note: 'Paid what it owed.' });
}

interface Planned {
  readonly step: Step;
  readonly story: Story;
}

/** Every step of every order on the day that brings its plot where it is to stand on the last one. */
function scheduleOf(cast: Cast): Map<number, Planned[]> {
  const schedule = new Map<number, Planned[]>();
  let index = 0;
  for (const plot of plots) {
    for (let order = 0; order < plot.orders; order++) {
      const story = storyOf(cast, index++);
      const first = firstDay(plot, order);
      for (const step of plot.steps) {
        const day = first + step.day;
        schedule.set(day, [...(schedule.get(day) ?? []), { step, story }]);
      }
    }
  }
  return schedule;
}

/** Orders of one plot are spread over its days of rest. */
function firstDay({ steps, rest: [from, to], orders }: Plot, order: number): number {
  const rest = from + Math.round(((to - from) * order) / Math.max(orders - 1, 1));
  return DAYS - rest - (steps.at(-1)?.day ?? 0);
}

async function inTurns(
  planned: readonly Planned[],
  act: (planned: Planned) => Promise<unknown>,
): Promise<void> {
  const waiting = [...planned];
  const turn = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await act(next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, turn));
}
