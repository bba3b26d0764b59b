import { CountryField, FlagField, IdField, ObjectField, TextField } from '../http/validation/fields.js';
import { MoneyBody } from './money.js';

export class EnrolSupplierBody {
  @IdField({ example: 'S1' })
  supplierId: string;

  @TextField(200)
  name: string;

  @CountryField({ example: 'CN' })
  country: string;
}

export class AssessSupplierBody {
  @FlagField()
  tradeHistory: boolean;

  @FlagField()
  qualifications: boolean;

  @FlagField()
  legalStatus: boolean;

  @TextField(2_000, { optional: true })
  note?: string;
}

export class SetAssuranceLimitBody {
  @ObjectField(MoneyBody)
  limit: MoneyBody;
}

export class SuspendSupplierBody {
  @TextField(2_000, { optional: true })
  note?: string;
}

export class ReinstateSupplierBody {
  @TextField(2_000, { optional: true })
  note?: string;
}
