import { Controller, Get, Inject, Req } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { DISPUTE_STATES } from '../../../libs/domain/vocabulary.js';
import { Answers } from '../answers/answer.js';
import { CaseListAnswer } from '../answers/case-list.js';
import { caseList } from '../case-files/case-list.js';
import { CaseListQueries } from '../case-files/case-list-params.js';
import type { Composition } from '../composition.js';
import type { ApiRequest } from '../http/api-request.js';
import { COMPOSITION } from '../tokens.js';

const OPEN = DISPUTE_STATES.filter((state) => state !== 'CLOSED');

@ApiTags('case files')
@ApiBearerAuth()
@Controller('v1/worklist')
export class WorklistController {
  constructor(@Inject(COMPOSITION) private readonly composition: Composition) {}

  @Get()
  @ApiOperation({ summary: 'Open cases, what is due first', operationId: 'readWorklist' })
  @CaseListQueries()
  @Answers(CaseListAnswer)
  worklist(@Req() request: ApiRequest): Promise<object> {
    return caseList(this.composition, request, { state: OPEN });
  }
}
