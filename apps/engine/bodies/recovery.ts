import { IdField, ObjectField, TextField } from '../http/validation/fields.js';
import type { DataOf } from './command-data.js';
import { MoneyBody } from './money.js';

export class RecordRecoveryBody implements DataOf<'RecordRecovery'> {
  @IdField()
  recoveryId: string;

  @ObjectField(MoneyBody)
  amount: MoneyBody;

  @TextField(200, { optional: true })
  reference?: string;
}

export class WriteOffRecoveryBody implements DataOf<'WriteOffRecovery'> {
  @IdField()
  recoveryId: string;

  @TextField(2_000)
  reason: string;
}
