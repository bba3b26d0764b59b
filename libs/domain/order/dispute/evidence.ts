import type { Fault, Refusal } from '../../../kernel/problem.js';
import { dueAfter } from '../../calendar/due.js';
import type { Role } from '../../vocabulary.js';
import type { OrderCommandOf } from '../commands.js';
import type { OrderContext } from '../context.js';
import { termIds } from '../contract/eligibility.js';
import { meetDeadlines, policyOf, setDeadlineAt } from '../deadlines/decide.js';
import { brokenRules, faultsWhere } from '../refuse.js';
import type { Dispute, Order } from '../state.js';
import type { Turn } from '../turn.js';
import { disputeOf } from './find.js';

type Submission = OrderCommandOf<'SubmitEvidence'>['data'];

type Submitter = 'buyer' | 'supplier' | 'agent' | 'arbitrator' | 'inspector' | 'logistics';

/** As what evidence names whoever submits it. */
export const submitterOf = (role: Role): Submitter =>
  role === 'appeal_arbitrator' ? 'arbitrator' : (role as Submitter);

/** A file for the case, by its hash; it ends the request that it names. */
export function submitEvidence(
  turn: Turn,
  { data }: OrderCommandOf<'SubmitEvidence'>,
  context: OrderContext,
): Refusal | undefined {
  const { caller, file } = context;
  const dispute = disputeOf(turn.order, data.dispute);
  const refusal = brokenRules([
    ...evidenceFaults(turn.order, dispute, data, caller.role, caller.id),
    ...fileFaults(data, context),
  ]);
  if (refusal) return refusal;
  turn.emit({
    type: 'EvidenceSubmitted',
    data: {
      ...data,
      evidence: dispute.evidence.length + 1,
      by: submitterOf(caller.role),
      author: caller.id,
      terms: [...(data.terms ?? [])],
      request: data.request ?? null,
      sealedTo: data.sealedTo === undefined ? undefined : [...data.sealedTo],
      submittedAt: turn.at,
      ...(file === undefined ? {} : { held: true }),
    },
  });
  meetDeadlines(
    turn,
    'EvidenceSubmitted',
    ({ kind, dispute: number, subject }) =>
      kind === 'Evidence' && number === data.dispute && subject === String(data.request),
  );
  return undefined;
}

/** Rule 26: with a deadline. What the policy accepts no file of cannot be asked for. */
export function requestEvidence(
  turn: Turn,
  { data }: OrderCommandOf<'RequestEvidence'>,
  { caller }: OrderContext,
): Refusal | undefined {
  const { order, at } = turn;
  const { evidence, evidenceKinds, zone, days } = policyOf(order);
  const unanswerable = data.kinds.filter((kind) => !evidenceKinds.includes(kind));
  const refusal = brokenRules(
    faultsWhere([
      unanswerable.length > 0,
      {
        code: 'EVIDENCE.KIND_NOT_ACCEPTED',
        message: `The policy accepts no ${unanswerable.join(', ')}.`,
        pointer: '/kinds',
        rule: 26,
      },
    ]),
  );
  if (refusal) return refusal;
  const request = disputeOf(order, data.dispute).requests.length + 1;
  const dueAt = dueAfter(at, evidence, zone, days);
  turn.emit({
    type: 'EvidenceRequested',
    data: { ...data, kinds: [...data.kinds], request, by: caller.id, dueAt },
  });
  setDeadlineAt(
    turn,
    { kind: 'Evidence', dispute: data.dispute, subject: String(request), rule: 26 },
    dueAt,
    { period: evidence },
  );
  return undefined;
}

/** What one author has put on file in the whole order, in bytes. */
export const submittedBy = (order: Order, author: string): number =>
  order.disputes
    .flatMap(({ evidence }) => evidence)
    .reduce((sum, { author: by, size }) => (by === author ? sum + size : sum), 0);

