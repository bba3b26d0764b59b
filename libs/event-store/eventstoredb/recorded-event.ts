import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import { instantOf } from '../../kernel/instant.js';
import type { RecordedEvent } from '../port.js';
import { positionOf } from './position.js';

/** .NET ticks (100 ns) since 1970. */
const TICKS_PER_MS = 10_000n;

/** An event as it was stored, its text byte by byte. */
export function recordedEvent(recorded: ReadResp.ReadEvent.RecordedEvent): RecordedEvent {
  const about = recorded.getMetadataMap();
  const ticks = BigInt(about.get('created') ?? 0);
  return {
    id: recorded.getId()?.getString() ?? '',
    type: about.get('type') ?? '',
    data: textOf(recorded.getData_asU8()),
    metadata: textOf(recorded.getCustomMetadata_asU8()),
    stream: textOf(recorded.getStreamIdentifier()?.getStreamName_asU8()),
    revision: BigInt(recorded.getStreamRevision()),
    position: positionOf({
      commit: recorded.getCommitPosition(),
      prepare: recorded.getPreparePosition(),
    }),
    created: instantOf(Number(ticks / TICKS_PER_MS)),
  };
}

/** Whether an event is the server's own: statistics, metadata, links, tombstones. */
export const isOfTheSystem = ({ stream, type }: RecordedEvent): boolean =>
  stream.startsWith('$') || type.startsWith('$');

/** Buffer's decoder, unlike TextDecoder, keeps a leading byte order mark. */
function textOf(bytes: Uint8Array | undefined): string {
  return bytes ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8') : '';
}
