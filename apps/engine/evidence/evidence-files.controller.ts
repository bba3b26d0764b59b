import { Readable } from 'node:stream';
import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { RouteConfig } from '@nestjs/platform-fastify';
import {
  ApiBearerAuth,
  ApiBody,
  ApiConsumes,
  ApiHeader,
  ApiOperation,
  ApiParam,
  ApiResponse,
  ApiTags,
} from '@nestjs/swagger';
import { ReadOrder } from '../../../libs/application/queries.js';
import { handIn, type HandIn } from '../../../libs/domain/order/hand-in.js';
import { usedBytes } from '../../../libs/evidence/allowance.js';
import { evidenceFaultOf } from '../../../libs/evidence/evidence-error.js';
import { safeFileName } from '../../../libs/evidence/file-name.js';
import { paced } from '../../../libs/evidence/pace.js';
import type { Receipt } from '../../../libs/evidence/receive.js';
import type { Owner, Upload } from '../../../libs/evidence/uploads.js';
import type { Composition } from '../composition.js';
import type { ApiReply, ApiRequest } from '../http/api-request.js';
import { idIn, ordinalIn } from '../http/path-params.js';
import { ProblemError, problem, refusalError } from '../http/problem.js';
import { STREAMED } from '../http/streamed-body.js';
import { COMPOSITION } from '../tokens.js';
import { saidIn } from './delivery-headers.js';
import { HandedInFileView, HandedInFilesView } from './evidence-views.js';

/** A file that comes is expected to come at two kibibytes a second at least. */
const LEAST_BYTES_A_SECOND = 2_048;

@ApiTags('evidence files')
@ApiBearerAuth()
@Controller('v1/orders/:orderId/disputes/:dispute/evidence-files')
export class EvidenceFilesController {
  constructor(
    private readonly queries: QueryBus,
    @Inject(COMPOSITION) private readonly composition: Composition,
  ) {}

  @Post()
  @RouteConfig(STREAMED)
  @ApiOperation({
    summary: 'Hand in a file, to be named in submit-evidence then',
    description:
      "The body is the file itself, within the limits of the order's policy. What it is, is told from its bytes; a " +
      'Content-Type that says otherwise is refused, application/octet-stream says nothing. A file that no evidence names ' +
      'until `submitBefore` is removed.',
    operationId: 'handInEvidenceFile',
  })
  @ApiParam({ name: 'orderId', type: String })
  @ApiParam({ name: 'dispute', type: Number })
  @ApiConsumes('application/octet-stream')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiHeader({ name: 'X-File-Name', required: false, description: 'Percent-encoded UTF-8.' })
  @ApiHeader({
    name: 'Content-Digest',
    required: false,
    description: 'RFC 9530: sha-256=:<base64>:. A file that arrives otherwise is refused.',
  })
  @ApiResponse({ status: 201, description: 'Kept.', type: HandedInFileView })
  @ApiResponse({ status: 200, description: 'The same bytes were handed in before.', type: HandedInFileView })
  async handIn(
    @Req() request: ApiRequest,
    @Res({ passthrough: true }) reply: ApiReply,
  ): Promise<HandedInFileView> {
    const { evidenceFiles } = this.composition;
    const { owner, allowance } = await this.offerTo(request);
    const said = saidIn(request);
    const bytes = bytesOf(request, this.composition.config.uploadPatienceSeconds);
    const receipt = await evidenceFiles.receive({ owner, bytes, said, allowance }).catch(interrupted);
    if (receipt.kind === 'refused') throw refusedFile(receipt);
    const { upload, again } = receipt;
    void reply.code(again ? 200 : 201);
    return this.view(upload, said.fileName && safeFileName(said.fileName, upload.extension));
  }

