import { Empty, StreamIdentifier } from '@eventstore/db-client/generated/shared_pb.js';
import { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';
import type { EventFilter, Position } from '../port.js';
import { logPositionOf } from './position.js';

const { ReadDirection } = ReadReq.Options;

/** How many events the server looks at in one go for a filter; a checkpoint comes after four times as many. */
const SEARCH_WINDOW = 512;
const CHECKPOINT_WINDOWS = 4;

/** Streams whose names begin with `$` are the server's own. */
const NOT_OF_THE_SYSTEM = String.raw`^[^\$]`;

/** Inclusive; without `from` at the stream's start, or backwards at its end. */
export function streamRead(
  stream: string,
  from: bigint | undefined,
  direction: 'forwards' | 'backwards',
  count: bigint,
): ReadReq {
  const identifier = new StreamIdentifier();
  identifier.setStreamName(Buffer.from(stream));
  const at = new ReadReq.Options.StreamOptions();
  at.setStreamIdentifier(identifier);
  if (from !== undefined) at.setRevision(from.toString());
  else if (direction === 'forwards') at.setStart(new Empty());
  else at.setEnd(new Empty());
  const options = bounded(count, direction);
  options.setStream(at);
  options.setNoFilter(new Empty());
  return requestOf(options);
}

/** Forwards, and inclusive: also the event at `after` comes. The server's filter lets through more than `filter`: see {@link narrowed}. */
export function allRead(after: Position, filter: EventFilter | undefined, count: bigint): ReadReq {
  const options = bounded(count, 'forwards');
  options.setAll(startingAt(after));
  options.setFilter(narrowed(filter));
  return requestOf(options);
}

/** The last event that is not the server's own. */
export function lastRead(): ReadReq {
  const at = new ReadReq.Options.AllOptions();
  at.setEnd(new Empty());
  const options = bounded(1n, 'backwards');
  options.setAll(at);
  options.setFilter(narrowed(undefined));
  return requestOf(options);
}

/** Exclusive. */
export function subscription(after: Position, filter: EventFilter | undefined): ReadReq {
  const options = new ReadReq.Options();
  options.setSubscription(new ReadReq.Options.SubscriptionOptions());
  options.setAll(startingAt(after));
  options.setFilter(narrowed(filter));
  return requestOf(options);
}

/**
 * What the server can do of a filter: event types or stream names, and of types only their beginnings. The rest is
 * done here.
 */
function narrowed(filter: EventFilter | undefined): ReadReq.Options.FilterOptions {
  const expression = new ReadReq.Options.FilterOptions.Expression();
  const narrow = new ReadReq.Options.FilterOptions();
  narrow.setMax(SEARCH_WINDOW);
  narrow.setCheckpointintervalmultiplier(CHECKPOINT_WINDOWS);
  if (filter?.types?.length) {
    expression.setPrefixList([...filter.types]);
    narrow.setEventType(expression);
  } else if (filter?.streamPrefixes?.length) {
    expression.setPrefixList([...filter.streamPrefixes]);
    narrow.setStreamIdentifier(expression);
  } else {
    expression.setRegex(NOT_OF_THE_SYSTEM);
    narrow.setStreamIdentifier(expression);
  }
  return narrow;
}

function bounded(count: bigint, direction: 'forwards' | 'backwards'): ReadReq.Options {
  const options = new ReadReq.Options();
  options.setCount(count.toString());
  options.setReadDirection(direction === 'forwards' ? ReadDirection.FORWARDS : ReadDirection.BACKWARDS);
  return options;
}

function startingAt(after: Position): ReadReq.Options.AllOptions {
  const all = new ReadReq.Options.AllOptions();
  const at = logPositionOf(after);
  if (!at) {
    all.setStart(new Empty());
    return all;
  }
  const position = new ReadReq.Options.Position();
  position.setCommitPosition(at.commit);
  position.setPreparePosition(at.prepare);
  all.setPosition(position);
  return all;
}

function requestOf(options: ReadReq.Options): ReadReq {
  const ids = new ReadReq.Options.UUIDOption();
  ids.setString(new Empty());
  options.setUuidOption(ids);
  options.setResolveLinks(false);
  const request = new ReadReq();
  request.setOptions(options);
  return request;
}
