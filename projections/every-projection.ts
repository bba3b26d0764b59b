import type { Projection } from '../libs/projection/projection.js';
import { caseFile } from './case-file/projection.js';
import { deadlineQueue } from './deadline-queue/projection.js';
import { inspectors } from './inspectors/projection.js';
import { orders } from './orders/projection.js';
import { policies } from './policies/projection.js';
import { supplierStanding } from './supplier-standing/projection.js';
import { worklist } from './worklist/projection.js';

/** Every read model of the engine, by what asks for it. */
export const projections = {
  deadlineQueue,
  caseFile,
  worklist,
  orders,
  supplierStanding,
  policies,
  inspectors,
} as const;

export const allProjections: readonly Projection<object>[] = Object.values(projections);
