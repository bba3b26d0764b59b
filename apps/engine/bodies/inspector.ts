import { IdField, PatternsField, TextField } from '../http/validation/fields.js';

export class AccreditInspectorBody {
  @IdField({ example: 'I1' })
  inspectorId: string;

  @TextField(200)
  name: string;

  @PatternsField(/^\S(?:.{0,62}\S)?$/, 'must be 1 to 64 characters', 50, { example: ['TEXTILES'] })
  fields: string[];
}

export class WithdrawAccreditationBody {
  @TextField(2_000, { optional: true })
  reason?: string;
}
