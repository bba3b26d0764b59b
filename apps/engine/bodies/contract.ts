import {
  CountryField,
  DateField,
  IdField,
  ObjectField,
  OrdinalField,
  Sha256Field,
  TextField,
  WholeField,
} from '../http/validation/fields.js';
import type { DataOf } from './command-data.js';
import { TermsBody } from './terms.js';

export class BuyerBody {
  @IdField({ example: 'B1' })
  id: string;

  @TextField(200)
  name: string;

  @CountryField({ example: 'US' })
  country: string;
}

export class DraftOrderBody implements Omit<DataOf<'DraftOrder'>, 'orderId' | 'policyId'> {
  @IdField({ optional: true, description: 'Left out, the engine makes one from the Idempotency-Key.' })
  orderId?: string;

  @ObjectField(BuyerBody)
  buyer: BuyerBody;

  @IdField({ example: 'S1' })
  supplierId: string;

  @IdField({ optional: true, description: 'Left out: standard.', example: 'standard' })
  policyId?: string;

  @TextField(64, { example: 'APPAREL' })
  category: string;

  @ObjectField(TermsBody)
  terms: TermsBody;

  @TextField(200, { optional: true, description: "The marketplace's own number of the order." })
  reference?: string;
}

export class ProposeTermsBody implements DataOf<'ProposeTerms'> {
  @ObjectField(TermsBody)
  terms: TermsBody;
}

export class ConfirmContractBody implements DataOf<'ConfirmContract'> {
  @Sha256Field({ description: 'Names the terms that the confirming party has read.' })
  termsHash: string;
}

export class RequestShipDateRevisionBody implements DataOf<'RequestShipDateRevision'> {
  @DateField({ example: '2026-04-15' })
  shipDate: string;

  @TextField(2_000, { optional: true })
  reason?: string;
}

export class AgreeShipDateRevisionBody implements DataOf<'AgreeShipDateRevision'> {
  @OrdinalField()
  revision: number;
}

export class DeclineShipDateRevisionBody implements DataOf<'DeclineShipDateRevision'> {
  @OrdinalField()
  revision: number;

  @TextField(2_000, { optional: true })
  reason?: string;
}

export class CancelOrderBody implements DataOf<'CancelOrder'> {
  @TextField(2_000, { optional: true })
  note?: string;
}

export class CompleteOrderBody {}

export class LeaveFeedbackBody implements DataOf<'LeaveFeedback'> {
  @WholeField(1, 5, { example: 5 })
  rating: number;

  @TextField(4_000)
  text: string;
}
