import type { Projection } from '../../libs/projection/projection.js';
import { caseFile } from '../../projections/case-file/projection.js';
import { deadlineQueue } from '../../projections/deadline-queue/projection.js';
import { inspectors } from '../../projections/inspectors/projection.js';
import { orderTimeline } from '../../projections/order-timeline/projection.js';
import { orders } from '../../projections/orders/projection.js';
import { policies } from '../../projections/policies/projection.js';
import { supplierStanding } from '../../projections/supplier-standing/projection.js';
import { worklist } from '../../projections/worklist/projection.js';

/** Every read model of the engine, by what asks for it. */
export const projections = {
  deadlineQueue,
  orderTimeline,
  caseFile,
  worklist,
  orders,
  supplierStanding,
  policies,
  inspectors,
} as const;

export const allProjections: readonly Projection<object>[] = Object.values(projections);
