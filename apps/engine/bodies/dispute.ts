import {
  EVIDENCE_KINDS,
  FINDING_CODES,
  GROUNDS,
  PARTIES,
  REASON_CODES,
  REMEDIES,
  RESPONSES,
  type EvidenceKind,
  type FindingCode,
  type Ground,
  type Party,
  type ReasonCode,
  type Remedy,
  type Response,
} from '../../../libs/domain/vocabulary.js';
import {
  ChoiceField,
  ChoicesField,
  FileNameField,
  IdField,
  IdsField,
  InstantField,
  MediaTypeField,
  ObjectField,
  OrdinalField,
  OrdinalsField,
  RevisionField,
  Sha256Field,
  TextField,
  WholeField,
} from '../http/validation/fields.js';
import type { DataOf } from './command-data.js';
import { MoneyBody } from './money.js';

export class OpenDisputeBody implements DataOf<'OpenDispute'> {
  @ChoiceField(GROUNDS)
  ground: Ground;

  @ObjectField(MoneyBody)
  claimed: MoneyBody;

  @TextField(20_000)
  statement: string;

  @IdsField(100, { description: 'Ids of the contract terms that the claim is about.' })
  terms: string[];

  @ChoiceField(REMEDIES)
  desiredRemedy: Remedy;
}

export class AmendClaimBody implements DataOf<'AmendClaim'> {
  @ObjectField(MoneyBody)
  claimed: MoneyBody;

  @TextField(20_000)
  statement: string;

  @IdsField(100)
  terms: string[];
}

/** Rule 25. */
export class OfferBody implements DataOf<'ProposeSettlement'> {
  @ChoicesField(REMEDIES, { minItems: 1 })
  remedies: Remedy[];

  @ObjectField(MoneyBody, { description: 'The refund in it; zero where it holds none.' })
  amount: MoneyBody;

  @TextField(4_000, { optional: true })
  message?: string;

  @InstantField({ optional: true })
  expiresAt?: string;
}

export class RespondToDisputeBody {
  @ChoiceField(RESPONSES)
  response: Response;

  @TextField(20_000)
  statement: string;

  @ChoicesField(REASON_CODES, { minItems: 1, when: ['response', 'REJECT'] })
  reasonCodes?: ReasonCode[];

  @ObjectField(OfferBody, { when: ['response', 'COUNTER'] })
  offer?: OfferBody;
}

export class ProposeSettlementBody extends OfferBody {}

export class AcceptSettlementBody implements DataOf<'AcceptSettlement'> {
  @OrdinalField()
  offer: number;
}

export class RejectSettlementBody implements DataOf<'RejectSettlement'> {
  @OrdinalField()
  offer: number;

  @TextField(4_000, { optional: true })
  reason?: string;
}

export class PostMessageBody implements DataOf<'PostMessage'> {
  @TextField(20_000)
  text: string;
}

export class SubmitEvidenceBody implements DataOf<'SubmitEvidence'> {
  @ChoiceField(EVIDENCE_KINDS)
  kind: EvidenceKind;

  @Sha256Field()
  sha256: string;

  @WholeField(0, Number.MAX_SAFE_INTEGER, { description: 'Bytes.' })
  size: number;

  @MediaTypeField({ example: 'image/jpeg' })
  mediaType: string;

  @FileNameField()
  fileName: string;

  @TextField(4_000, { optional: true })
  description?: string;

  @IdsField(100, { optional: true })
  terms?: string[];

  @OrdinalField({ optional: true, description: 'Number of the request that it answers.' })
  request?: number;

  @ChoicesField(PARTIES, { optional: true, description: 'Who may see it besides the arbitrators.' })
  sealedTo?: Party[];
}

export class ChangeEvidenceSealBody implements DataOf<'ChangeEvidenceSeal'> {
  @OrdinalField({ description: 'Number of the evidence in the dispute.' })
  evidence: number;

  @ChoicesField(PARTIES, {
    optional: true,
    description:
      'Who may see it from now on, besides the arbitrators and whoever submitted it; left out: everyone.',
  })
  sealedTo?: Party[];

  @TextField(4_000)
  reason: string;
}

export class RequestEvidenceBody implements DataOf<'RequestEvidence'> {
  @ChoiceField(PARTIES)
  from: Party;

  @ChoicesField(EVIDENCE_KINDS, { minItems: 1 })
  kinds: EvidenceKind[];

  @TextField(4_000)
  question: string;
}

export class EscalateDisputeBody {}

export class AssignArbitratorBody implements DataOf<'AssignArbitrator'> {
  @IdField()
  arbitrator: string;

  @IdsField(100, {
    optional: true,
    description:
      'Ids of parties with whom the arbitrator has declared a conflict of interest: refused where one of them is the ' +
      'buyer or the supplier.',
  })
  conflicts?: string[];
}

export class RecuseArbitratorBody implements DataOf<'RecuseArbitrator'> {
  @TextField(4_000)
  reason: string;
}

/** Rule 27. */
export class RulingBody implements DataOf<'IssueDetermination'> {
  @WholeField(0, 10_000, { description: 'Hundredths of a per cent: 10,000 is the whole.', example: 10_000 })
  liability: number;

  @ChoicesField(REMEDIES, { minItems: 1 })
  remedies: Remedy[];

  @ChoicesField([...REASON_CODES, ...FINDING_CODES], { minItems: 1 })
  reasonCodes: (ReasonCode | FindingCode)[];

  @OrdinalsField(500, { description: "Numbers of the dispute's evidence." })
  evidence: number[];

  @IdsField(100, { description: 'Ids of contract terms.' })
  terms: string[];

  @RevisionField({ description: 'Revision of the order that the arbitrator had seen.', example: '12' })
  fileRevision: string;

  @TextField(20_000)
  statement: string;
}

export class IssueDeterminationBody extends RulingBody {}

export class DecideAppealBody extends RulingBody {}

export class LodgeAppealBody implements DataOf<'LodgeAppeal'> {
  @TextField(20_000)
  statement: string;
}

export class WithdrawDisputeBody implements DataOf<'WithdrawDispute'> {
  @TextField(4_000, { optional: true })
  reason?: string;
}

export class ReopenDisputeBody implements DataOf<'ReopenDispute'> {
  @TextField(20_000)
  statement: string;
}
