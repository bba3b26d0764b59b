interface Place {
  readonly stream: string;
  readonly revision: bigint;
}

/**
 * Where recent events were written, by id. Like EventStoreDB's cache of committed events it is bounded: an append at
 * `any` revision is idempotent only for as long as its ids are remembered.
 */
export class RecentIds {
  private readonly places = new Map<string, Place>();

  constructor(private readonly limit = 200_000) {}

  add(id: string, stream: string, revision: bigint): void {
    this.places.delete(id);
    this.places.set(id, { stream, revision });
    if (this.places.size <= this.limit) return;
    for (const oldest of this.places.keys()) {
      this.places.delete(oldest);
      return;
    }
  }

  /** The revision at which the stream holds the event; undefined when it does not, or is not remembered to. */
  revision(id: string, stream: string): bigint | undefined {
    const place = this.places.get(id);
    return place?.stream === stream ? place.revision : undefined;
  }
}
