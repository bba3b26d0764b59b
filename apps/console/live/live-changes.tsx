import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { followEvents, type LiveEvent } from './follow-events.js';
import { sawPosition } from '../api/seen-position.js';

type Listener = (event: LiveEvent) => void;

interface LiveContext {
  /** False while the stream is being opened again: what is shown may be old. */
  readonly connected: boolean;
  listen(listener: Listener): () => void;
}

const Context = createContext<LiveContext>({ connected: false, listen: () => () => {} });

/** Events that come in a burst (a command writes several) lead to one reading of the page. */
const SETTLE_MS = 150;

/** Follows the engine's events, and has whatever an event touches read again. */
export function LiveChanges({ children }: { readonly children: ReactNode }) {
  const queries = useQueryClient();
  const listeners = useRef(new Set<Listener>());
  const [connected, show] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    const touched = new Set<string>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const settle = () => {
      timer = undefined;
      for (const orderId of touched) void queries.invalidateQueries({ queryKey: ['order', orderId] });
      touched.clear();
      for (const key of ['worklist', 'orders', 'metrics', 'present'])
        void queries.invalidateQueries({ queryKey: [key] });
    };
    void followEvents({
      signal: stop.signal,
      onConnected: show,
      onEvent: (event) => {
        sawPosition(event.position);
        touched.add(event.orderId);
        timer ??= setTimeout(settle, SETTLE_MS);
        for (const listener of listeners.current) listener(event);
      },
    });
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [queries]);
  const listen = useCallback((listener: Listener) => {
    listeners.current.add(listener);
    return () => void listeners.current.delete(listener);
  }, []);
  const value = useMemo(() => ({ connected, listen }), [connected, listen]);
  return <Context value={value}>{children}</Context>;
}

export const useLive = (): LiveContext => use(Context);
