import { ApiProperty } from '@nestjs/swagger';
import { DISPUTE_STATES, type DisputeStatus } from '../../../libs/domain/vocabulary.js';
import type { Explanation } from '../../../libs/domain/order/explanation/explain.js';
import type { Fact, Step } from '../../../libs/domain/order/explanation/step.js';
import { usd } from '../orders/examples.js';

/** How an explanation is described in the OpenAPI document. */

class FactView implements Fact {
  @ApiProperty({ example: '3', description: 'Of the event, in the order’s history. Decimal text.' })
  revision: string;

  @ApiProperty({ type: String, example: 'PaymentReceived' })
  type: Fact['type'];
}

class StepView implements Step {
  @ApiProperty({ example: 'CAP_AT_OPENING', description: 'Which question it answers: for machines.' })
  code: string;

  @ApiProperty({ type: 'integer', example: 20, description: 'Number of the rule in the rule book.' })
  rule: number;

  @ApiProperty({ description: 'The rule itself, in a sentence.' })
  ruleText: string;

  @ApiProperty({ description: 'What came of it, in a sentence.' })
  sentence: string;

  @ApiProperty({
    type: Boolean,
    nullable: true,
    description:
      'Whether what the rule demands was there; null where it demands nothing, or time still runs.',
  })
  met: boolean | null;

  @ApiProperty({ format: 'date-time', description: 'As of when it was judged.' })
  at: string;

  @ApiProperty({ type: [FactView], description: 'Events that it rests on.' })
  facts: FactView[];

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'Values of the policy that it took, by their names in it.',
  })
  parameters: Step['parameters'];

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'The numbers of the calculation: amounts in minor units, ratios in basis points.',
  })
  figures: Step['figures'];
}

class AppliedPolicyView {
  @ApiProperty({ example: 'standard' })
  policyId: string;

  @ApiProperty({ type: 'integer', example: 1 })
  version: number;
}

const CAP: Step = {
  code: 'CAP_AT_OPENING',
  rule: 20,
  ruleText:
    'The award is the claim times the liability, at most the cap: the least of covered amount, supplier limit and ' +
    'eligible base, less prior refunds.',
  sentence:
    'At most min(covered 10,000.00, supplier limit 7,500.00, eligible base 3,000.00) − refunded before 0.00 = 3,000.00 USD.',
  met: null,
  at: '2026-04-01T00:00:00.000Z',
  facts: [
    { revision: '1', type: 'ContractConfirmed' },
    { revision: '4', type: 'PaymentReceived' },
  ],
  parameters: {},
  figures: {
    coveredAmount: usd(1_000_000),
    supplierLimit: usd(750_000),
    eligibleBase: usd(300_000),
    priorRefunds: usd(0),
    cap: usd(300_000),
  },
};

export class ExplanationView implements Explanation {
  @ApiProperty({ example: 'O-1001' })
  orderId: string;

  @ApiProperty({ type: 'integer', example: 1 })
  dispute: number;

  @ApiProperty({ example: '7', description: 'Up to which event of the order it is told. Decimal text.' })
  revision: string;

  @ApiProperty({ format: 'date-time', example: '2026-04-01T00:00:00.000Z' })
  asOf: string;

  @ApiProperty({ enum: DISPUTE_STATES, example: 'AWAITING_SUPPLIER' })
  status: DisputeStatus;

  @ApiProperty({ description: 'Frozen when the contract was confirmed.' })
  policy: AppliedPolicyView;

  @ApiProperty({
    type: [StepView],
    description: 'Why the contract was covered, the payments counted, and the claim could be made.',
    example: [],
  })
  eligibility: StepView[];

  @ApiProperty({ type: [StepView], description: 'What could be awarded at most.', example: [CAP] })
  cap: StepView[];

  @ApiProperty({
    type: [StepView],
    description: 'How it was decided, and the money that moved because of it.',
    example: [],
  })
  award: StepView[];

  @ApiProperty({
    type: [StepView],
    description: 'What set each deadline, what became of it, and what followed.',
    example: [],
  })
  deadlines: StepView[];

  @ApiProperty({
    type: [String],
    description: 'All of it to be read.',
    example: [`${CAP.sentence} (Rule 20; revisions 1, 4)`],
  })
  sentences: string[];
}
