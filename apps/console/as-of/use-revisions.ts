import { createContext, use, useCallback, useEffect, useMemo, useState } from 'react';
import { NavigationType, useNavigationType, useSearchParams } from 'react-router';

/** Which revision is looked at, and with which it is compared. Undefined: the present, and none. */
export interface Revisions {
  readonly revision: number | undefined;
  readonly compare: number | undefined;
}

const ADDRESS_FOLLOWS_MS = 120;

/**
 * The revisions in the address. They move at once and the address follows: a held arrow key or a dragged slider waits for no
 * navigation and loses no step.
 */
export function useRevisions(): readonly [Revisions, (changed: Partial<Revisions>) => void] {
  const [address, setAddress] = useSearchParams();
  const [chosen, choose] = useState(() => revisionsIn(address));
  const kind = useNavigationType();
  useEffect(() => {
    // Back, forward, or an address that was typed.
    if (kind === NavigationType.Pop) choose(revisionsIn(address));
  }, [address, kind]);
  useEffect(() => {
    const timer = setTimeout(() => {
      const wanted = addressOf(chosen);
      // The browser's address: the router's may still be on its way.
      const shown = new URLSearchParams(location.search);
      if (wanted.toString() !== shown.toString()) setAddress(wanted, { replace: true });
    }, ADDRESS_FOLLOWS_MS);
    return () => clearTimeout(timer);
    // Only what is chosen writes the address; a changed address is read above.
  }, [chosen]);
  const change = useCallback(
    (changed: Partial<Revisions>) => choose((current) => ({ ...current, ...changed })),
    [],
  );
  return useMemo(() => [chosen, change] as const, [chosen, change]);
}

const revisionsIn = (address: URLSearchParams): Revisions => ({
  revision: numberIn(address, 'revision'),
  compare: numberIn(address, 'compare'),
});

function numberIn(address: URLSearchParams, name: string): number | undefined {
  const text = address.get(name);
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

const addressOf = ({ revision, compare }: Revisions): URLSearchParams =>
  new URLSearchParams({
    ...(revision === undefined ? {} : { revision: String(revision) }),
    ...(compare === undefined ? {} : { compare: String(compare) }),
  });

const ShowRevision = createContext<(revision: number) => void>(() => {});
export const ShowRevisionProvider = ShowRevision.Provider;

/** Shows the whole file as of a revision, from wherever that revision is named. */
export const useShowRevision = () => use(ShowRevision);
