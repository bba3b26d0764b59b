import { setTimeout as sleep } from 'node:timers/promises';

/** The calls that faults can be bound to. */
export type Method = 'read' | 'append' | 'batchAppend' | 'delete' | 'tombstone' | 'gossip' | 'serverFeatures';

export type FaultKind =
  /** gRPC status 14, and nothing is done. */
  | 'unavailable'
  /** Nothing is done; the answer names the leader: `leader`, or the double itself. */
  | 'notLeader'
  /** The call is taken and never answered; nothing is done. */
  | 'frozen'
  /** What is to be written is written; the call is never answered. */
  | 'timeoutAfterCommit'
  /** What is to be written is written; the answer says that it timed out. */
  | 'commitTimeout'
  /** The call is served after `delayMs`. */
  | 'slow';

export interface Fault {
  readonly kind: FaultKind;
  /** Which calls it hits; all when left out. */
  readonly methods?: readonly Method[];
  /** How many calls it hits before it is gone; without a bound when left out. */
  readonly times?: number;
  readonly delayMs?: number;
  readonly leader?: { readonly host: string; readonly port: number };
}

interface Armed {
  readonly fault: Fault;
  left: number;
}

/** The faults that are switched on, and the subscriptions that can be dropped. */
export class Faults {
  private armed: Armed[] = [];
  private readonly thawing = new Set<() => void>();
  private readonly subscriptions = new Set<() => void>();
  private readonly counts = new Map<FaultKind, number>();

  /** Switches a fault on, beside those that are. */
  inject(fault: Fault): void {
    this.armed.push({ fault, left: fault.times ?? Number.POSITIVE_INFINITY });
  }

  /** Switches every fault off. Calls that were frozen before stay unanswered; subscriptions go on. */
  clear(): void {
    this.armed = [];
    this.wakeIfThawed();
  }

  list(): readonly Fault[] {
    return this.armed.map(({ fault, left }) => (Number.isFinite(left) ? { ...fault, times: left } : fault));
  }

  /** How many calls a kind of fault has hit. */
  hits(kind: FaultKind): number {
    return this.counts.get(kind) ?? 0;
  }

  /** Ends every open subscription with status 14; returns how many there were. */
  dropSubscriptions(): number {
    const open = [...this.subscriptions];
    for (const drop of open) drop();
    return open.length;
  }

  /** Lets a subscription be dropped until the returned function is called. */
  onDrop(drop: () => void): () => void {
    this.subscriptions.add(drop);
    return () => this.subscriptions.delete(drop);
  }

  get openSubscriptions(): number {
    return this.subscriptions.size;
  }

  /** The fault that hits this call, which thereby counts; waits first when the call is to be slow. */
  async hit(method: Method): Promise<Fault | undefined> {
    const slow = this.take(method, (kind) => kind === 'slow');
    if (slow) await sleep(slow.delayMs ?? 100);
    return this.take(method, (kind) => kind !== 'slow');
  }

  /** Whether reads would freeze now. A subscription asks before each step. */
  async thawed(signal: AbortSignal): Promise<void> {
    while (!signal.aborted && this.armed.some(({ fault }) => fault.kind === 'frozen' && reads(fault))) {
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.thawing.delete(wake);
          signal.removeEventListener('abort', wake);
          resolve();
        };
        this.thawing.add(wake);
        signal.addEventListener('abort', wake);
      });
    }
  }

  private take(method: Method, wanted: (kind: FaultKind) => boolean): Fault | undefined {
    const found = this.armed.find(
      ({ fault }) => wanted(fault.kind) && (fault.methods?.includes(method) ?? true),
    );
    if (!found) return undefined;
    this.counts.set(found.fault.kind, this.hits(found.fault.kind) + 1);
    found.left -= 1;
    if (found.left <= 0) this.armed = this.armed.filter((armed) => armed !== found);
    this.wakeIfThawed();
    return found.fault;
  }

  private wakeIfThawed(): void {
    for (const wake of this.thawing) wake();
  }
}

const reads = (fault: Fault): boolean => fault.methods?.includes('read') ?? true;
