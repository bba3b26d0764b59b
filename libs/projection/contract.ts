import { documentQueries } from './contract/document-queries.js';
import { fencing } from './contract/fencing.js';
import { folding } from './contract/folding.js';
import { parking } from './contract/parking.js';
import { rebuilding } from './contract/rebuilding.js';
import {
  staged,
  withoutStore,
  type DatabaseUnderTest,
  type OpenStore,
  type Stage,
} from './contract/support.js';
import { watching } from './contract/watching.js';

/** What read models guarantee, as one suite for every database. */
export function projectionContract(
  openStore: OpenStore,
  openDatabase: () => Promise<DatabaseUnderTest>,
): void {
  const onStage = (name: string, suite: (stage: () => Stage) => void) =>
    describe(name, () => suite(staged(openStore, openDatabase)));
  describe('documents', () => documentQueries(staged(withoutStore, openDatabase)));
  onStage('folding', folding);
  onStage('parking', parking);
  onStage('rebuilding', rebuilding);
  onStage('fencing', fencing);
  onStage('watching', watching);
}
