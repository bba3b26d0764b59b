import { IdField, InstantField, TextField } from '../http/validation/fields.js';
import type { DataOf } from './command-data.js';

export class ExtendDeadlineBody implements DataOf<'ExtendDeadline'> {
  @IdField({ example: 'SupplierResponse.1' })
  deadline: string;

  @InstantField()
  to: string;

  @TextField(2_000)
  reason: string;
}
