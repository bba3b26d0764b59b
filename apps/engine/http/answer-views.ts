import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** How answers are described in the OpenAPI document. */

class WrittenEventView {
  @ApiProperty({ example: 'ContractConfirmed' })
  type: string;

  @ApiProperty({ example: '1', description: 'Decimal text.' })
  revision: string;
}

export class LinkView {
  @ApiProperty({ example: 'respond', description: 'The verb, as in the address.' })
  rel: string;

  @ApiProperty({ enum: ['POST'] })
  method: 'POST';

  @ApiProperty({ example: '/v1/orders/O-1001/disputes/1/respond' })
  href: string;

  @ApiProperty({ example: 'Respond to the dispute' })
  title: string;
}

export class CommandAnswerView {
  @ApiPropertyOptional({ example: 'O-1001' })
  orderId?: string;

  @ApiPropertyOptional({ example: 1, type: 'integer' })
  dispute?: number;

  @ApiPropertyOptional({ example: 'AWAITING_SUPPLIER' })
  disputeStatus?: string;

  @ApiPropertyOptional()
  supplierId?: string;

  @ApiPropertyOptional()
  policyId?: string;

  @ApiPropertyOptional({ type: 'integer' })
  version?: number;

  @ApiPropertyOptional()
  inspectorId?: string;

  @ApiProperty({
    example: '12',
    description: 'Of the resource after the command; also its ETag. Decimal text.',
  })
  revision: string;

  @ApiProperty({ description: 'In the log of all resources: send it as minPosition to read your own write.' })
  position: string;

  @ApiPropertyOptional({ example: 'PAID', description: "The order's." })
  status?: string;

  @ApiProperty({ type: [WrittenEventView], description: 'What was appended, overdue deadlines included.' })
  events: WrittenEventView[];

  @ApiProperty({ type: [LinkView], description: 'Exactly what this caller may do now.' })
  links: LinkView[];
}

class ProblemEntryView {
  @ApiProperty({
    example: '/terms/shipDate',
    description: 'JSON Pointer into the body; /headers/…, /query/… and /path/… name the rest of the request.',
  })
  pointer: string;

  @ApiProperty({ example: 'TERMS.SHIP_DATE_PASSED' })
  code: string;

  @ApiPropertyOptional({ example: 5, type: 'integer', description: 'Number of the rule in the rule book.' })
  rule?: number;

  @ApiProperty()
  message: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'What the rule looked at.',
  })
  facts?: Record<string, unknown>;
}

/** RFC 9457 */
export class ProblemView {
  @ApiProperty({ example: 'urn:recourse:problem:unprocessable-content' })
  type: string;

  @ApiProperty()
  title: string;

  @ApiProperty({ type: 'integer', example: 422 })
  status: number;

  @ApiProperty({ example: 'TERMS.SHIP_DATE_PASSED', description: 'Compare by this, never by a message.' })
  code: string;

  @ApiProperty()
  detail: string;

  @ApiProperty({ type: [ProblemEntryView], description: 'Every broken rule.' })
  errors: ProblemEntryView[];

  @ApiProperty()
  traceId: string;

  @ApiProperty()
  instance: string;
}
