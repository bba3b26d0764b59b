import type { Fault } from '../../../kernel/problem.js';
import type { PolicyParameters } from '../parameters.js';

type Method = PolicyParameters['methods'][number];

/** Rule 8: every method once, and in a way that somebody can pay by it. */
export function methodFaults({ methods }: PolicyParameters): Fault[] {
  return methods.flatMap((method, index) => {
    const fault = (code: string, message: string, at = ''): Fault => ({
      code: `POLICY.${code}`,
      message: `${method.method}: ${message}`,
      rule: 8,
      pointer: `/parameters/methods/${index}${at}`,
      facts: { method: method.method },
    });
    const twice = methods.findIndex((other) => other.method === method.method) < index;
    return [
      ...(twice ? [fault('METHOD_TWICE', 'is listed more than once.')] : []),
      ...capFaults(method, fault),
      ...feeFaults(method, fault),
      ...(['currencies', 'payerCountries'] as const)
        .filter((field) => method[field]?.length === 0)
        .map((field) =>
          fault('METHOD_FOR_NOBODY', `an empty list of ${field} shuts everybody out.`, `/${field}`),
        ),
    ];
  });
}

type MethodFault = (code: string, message: string, at?: string) => Fault;

function capFaults({ cap, capExclusive, currencies }: Method, fault: MethodFault): Fault[] {
  if (cap === undefined) {
    return capExclusive === undefined
      ? []
      : [
          fault(
            'EXCLUSIVE_WITHOUT_CAP',
            'capExclusive says how a cap is meant, and there is none.',
            '/capExclusive',
          ),
        ];
  }
  const comparable = currencies?.every((currency) => currency === cap.currency) ?? false;
  return [
    ...(cap.amount === 0 ? [fault('CAP_OF_ZERO', 'a cap of zero admits no payment.', '/cap/amount')] : []),
    ...(comparable
      ? []
      : [
          fault(
            'CAP_IN_ANOTHER_CURRENCY',
            `a cap in ${cap.currency} can be compared with ${cap.currency} only, so no other currency can be taken.`,
            '/currencies',
          ),
        ]),
  ];
}

function feeFaults({ fee }: Method, fault: MethodFault): Fault[] {
  if (fee.kind !== 'RANGE') return [];
  return [
    ...(fee.from.currency === fee.to.currency
      ? []
      : [fault('FEE_IN_TWO_CURRENCIES', 'the fee begins and ends in different currencies.', '/fee')]),
    ...(fee.from.amount <= fee.to.amount
      ? []
      : [fault('FEE_RANGE_REVERSED', 'the fee ends below its beginning.', '/fee')]),
  ];
}
