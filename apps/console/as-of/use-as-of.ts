import { useCallback, useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import type { CaseFile } from '../../../projections/case-file/case-file.js';
import type { CaseFileDocument, EventDocument } from '../api/documents.js';
import { useOrderEvents } from '../case-file/use-case-file.js';
import { useSession } from '../session/session-context.js';

type Fold = typeof import('./fold.js');

export interface AsOf {
  /** The file to show: the present one, or as of the chosen revision. */
  readonly file: CaseFile;
  /** The earlier of the two that are compared. */
  readonly before: CaseFile | undefined;
  /** Undefined: the present. */
  readonly revision: number | undefined;
  readonly compare: number | undefined;
  /** The first revision at which there is a file: the dispute's opening. */
  readonly first: number;
  readonly last: number;
  readonly events: readonly EventDocument[] | undefined;
  show(revision: number | undefined): void;
  compareWith(revision: number | undefined): void;
}

/** Which revision is looked at, and with which it is compared: both stand in the address. */
export function useAsOf(present: CaseFileDocument): AsOf {
  const [address, setAddress] = useSearchParams();
  const revision = revisionIn(address, 'revision');
  const compare = revisionIn(address, 'compare');
  const past = revision !== undefined || compare !== undefined;
  const { data: events } = useOrderEvents(present.orderId);
  const fold = useFold(past);
  const viewer = useSession();
  const facts = useMemo(
    () => (fold === undefined || events === undefined ? undefined : fold.factsOf(events)),
    [fold, events],
  );
  const last = Number(present.revision);
  const at = (wanted: number | undefined): CaseFile | undefined => {
    if (wanted === undefined || fold === undefined || facts === undefined) return undefined;
    const fact = facts[wanted];
    return (
      fact &&
      fold.foldCaseFile(facts, {
        dispute: present.dispute,
        revision: wanted,
        now: fact.at,
        viewer,
      })
    );
  };
  const shown = useMemo(() => at(revision), [facts, revision]);
  const before = useMemo(() => at(compare), [facts, compare]);
  const set = useCallback(
    (name: string, value: number | undefined) =>
      setAddress(
        (current) => {
          const next = new URLSearchParams(current);
          if (value === undefined) next.delete(name);
          else next.set(name, String(value));
          return next;
        },
        { replace: true },
      ),
    [setAddress],
  );
  return {
    file: shown ?? present,
    before,
    revision: revision !== undefined && revision < last ? revision : undefined,
    compare,
    first: Number(present.claim.versions[0]?.revision ?? 0),
    last,
    events,
    show: (value) => set('revision', value !== undefined && value >= last ? undefined : value),
    compareWith: (value) => set('compare', value),
  };
}

function revisionIn(address: URLSearchParams, name: string): number | undefined {
  const text = address.get(name);
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

function useFold(wanted: boolean): Fold | undefined {
  const [fold, keep] = useState<Fold>();
  useEffect(() => {
    if (wanted && fold === undefined) void import('./fold.js').then((loaded) => keep(loaded));
  }, [wanted, fold]);
  return fold;
}
