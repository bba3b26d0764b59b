import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { CaseFile } from '../../../projections/case-file/case-file.js';
import type { CaseFileDocument, EventDocument } from '../api/documents.js';
import { useOrderEvents } from '../case-file/use-case-file.js';
import { useSession } from '../session/session-context.js';
import { useRevisions } from './use-revisions.js';

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

/** The file at the revisions that are chosen: folded here, so that a moved slider asks nobody. */
export function useAsOf(present: CaseFileDocument): AsOf {
  const [chosen, choose] = useRevisions();
  // The slider moves at once; the page is drawn as fast as it can be.
  const { revision, compare } = useDeferredValue(chosen);
  const { data: events } = useOrderEvents(present.orderId);
  const fold = useFold();
  const viewer = useSession();
  const facts = useMemo(
    () => (fold === undefined || events === undefined ? undefined : fold.factsOf(events)),
    [fold, events],
  );
  const last = Number(present.revision);
  const at = (wanted: number | undefined): CaseFile | undefined => {
    const fact = wanted === undefined ? undefined : facts?.[wanted];
    if (wanted === undefined || fact === undefined || facts === undefined) return undefined;
    return fold?.foldCaseFile(facts, { dispute: present.dispute, revision: wanted, now: fact.at, viewer });
  };
  const shown = useMemo(() => at(revision), [facts, revision]);
  const before = useMemo(() => at(compare), [facts, compare]);
  const show = useCallback(
    (wanted: number | undefined) =>
      choose({ revision: wanted !== undefined && wanted >= last ? undefined : wanted }),
    [choose, last],
  );
  const compareWith = useCallback((wanted: number | undefined) => choose({ compare: wanted }), [choose]);
  return {
    file: shown ?? present,
    before,
    revision: chosen.revision !== undefined && chosen.revision < last ? chosen.revision : undefined,
    compare: chosen.compare,
    first: Number(present.claim.versions[0]?.revision ?? 0),
    last,
    events,
    show,
    compareWith,
  };
}

/** Fetched once the page stands, before anybody asks for the past. */
function useFold(): Fold | undefined {
  const [fold, keep] = useState<Fold>();
  useEffect(() => void import('./fold.js').then((loaded) => keep(loaded)), []);
  return fold;
}
