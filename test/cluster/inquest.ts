import { setTimeout as sleep } from 'node:timers/promises';
import { allProjections } from '../../apps/engine/projections.js';
import { openEventStoreDb } from '../../libs/event-store/eventstoredb/event-store.js';
import type { EventStore } from '../../libs/event-store/port.js';
import { instantOf } from '../../libs/kernel/instant.js';
import { judge, type Verdict } from '../crash/judge.js';
import type { Acknowledged } from '../crash/load.js';
import { readLog, type LogFindings } from '../crash/read-log.js';
import type { Cluster } from './cluster.js';
import { digests, level, withReadModels } from './documents.js';

export interface Inquest {
  readonly log: LogFindings;
  readonly verdict: Verdict;
  /** Digests of every projection's documents, as they were, and built anew from the log. */
  readonly live: Awaited<ReturnType<typeof digests>>;
  readonly rebuilt: Awaited<ReturnType<typeof digests>>;
}

/** Looks into a cluster that runs and gets no more commands, once all that was due has expired. */
export async function inquest(
  { eventStoreUrl, databaseUrl }: Pick<Cluster, 'eventStoreUrl' | 'databaseUrl'>,
  acknowledged: readonly Acknowledged[],
): Promise<Inquest> {
  const store = openEventStoreDb({ url: eventStoreUrl });
  try {
    const log = await onceNothingIsDue(store);
    return await withReadModels(databaseUrl, async (models) => {
      await level(store, models);
      const live = await digests(databaseUrl);
      await models.rebuild(allProjections.map(({ name }) => name));
      return { log, verdict: judge(log, acknowledged), live, rebuilt: await digests(databaseUrl) };
    });
  } finally {
    await store.close();
  }
}

/** The test's own timeout says when a deadline never expires. */
async function onceNothingIsDue(store: EventStore): Promise<LogFindings> {
  for (;;) {
    const log = await readLog(store);
    const soon = instantOf(Date.now() + 60_000);
    if (![...log.open.values()].some((dueAt) => dueAt < soon)) return log;
    await sleep(500);
  }
}

/** For the run's output. */
export function figures({ log, live }: Inquest, acknowledged: readonly Acknowledged[]): string {
  const resent = acknowledged.filter(({ attempts }) => attempts > 1).length;
  const documents = Object.values(live).reduce((sum, one) => sum + one.documents, 0);
  return (
    `${acknowledged.length} commands acknowledged (${resent} sent more than once), none lost, none applied twice; ` +
    `${log.expired} deadlines expired, each once and none early; ${log.events} events in ${log.heads.size} streams, ` +
    `all chains verified; ${documents} documents equal those rebuilt`
  );
}
