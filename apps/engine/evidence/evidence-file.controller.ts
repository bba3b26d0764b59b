import type { Readable } from 'node:stream';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import {
  ApiBearerAuth,
  ApiOperation,
  ApiParam,
  ApiProduces,
  ApiQuery,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { ReadOrder, ReadOrderEvents } from '../../../libs/application/queries.js';
import { mayOpenFile } from '../../../libs/domain/order/visibility.js';
import type { Caller } from '../../../libs/domain/decision.js';
import type { OrderEventOf } from '../../../libs/domain/order/events.js';
import type { Evidence } from '../../../libs/domain/order/state.js';
import type { Opened } from '../../../libs/evidence/evidence-files.js';
import type { Composition } from '../composition.js';
import type { ApiReply, ApiRequest } from '../http/api-request.js';
import { idIn, ordinalIn } from '../http/path-params.js';
import { ProblemError, problem } from '../http/problem.js';
import { choice, readQuery } from '../http/query-params.js';
import { COMPOSITION } from '../tokens.js';
import { fileHeaders, matches } from './file-headers.js';

@ApiTags('evidence files')
@ApiBearerAuth()
@Controller('v1/orders/:orderId/disputes/:dispute/evidence/:evidence/file')
export class EvidenceFileController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(COMPOSITION) private readonly composition: Composition,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'The file of a piece of evidence',
    description:
      'For the parties, the arbitrators of the dispute, agents and auditors, as far as its seal allows; for all others ' +
      'it does not exist. To be saved; pictures, PDFs and text that a scanner has found clean may be shown, too.',
    operationId: 'readEvidenceFile',
  })
  @ApiParam({ name: 'orderId', type: String })
  @ApiParam({ name: 'dispute', type: Number })
  @ApiParam({ name: 'evidence', type: Number })
  @ApiQuery({ name: 'disposition', required: false, enum: ['attachment', 'inline'] })
  @ApiProduces('application/octet-stream')
  @ApiResponse({ status: 200, schema: { type: 'string', format: 'binary' } })
  @ApiResponse({ status: 409, description: 'Held back until the scanner has looked at it.' })
  @ApiResponse({ status: 410, description: 'The scanner found malware in it: it was removed.' })
  async file(
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) reply: ApiReply,
  ): Promise<Readable | undefined> {
    const { principal } = request;
    const orderId = idIn(request, 'orderId');
    const numbers = { dispute: ordinalIn(request, 'dispute'), evidence: ordinalIn(request, 'evidence') };
    const { disposition } = readQuery(request, { disposition: choice(['attachment', 'inline']) });
    const { by, author, sha256 } = await this.visible(orderId, numbers, principal);
    const fileName = await this.nameOf(orderId, numbers, principal);
    const opened = await this.composition.evidenceFiles.open({ orderId, by, author }, sha256);
    if (opened.kind !== 'open') throw unavailable(opened);
    const { upload, bytes } = opened;
    void reply.headers(fileHeaders(upload, { fileName, inline: disposition === 'inline' }));
    if (!matches(request.headers['if-none-match'], sha256)) return bytes;
    bytes.destroy();
    void reply.code(304).removeHeader('content-length');
    return undefined;
  }

  /** Whatever the caller may not see looks like what is not there. */
  private async visible(
    orderId: string,
    { dispute, evidence }: { readonly dispute: number; readonly evidence: number },
    caller: Caller,
  ): Promise<Evidence> {
    const order = await this.queries.execute(new ReadOrder(orderId, caller));
    const found = order?.state.disputes.find((known) => known.dispute === dispute);
    const exhibit = found?.evidence.find((known) => known.evidence === evidence);
    if (found === undefined || exhibit === undefined || !mayOpenFile(found, exhibit, caller)) {
      throw problem(404, 'EVIDENCE.NOT_FOUND', 'There is no such evidence.', '/path/evidence');
    }
    return exhibit;
  }

  /** Names are personal, and lie with the events alone. */
  private async nameOf(
    orderId: string,
    { dispute, evidence }: { readonly dispute: number; readonly evidence: number },
    caller: Caller,
  ): Promise<string> {
    const events = await this.queries.execute(new ReadOrderEvents(orderId, caller));
    for await (const { type, data } of events?.recorded ?? []) {
      if (type !== 'EvidenceSubmitted') continue;
      const submitted = JSON.parse(data) as OrderEventOf<'EvidenceSubmitted'>['data'];
      if (submitted.dispute === dispute && submitted.evidence === evidence) return submitted.fileName;
    }
    return '';
  }
}

function unavailable({ kind }: Exclude<Opened, { kind: 'open' }>): ProblemError {
  switch (kind) {
    case 'quarantined':
      return new ProblemError(
        409,
        [
          {
            code: 'EVIDENCE.QUARANTINED',
            message: 'The scanner has not looked at the file yet.',
            pointer: '',
          },
        ],
        { 'retry-after': '30' },
      );
    case 'infected':
      return problem(410, 'EVIDENCE.INFECTED', 'The scanner found malware in the file: it was removed.');
    case 'absent':
      return problem(404, 'EVIDENCE.NO_FILE', 'The file is kept elsewhere; this is its hash.');
    default: {
      const _: never = kind;
      return problem(404, 'EVIDENCE.NO_FILE', 'There is no file.');
    }
  }
}
