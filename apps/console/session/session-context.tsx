import { createContext, use, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { client } from '../api/generated/client.gen.js';
import { store, storedSession, type Session } from './session.js';

interface SessionContext {
  readonly session: Session | undefined;
  begin(session: Session): void;
  end(): void;
}

const Context = createContext<SessionContext | undefined>(undefined);

let current: Session | undefined = storedSession(Date.now());
client.setConfig({ baseUrl: '', auth: () => current?.token });

export function SessionProvider({ children }: { readonly children: ReactNode }) {
  const [session, show] = useState(current);
  const queries = useQueryClient();
  const set = useCallback(
    (next: Session | undefined) => {
      current = next;
      store(next);
      // What one person was shown is not shown to the next.
      queries.clear();
      show(next);
    },
    [queries],
  );
  useEffect(() => {
    if (session === undefined) return undefined;
    const left = Math.min(session.expiresAt - Date.now(), 2 ** 31 - 1);
    const timer = setTimeout(() => set(undefined), left);
    return () => clearTimeout(timer);
  }, [session, set]);
  const value = useMemo(
    () => ({ session, begin: (next: Session) => set(next), end: () => set(undefined) }),
    [session, set],
  );
  return <Context value={value}>{children}</Context>;
}

export function useSessionContext(): SessionContext {
  const value = use(Context);
  if (value === undefined) throw new Error('a SessionProvider is missing');
  return value;
}

/** Below the pages that ask for a sign-in. */
export function useSession(): Session {
  const { session } = useSessionContext();
  if (session === undefined) throw new Error('nobody is signed in');
  return session;
}
