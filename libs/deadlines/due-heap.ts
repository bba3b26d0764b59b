import type { Instant } from '../kernel/instant.js';

interface Due {
  readonly dueAt: Instant;
}

/** What is due first comes out first. Adding and taking cost the logarithm of what is held. */
export interface DueHeap<Item extends Due> {
  readonly size: number;
  /** Due instant of what comes out next. */
  readonly next: Instant | undefined;
  add(item: Item): void;
  /** Everything that is due at `now`, what is due first before the rest. */
  take(now: Instant): Item[];
  /** Everything, in no order. */
  clear(): Item[];
}

export function dueHeap<Item extends Due>(): DueHeap<Item> {
  let items: Item[] = [];
  const at = (index: number): Item => items[index] as Item;
  const earlier = (one: number, other: number): boolean => at(one).dueAt < at(other).dueAt;
  const swap = (one: number, other: number) => {
    [items[one], items[other]] = [at(other), at(one)];
  };

  const rise = (from: number) => {
    for (let index = from; index > 0;) {
      const parent = (index - 1) >> 1;
      if (!earlier(index, parent)) return;
      swap(index, parent);
      index = parent;
    }
  };
  const sink = () => {
    for (let index = 0; ;) {
      const left = 2 * index + 1;
      const right = left + 1;
      let least = index;
      if (left < items.length && earlier(left, least)) least = left;
      if (right < items.length && earlier(right, least)) least = right;
      if (least === index) return;
      swap(index, least);
      index = least;
    }
  };
  const takeFirst = (): Item => {
    const first = at(0);
    const last = items.pop() as Item;
    if (items.length > 0) {
      items[0] = last;
      sink();
    }
    return first;
  };

  return {
    get size() {
      return items.length;
    },
    get next() {
      return items[0]?.dueAt;
    },
    add(item) {
      items.push(item);
      rise(items.length - 1);
    },
    take(now) {
      const due: Item[] = [];
      while (items.length > 0 && at(0).dueAt <= now) due.push(takeFirst());
      return due;
    },
    clear() {
      const all = items;
      items = [];
      return all;
    },
  };
}
