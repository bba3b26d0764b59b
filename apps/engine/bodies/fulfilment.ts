import { IdField, IdsField, InstantField, TextField, WholeField } from '../http/validation/fields.js';
import type { DataOf } from './command-data.js';

export class RecordShipmentBody implements DataOf<'RecordShipment'> {
  @IdField()
  shipmentId: string;

  @InstantField({ optional: true, description: 'Left out: now.' })
  shippedAt?: string;

  @TextField(200)
  carrier: string;

  @TextField(200, { optional: true })
  trackingNumber?: string;

  @WholeField(0, Number.MAX_SAFE_INTEGER, { optional: true })
  quantity?: number;
}

export class RecordCustomsClearanceBody implements DataOf<'RecordCustomsClearance'> {
  @InstantField({ optional: true, description: 'Left out: now.' })
  clearedAt?: string;

  @TextField(200, { optional: true })
  reference?: string;
}

export class ConfirmReceiptBody implements DataOf<'ConfirmReceipt'> {
  @WholeField(0, Number.MAX_SAFE_INTEGER, { optional: true })
  quantity?: number;
}

export class WaiveNonconformityBody implements DataOf<'WaiveNonconformity'> {
  @IdsField(100, {
    minItems: 1,
    description: 'Ids of contract terms; QUANTITY and SHIP_DATE are terms of their own.',
  })
  terms: string[];

  @TextField(4_000)
  statement: string;

  @IdField({ optional: true })
  inspectionId?: string;
}
