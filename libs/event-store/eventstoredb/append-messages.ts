import { StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb.js';
import { BatchAppendReq } from '@eventstore/db-client/generated/streams_pb.js';
import { Empty } from 'google-protobuf/google/protobuf/empty_pb.js';
import { EventStoreError, type EventToAppend, type ExpectedRevision } from '../port.js';

const MIB = 1024 * 1024;
/** One message of an append; a single larger event makes a larger message. */
const MESSAGE_BYTES = 3 * MIB;
/** More than a node takes in one message ends the call, and with it everybody's appends. */
const APPEND_BYTES = 16 * MIB;

/**
 * An append as messages of one correlation id. Data and metadata are sent as the very bytes of their text, and called
 * JSON, so that EventStoreDB shows and projects them. Throws APPEND_TOO_LARGE for what no node takes, and a TypeError for
 * text that UTF-8 would change.
 */
export function appendMessages(
  correlationId: string,
  stream: string,
  events: readonly EventToAppend[],
  expected: ExpectedRevision,
): BatchAppendReq[] {
  if (!stream.isWellFormed()) throw new TypeError('the name of a stream holds a lone surrogate');
  const messages: BatchAppendReq[] = [];
  let bytes = 0;
  let total = 0;
  for (const event of events) {
    const proposed = proposedMessage(event);
    const size = proposed.getData_asU8().length + proposed.getCustomMetadata_asU8().length;
    total += size;
    if (total > APPEND_BYTES) throw new EventStoreError('APPEND_TOO_LARGE', 'the append exceeds 16 MiB');
    let message = messages.at(-1);
    if (!message || bytes + size > MESSAGE_BYTES) {
      message = new BatchAppendReq();
      message.setCorrelationId(uuid(correlationId));
      if (messages.length === 0) message.setOptions(optionsOf(stream, expected));
      messages.push(message);
      bytes = 0;
    }
    message.addProposedMessages(proposed);
    bytes += size;
  }
  messages.at(-1)?.setIsFinal(true);
  return messages;
}

/** Without a deadline: the server compares it with its own clock. The timer is ours. */
function optionsOf(stream: string, expected: ExpectedRevision): BatchAppendReq.Options {
  const identifier = new StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream));
  const options = new BatchAppendReq.Options();
  options.setStreamIdentifier(identifier);
  if (expected === 'no_stream') options.setNoStream(new Empty());
  else options.setStreamPosition(expected.toString());
  return options;
}

function proposedMessage({ id, type, data, metadata }: EventToAppend): BatchAppendReq.ProposedMessage {
  if (!data.isWellFormed() || !metadata.isWellFormed() || !type.isWellFormed()) {
    throw new TypeError(`event ${id} holds a lone surrogate, which UTF-8 cannot`);
  }
  const message = new BatchAppendReq.ProposedMessage();
  message.setId(uuid(id));
  message.getMetadataMap().set('type', type).set('content-type', 'application/json');
  message.setData(Buffer.from(data));
  message.setCustomMetadata(Buffer.from(metadata));
  return message;
}

function uuid(text: string): UUID {
  const message = new UUID();
  message.setString(text);
  return message;
}
