import type { Fault } from '../../../kernel/problem.js';
import type { OrderCommandOf } from '../commands.js';
import { termIds } from '../contract/eligibility.js';
import { policyOf } from '../deadlines/decide.js';
import { faultsWhere } from '../refuse.js';
import type { Dispute, Order } from '../state.js';

type Submission = OrderCommandOf<'SubmitEvidence'>['data'];

/** Rule 26 and the policy's limits: everything that keeps a file out of the case. */
export function evidenceFaults(
  order: Order,
  dispute: Dispute,
  data: Submission,
  role: string,
  author: string,
): Fault[] {
  const { evidenceLimits, evidenceKinds } = policyOf(order);
  const submitted = order.disputes
    .flatMap(({ evidence }) => evidence)
    .reduce((sum, { author: by, size }) => (by === author ? sum + size : sum), 0);
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
