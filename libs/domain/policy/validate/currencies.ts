import { minorUnitOf } from '../../../kernel/currency.js';
import type { Fault } from '../../../kernel/problem.js';
import type { PolicyParameters } from '../parameters.js';

/** Rule 12: money is minor units, so a currency without one cannot be counted. Rule 3: one minimum a currency. */
export function currencyFaults({ minimumOrder, methods }: PolicyParameters): Fault[] {
  const named = [
    ...minimumOrder.map(({ currency }, index) => ({ currency, at: `minimumOrder/${index}/currency` })),
    ...methods.flatMap(({ cap, currencies = [], fee }, index) => [
      ...(cap === undefined ? [] : [{ currency: cap.currency, at: `methods/${index}/cap/currency` }]),
      ...currencies.map((currency, place) => ({ currency, at: `methods/${index}/currencies/${place}` })),
      ...(fee.kind === 'RANGE'
        ? [
            { currency: fee.from.currency, at: `methods/${index}/fee/from/currency` },
            { currency: fee.to.currency, at: `methods/${index}/fee/to/currency` },
          ]
        : []),
    ]),
  ];
  return [
    ...named
      .filter(({ currency }) => minorUnitOf(currency) === undefined)
      .map(({ currency, at }) => ({
        code: 'POLICY.CURRENCY_WITHOUT_MINOR_UNIT',
        message: `${currency} is no ISO 4217 currency with a minor unit.`,
        rule: 12,
        pointer: `/parameters/${at}`,
        facts: { currency },
      })),
    ...minimumOrder.flatMap(({ currency }, index) =>
      minimumOrder.findIndex((other) => other.currency === currency) < index
        ? [
            {
              code: 'POLICY.MINIMUM_TWICE',
              message: `${currency} has more than one minimum.`,
              rule: 3,
              pointer: `/parameters/minimumOrder/${index}`,
              facts: { currency },
            },
          ]
        : [],
    ),
  ];
}
