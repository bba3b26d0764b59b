import type { PolicyParameters } from '../../../libs/domain/policy/parameters.js';
import {
  AMBIGUITY_RULES,
  CUSTODIES,
  EVIDENCE_KINDS,
  GROUNDS,
  INSPECTOR_KINDS,
  LIMIT_SCOPES,
  PAYMENT_METHODS,
  type EvidenceKind,
  type Ground,
  type InspectorKind,
  type PaymentMethod,
} from '../../../libs/domain/vocabulary.js';
import {
  ChoiceField,
  ChoicesField,
  CountriesField,
  CurrenciesField,
  DurationField,
  FlagField,
  IdField,
  ObjectField,
  ObjectsField,
  OrdinalField,
  PatternField,
  PatternsField,
  TextField,
  WholeField,
  ZoneField,
} from '../http/validation/fields.js';
import { MoneyBody } from './money.js';

class CountriesBody {
  @ChoiceField(['ALLOW', 'BLOCK'])
  mode: 'ALLOW' | 'BLOCK';

  @CountriesField()
  countries: string[];
}

class FeeBody {
  @ChoiceField(['NONE', 'RATE', 'RANGE'])
  kind: 'NONE' | 'RATE' | 'RANGE';

  @WholeField(0, 10_000, { when: ['kind', 'RATE'] })
  basisPoints?: number;

  @ObjectField(MoneyBody, { when: ['kind', 'RANGE'] })
  from?: MoneyBody;

  @ObjectField(MoneyBody, { when: ['kind', 'RANGE'] })
  to?: MoneyBody;
}

class MethodRuleBody {
  @ChoiceField(PAYMENT_METHODS)
  method: PaymentMethod;

  @ObjectField(MoneyBody, { optional: true, description: 'A payment above it is ineligible.' })
  cap?: MoneyBody;

  @FlagField({ optional: true, description: 'True: a payment of exactly the cap is ineligible too.' })
  capExclusive?: boolean;

  @CurrenciesField({ optional: true, description: 'Left out: every currency.' })
  currencies?: string[];

  @CountriesField({ optional: true, description: 'Left out: every country.' })
  payerCountries?: string[];

  @ObjectField(FeeBody)
  fee: FeeBody;
}

class SettlementBody {
  @DurationField({ example: 'P15D' })
  period: string;

  @ChoiceField(['EITHER_MAY_ESCALATE', 'BUYER_MAY_ESCALATE', 'ESCALATE'])
  then: PolicyParameters['settlement']['then'];
}

class ClaimWindowBody {
  @ChoiceField(['RECEIPT', 'CUSTOMS_CLEARANCE', 'SHIPMENT'])
  anchor: PolicyParameters['claimWindow']['anchor'];

  @DurationField({ nullable: true, example: 'P30D' })
  period: string | null;
}

class EvidenceLimitsBody {
  @WholeField(0, Number.MAX_SAFE_INTEGER)
  maxFileBytes: number;

  @WholeField(0, Number.MAX_SAFE_INTEGER)
  maxPartyBytes: number;

  @PatternsField(/^[a-z0-9.+-]+\/[a-z0-9.+*-]+$/, 'must be a media type of at most 100 characters', 50)
  mediaTypes: string[];
}

class DaysBody {
  @ChoiceField(['CALENDAR', 'WORKING'])
  kind: 'CALENDAR' | 'WORKING';

  @PatternField(/^[A-Z]{2}(-[A-Z0-9]{1,8})*$/, 'must be a holiday calendar, as in CN or DE-BY', {
    when: ['kind', 'WORKING'],
  })
  holidays?: string;
}

/** Every number and choice of the rule book. */
export class PolicyParametersBody {
  @ObjectsField(MoneyBody, 200, { minItems: 1, description: 'Rule 3, one entry a currency.' })
  minimumOrder: MoneyBody[];

  @PatternsField(/^\S.{0,63}$/, 'must be a category of at most 64 characters', 100)
  excludedCategories: string[];

  @ObjectField(CountriesBody)
  supplierCountries: CountriesBody;

  @ObjectsField(MethodRuleBody, 20, { minItems: 1 })
  methods: MethodRuleBody[];

  @ChoicesField(GROUNDS)
  grounds: Ground[];

  @DurationField({ example: 'P7D' })
  paymentDue: string;

  @DurationField({ example: 'P0D' })
  latenessGrace: string;

  @DurationField({ example: 'P5D' })
  supplierResponse: string;

  @ChoiceField(['ESCALATE', 'BUYER_MAY_ESCALATE', 'AWAIT_AUTO_ESCALATION'])
  silence: PolicyParameters['silence'];

  @DurationField({ nullable: true, example: null })
  autoEscalation: string | null;

  @ObjectField(SettlementBody)
  settlement: SettlementBody;

  @DurationField({ nullable: true, example: 'P3D' })
  offerExpiry: string | null;

  @ObjectField(ClaimWindowBody)
  claimWindow: ClaimWindowBody;

  @DurationField({ nullable: true, example: 'P60D' })
  autoReceipt: string | null;

  @ChoiceField(AMBIGUITY_RULES)
  ambiguity: PolicyParameters['ambiguity'];

  @ChoiceField(['LOSER', 'BUYER'])
  inspectionFee: PolicyParameters['inspectionFee'];

  @DurationField({ example: 'P5D' })
  evidence: string;

  @ChoiceField(['CLOSE', 'DECIDE_ON_FILE'])
  missedEvidence: PolicyParameters['missedEvidence'];

  @ChoicesField(EVIDENCE_KINDS)
  evidenceKinds: EvidenceKind[];

  @ObjectField(EvidenceLimitsBody)
  evidenceLimits: EvidenceLimitsBody;

  @DurationField({ example: 'P10D' })
  determinationDue: string;

  @DurationField({ nullable: true, example: 'P15D' })
  appeal: string | null;

  @ChoiceField(['AT_ONCE', 'APPEAL_WINDOW'])
  determinationFinal: PolicyParameters['determinationFinal'];

  @DurationField({ example: 'P15D' })
  recoveryDue: string;

  @ChoiceField(['REFUND', 'ADVANCED'])
  recoveryBasis: PolicyParameters['recoveryBasis'];

  @ChoiceField(LIMIT_SCOPES)
  limitScope: PolicyParameters['limitScope'];

  @ChoiceField(CUSTODIES)
  custody: PolicyParameters['custody'];

  @ChoicesField(INSPECTOR_KINDS)
  preShipmentInspection: InspectorKind[];

  @ChoiceField(['NOT_APPLICABLE', 'ACCEPTED_INSPECTOR', 'ANY'])
  postDeliveryInspection: PolicyParameters['postDeliveryInspection'];

  @ZoneField({ example: 'UTC' })
  zone: string;

  @ObjectField(DaysBody)
  days: DaysBody;
}

export class CreatePolicyBody {
  @IdField({ example: 'marketplace-2026' })
  policyId: string;

  @TextField(200)
  title: string;

  @ObjectField(PolicyParametersBody)
  parameters: PolicyParametersBody;
}

export class DraftPolicyBody {
  @TextField(200)
  title: string;

  @ObjectField(PolicyParametersBody)
  parameters: PolicyParametersBody;
}

export class PublishPolicyBody {
  @OrdinalField()
  version: number;
}

export class RetirePolicyBody {
  @OrdinalField()
  version: number;

  @TextField(500, { optional: true })
  reason?: string;
}
