import {
  MILESTONES,
  PAYMENT_METHODS,
  type Milestone,
  type PaymentMethod,
} from '../../../libs/domain/vocabulary.js';
import {
  ChoiceField,
  CountryField,
  IdField,
  InstantField,
  ObjectField,
  TextField,
} from '../http/validation/fields.js';
import type { DataOf } from './command-data.js';
import { MoneyBody } from './money.js';

export class RecordPaymentBody implements DataOf<'RecordPayment'> {
  @IdField()
  paymentId: string;

  @ChoiceField(MILESTONES)
  milestone: Milestone;

  @ChoiceField([...PAYMENT_METHODS, 'OTHER'])
  method: PaymentMethod | 'OTHER';

  @ObjectField(MoneyBody)
  amount: MoneyBody;

  @TextField(200)
  payerAccountName: string;

  @CountryField()
  payerCountry: string;

  @InstantField({ optional: true })
  paidAt?: string;

  @TextField(200, { optional: true })
  reference?: string;
}

export class RecordReleaseBody implements DataOf<'RecordRelease'> {
  @IdField()
  releaseId: string;

  @ObjectField(MoneyBody)
  amount: MoneyBody;

  @TextField(200, { optional: true })
  reference?: string;
}

export class RecordRefundBody {
  @IdField()
  refundId: string;

  @ChoiceField(['ISSUED', 'FAILED'])
  outcome: 'ISSUED' | 'FAILED';

  @ObjectField(MoneyBody)
  amount: MoneyBody;

  @TextField(200, { onlyWhen: ['outcome', 'ISSUED'] })
  reference?: string;

  @TextField(500, { when: ['outcome', 'FAILED'] })
  reason?: string;
}

export class RetryRefundBody implements DataOf<'RetryRefund'> {
  @IdField()
  refundId: string;
}

export class RecordFeeBody implements DataOf<'RecordFee'> {
  @IdField()
  feeId: string;

  @ChoiceField(['PAYMENT', 'INSPECTION', 'OTHER'])
  kind: 'PAYMENT' | 'INSPECTION' | 'OTHER';

  @ObjectField(MoneyBody)
  amount: MoneyBody;

  @ChoiceField(['buyer', 'supplier', 'platform'])
  chargedTo: 'buyer' | 'supplier' | 'platform';

  @TextField(200, { optional: true })
  reference?: string;
}

export class ReportChargebackBody implements DataOf<'ReportChargeback'> {
  @IdField()
  chargebackId: string;

  @IdField()
  paymentId: string;

  @ObjectField(MoneyBody)
  amount: MoneyBody;

  @TextField(500, { optional: true })
  reason?: string;
}
