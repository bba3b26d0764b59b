import type { Role } from '../../libs/domain/vocabulary.js';
import { PRESETS } from '../../libs/domain/policy/presets.js';
import { localIssuer } from '../../libs/identity/local-issuer.js';
import { clientWith } from '../support/api-client.js';
import { enrol, runClient, type Acknowledged, type LoadPorts } from '../crash/load.js';

/** Clients that send commands to a cluster until they are told to stop. */
export interface Load {
  readonly acknowledged: readonly Acknowledged[];
  /** The longest time between two acknowledgements, in milliseconds. */
  longestSilence(): number;
  /** Rejects when a client met what it should not have: anything but an answer or an outage. */
  readonly failed: Promise<never>;
  /** Resolves when every command that was begun is acknowledged. */
  stop(): Promise<void>;
}

/** Deadlines that end while the test looks on. */
const SOON = 'PT3S';

/** Sets the scene and lets the clients begin: some orders end by their deadlines soon, in one step or in two. */
export async function startLoad(urls: readonly string[], dataDir: string, clients: number): Promise<Load> {
  const issuer = await localIssuer(dataDir);
  const acknowledged: Acknowledged[] = [];
  let going = true;
  let lastAt = Infinity;
  let longestMs = 0;
  const ports: LoadPorts = {
    urls,
    policies: { unpaid: 'unpaid', shipped: 'shipped' },
    token: (role, party) => issuer.issue({ role: role as Role, party, lifetimeSeconds: 86_400 }),
    goOn: () => going,
    onAcknowledged(command) {
      const now = performance.now();
      longestMs = Math.max(longestMs, now - lastAt);
      lastAt = now;
      acknowledged.push(command);
    },
  };
  await enrol(ports);
  await publishPolicies(urls[0] ?? '', (sub) =>
    issuer.issue({ role: 'policy_admin', sub, lifetimeSeconds: 3_600 }),
  );
  const running = Promise.all(Array.from({ length: clients }, (_, index) => runClient(`c${index}`, ports)));
  const failed = new Promise<never>((_, reject) => void running.catch(reject));
  failed.catch(() => undefined);
  return {
    acknowledged,
    longestSilence: () => longestMs,
    failed,
    async stop() {
      going = false;
      await running;
    },
  };
}

async function publishPolicies(url: string, tokenOf: (sub: string) => Promise<string>): Promise<void> {
  const drafter = clientWith(url, await tokenOf('drafter'));
  const publisher = clientWith(url, await tokenOf('publisher'));
  const { standard } = PRESETS;
  const ended = { anchor: 'RECEIPT', period: SOON } as const;
  for (const [policyId, parameters] of Object.entries({
    unpaid: { ...standard, paymentDue: SOON },
    shipped: { ...standard, autoReceipt: SOON, claimWindow: ended },
  })) {
    await drafter.done('/v1/policies', { policyId, title: 'Soon over', parameters });
    await publisher.done(`/v1/policies/${policyId}/publish`, { version: 1 });
  }
}