  @Get()
  @ApiOperation({
    summary: "The caller's own files that no evidence names yet, and what is left to hand in",
    operationId: 'listHandedInFiles',
  })
  @ApiParam({ name: 'orderId', type: String })
  @ApiParam({ name: 'dispute', type: Number })
  @ApiResponse({ status: 200, type: HandedInFilesView })
  async waiting(@Req() request: ApiRequest): Promise<HandedInFilesView> {
    const { owner, allowance } = await this.offerTo(request);
    const waiting = await this.composition.evidenceFiles.waiting(owner);
    const named = new Set(allowance.onRecord.map(({ sha256 }) => sha256));
    const { maxFileBytes, maxPartyBytes, mediaTypes } = allowance;
    return {
      items: waiting.filter(({ sha256 }) => !named.has(sha256)).map((upload) => this.view(upload)),
      usedBytes: usedBytes(allowance, waiting),
      maxPartyBytes,
      maxFileBytes,
      mediaTypes: [...mediaTypes],
    };
  }

  /** What the caller may hand in for the dispute. Throws what submitting evidence would be refused with. */
  private async offerTo(request: ApiRequest): Promise<{ readonly owner: Owner; readonly allowance: HandIn }> {
    const { principal } = request;
    const orderId = idIn(request, 'orderId');
    const dispute = ordinalIn(request, 'dispute');
    const order = await this.queries.execute(new ReadOrder(orderId, principal));
    if (order === undefined) throw problem(404, 'ORDER.NOT_FOUND', 'There is no such order.');
    const offer = handIn(order.state, principal, this.composition.clock.now(), dispute);
    if ('faults' in offer) throw refusalError(offer);
    return { owner: { orderId, by: offer.by, author: principal.id }, allowance: offer };
  }

  private view(upload: Upload, fileName?: string): HandedInFileView {
    const { sha256, size, mediaType, uploadedAt, scan } = upload;
    const submitBefore = this.composition.evidenceFiles.staleAt(upload);
    return { sha256, size, mediaType, fileName, uploadedAt, scan: scan.state, submitBefore };
  }
}

/** JSON has been read by then, and no policy takes it. */
function bytesOf({ body }: ApiRequest, patienceSeconds: number): AsyncIterable<Uint8Array> {
  if (body === undefined) return Readable.from([]);
  if (!(body instanceof Readable)) {
    const message = 'The policy accepts no application/json.';
    throw problem(415, 'EVIDENCE.MEDIA_TYPE_NOT_ACCEPTED', message, '/headers/content-type');
  }
  return paced(body, {
    windowMs: patienceSeconds * 1_000,
    minBytes: patienceSeconds * LEAST_BYTES_A_SECOND,
  });
}

/** Everything else that a file is refused for is a broken rule: 422. */
const STATUS: Readonly<Record<string, number>> = {
  'EVIDENCE.FILE_TOO_LARGE': 413,
  'EVIDENCE.MEDIA_TYPE_NOT_ACCEPTED': 415,
  'EVIDENCE.MEDIA_TYPE_LIES': 415,
  'EVIDENCE.TOO_MANY_AT_ONCE': 429,
};

const refusedFile = ({ fault }: Extract<Receipt, { kind: 'refused' }>): ProblemError => {
  const status = STATUS[fault.code] ?? 422;
  return new ProblemError(status, [fault], status === 429 ? { 'retry-after': '1' } : {});
};

function interrupted(error: unknown): never {
  switch (evidenceFaultOf(error)) {
    case 'TOO_SLOW':
      throw new ProblemError(
        408,
        [{ code: 'EVIDENCE.TOO_SLOW', message: 'The file came too slowly.', pointer: '' }],
        { connection: 'close' },
      );
    case 'BROKEN_OFF':
      throw problem(400, 'EVIDENCE.BROKEN_OFF', 'The file broke off before its end.');
    case 'NO_SPACE':
      throw new ProblemError(
        507,
        [{ code: 'EVIDENCE.NO_SPACE', message: 'There is no room for the file.' }],
        {
          'retry-after': '60',
        },
      );
    default:
      throw error;
  }
}
