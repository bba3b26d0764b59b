import { createContext, use, useEffect, useState, type ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { Instant } from '../../../libs/kernel/instant.js';
import { readPresent } from '../api/generated/sdk.gen.js';

/** The engine's present, which on a virtual clock is another than the viewer's. Milliseconds since 1970. */
const Context = createContext<number>(Date.now());

export const useNow = (): number => use(Context);

/** Shows what is below it as of a moment in the past: a deadline that was then ahead is ahead. */
export function NowAt({
  instant,
  children,
}: {
  /** Undefined: the present. */
  readonly instant: Instant | undefined;
  readonly children: ReactNode;
}) {
  const now = use(Context);
  return <Context value={instant === undefined ? now : Date.parse(instant)}>{children}</Context>;
}

/** Asks the engine for its present now and then, and lets it run in between where it runs by itself. */
export function NowProvider({ children }: { readonly children: ReactNode }) {
  const [ticked, tick] = useState(Date.now);
  const { data, dataUpdatedAt } = useQuery({
    queryKey: ['present'],
    queryFn: async () => (await readPresent({ throwOnError: true })).data,
    refetchInterval: 60_000,
  });
  const runs = data?.runs ?? true;
  useEffect(() => {
    if (!runs) return undefined;
    const timer = setInterval(() => tick(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, [runs]);
  const engineNow =
    data === undefined ? ticked : Date.parse(data.now) + (runs ? Math.max(0, ticked - dataUpdatedAt) : 0);
  return <Context value={engineNow}>{children}</Context>;
}
