import type { EventStore } from '../event-store/port.js';
import { documentQueries } from './contract/document-queries.js';
import { fencing } from './contract/fencing.js';
import { folding } from './contract/folding.js';
import { parking } from './contract/parking.js';
import { rebuilding } from './contract/rebuilding.js';
import { staged, type DatabaseUnderTest } from './contract/support.js';
import { watching } from './contract/watching.js';

/** What read models guarantee, as one suite for every database. */
export function projectionContract(
  openStore: () => Promise<{ store: EventStore; dispose(): Promise<void> }>,
  openDatabase: () => Promise<DatabaseUnderTest>,
): void {
  const stage = staged(openStore, openDatabase);
  describe('documents', () => documentQueries(stage));
  describe('folding', () => folding(stage));
  describe('parking', () => parking(stage));
  describe('rebuilding', () => rebuilding(stage));
  describe('fencing', () => fencing(stage));
  describe('watching', () => watching(stage));
}