/** Rule 26 and the policy's limits: everything that keeps a file out of the case. */
function evidenceFaults(
  order: Order,
  dispute: Dispute,
  data: Submission,
  role: string,
  author: string,
): Fault[] {
  const { evidenceLimits, evidenceKinds } = policyOf(order);
  const submitted = submittedBy(order, author);
  const request = dispute.requests.find((known) => known.request === data.request);
  const unknownTerms = (data.terms ?? []).filter((term) => !termIds(order.contract.terms).includes(term));
  return [
    ...faultsWhere(
      [
        !evidenceKinds.includes(data.kind),
        {
          code: 'EVIDENCE.KIND_NOT_ACCEPTED',
          message: `The policy accepts no ${data.kind}.`,
          pointer: '/kind',
          rule: 26,
        },
      ],
      [
        data.size === 0,
        { code: 'EVIDENCE.EMPTY', message: 'The file is empty.', pointer: '/size', rule: 26 },
      ],
      [
        data.size > evidenceLimits.maxFileBytes,
        {
          code: 'EVIDENCE.FILE_TOO_LARGE',
          message: `A file has at most ${evidenceLimits.maxFileBytes} bytes.`,
          pointer: '/size',
          rule: 26,
        },
      ],
      [
        submitted + data.size > evidenceLimits.maxPartyBytes,
        {
          code: 'EVIDENCE.QUOTA_EXCEEDED',
          message: `All files of one party have at most ${evidenceLimits.maxPartyBytes} bytes.`,
          pointer: '/size',
          rule: 26,
          facts: { submitted },
        },
      ],
      [
        !evidenceLimits.mediaTypes.includes(data.mediaType),
        {
          code: 'EVIDENCE.MEDIA_TYPE_NOT_ACCEPTED',
          message: `The policy accepts no ${data.mediaType}.`,
          pointer: '/mediaType',
          rule: 26,
        },
      ],
      [
        unknownTerms.length > 0,
        {
          code: 'EVIDENCE.UNKNOWN_TERM',
          message: `The contract has no term ${unknownTerms.join(', ')}.`,
          pointer: '/terms',
          rule: 26,
        },
      ],
    ),
    ...requestFaults(data, role, request),
  ];
}

/** A file that was handed in is what is said of it. */
function fileFaults(data: Submission, { file, filesRequired }: OrderContext): Fault[] {
  const fault = (code: string, message: string, pointer: string): Fault => ({
    code,
    message,
    pointer,
    rule: 26,
  });
  if (file === undefined) {
    return filesRequired === true
      ? [fault('EVIDENCE.NOT_HANDED_IN', 'Hand in the file of this hash first.', '/sha256')]
      : [];
  }
  return faultsWhere(
    [
      file.state === 'STALE',
      fault('EVIDENCE.HANDED_IN_LONG_AGO', 'The file waited too long: hand it in again.', '/sha256'),
    ],
    [
      file.state === 'INFECTED',
      fault('EVIDENCE.INFECTED', 'The scanner found malware in the file: it was removed.', '/sha256'),
    ],
    [
      file.size !== data.size,
      fault('EVIDENCE.OTHER_SIZE', `The file that was handed in has ${file.size} bytes.`, '/size'),
    ],
    [
      file.mediaType !== data.mediaType,
      fault('EVIDENCE.OTHER_MEDIA_TYPE', `The file that was handed in is ${file.mediaType}.`, '/mediaType'),
    ],
  );
}

function requestFaults(
  data: Submission,
  role: string,
  request: Dispute['requests'][number] | undefined,
): Fault[] {
  if (data.request === undefined) return [];
  if (request === undefined || request.state !== 'OPEN') {
    return [
      {
        code: 'EVIDENCE.NO_OPEN_REQUEST',
        message: `No request ${data.request} is waiting for an answer.`,
        pointer: '/request',
        rule: 26,
      },
    ];
  }
  return faultsWhere(
    [
      request.from !== role,
      {
        code: 'EVIDENCE.ASKED_OF_ANOTHER',
        message: `This was asked of the ${request.from}.`,
        pointer: '/request',
        rule: 26,
      },
    ],
    [
      request.kinds.length > 0 && !request.kinds.includes(data.kind),
      {
        code: 'EVIDENCE.ANOTHER_KIND_ASKED',
        message: `Asked for: ${request.kinds.join(', ')}.`,
        pointer: '/kind',
        rule: 26,
      },
    ],
  );
}
