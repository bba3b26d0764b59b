import type { Envelope } from '../../event-store/envelope.js';
import type { EventStore, RecordedEvent } from '../../event-store/port.js';
import type { ProjectionLock } from '../lock/lock.js';
import type { Projection } from '../projection.js';
import type { ReadModels } from '../read-models/read-models.js';

export interface ProjectorOptions {
  readonly store: Pick<EventStore, 'subscribe' | 'readAll' | 'readStream'>;
  readonly readModels: ReadModels;
  readonly projections: readonly Projection<object>[];
  /** Turns a recorded event into the domain's. An event at which it throws is parked with its stream. */
  decode(event: RecordedEvent): Envelope;
  readonly lock: ProjectionLock;
  /** Those of the same name project one at a time. Default `projector`. */
  readonly name?: string;
  /** Most events of one transaction. Default 2,000. */
  readonly batchSize?: number;
  /** Most events that a rebuild folds before others have their turn. Default 2,000. */
  readonly pageSize?: number;
  /** Memory for documents at hand, each projection, about. Default 32 MiB. */
  readonly cacheBytes?: number;
  /** How often to look for rebuilds and replays that another process asks for. Default 500 ms. */
  readonly lookMs?: number;
  /** Pause after a failure; it doubles with each that follows, to 5 s at most. Default 50 ms. */
  readonly pauseMs?: number;
  /** Told of each failure after which the projector begins again from its checkpoints. */
  onFault?(error: unknown): void;
}
