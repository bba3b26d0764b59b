import type { AppendReq, BatchAppendReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { ProposedEvent } from './double-log.js';
import { metadataPropertyMissing } from './refusals.js';
import { uuidText } from './wire.js';

/** An event that a client wants appended. Throws a refusal when it does not say its type or content type. */
export function proposedEvent(
  message: AppendReq.ProposedMessage | BatchAppendReq.ProposedMessage,
): ProposedEvent {
  const about = message.getMetadataMap();
  const type: string | undefined = about.get('type');
  const contentType: string | undefined = about.get('content-type');
  if (type === undefined) throw metadataPropertyMissing('type');
  if (contentType === undefined) throw metadataPropertyMissing('content-type');
  return {
    id: uuidText(message.getId()),
    type,
    isJson: contentType === 'application/json',
    data: message.getData_asU8(),
    metadata: message.getCustomMetadata_asU8(),
  };
}

/** What an event counts towards the maximum append size (the server's Event.SizeOnDisk). */
export const sizeOf = ({ type, data, metadata }: ProposedEvent): number =>
  data.length + metadata.length + 2 * type.length;
