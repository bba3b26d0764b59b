import { formatMoney } from '../../../kernel/money.js';
import type { PolicyParameters } from '../../policy/parameters.js';
import type { OrderCommandOf } from '../commands.js';
import type { OrderEventOf } from '../events.js';

type Reasons = OrderEventOf<'PaymentMarkedIneligible'>['data']['reasons'];

/** Rule 8: every reason why a payment is not covered; none for one that is. */
export function ineligibility(
  { method, amount, payerCountry }: OrderCommandOf<'RecordPayment'>['data'],
  policy: PolicyParameters,
  currency: string,
): Reasons {
  const reasons: Reasons = [];
  if (amount.currency !== currency) {
    reasons.push({
      code: 'CURRENCY_OF_ANOTHER_ORDER',
      message: `The order is in ${currency}, the payment in ${amount.currency}.`,
    });
  }
  const rule = policy.methods.find((known) => known.method === method);
  if (rule === undefined)
    return [...reasons, { code: 'METHOD_NOT_LISTED', message: `The policy does not list ${method}.` }];
  const { cap, capExclusive, currencies, payerCountries } = rule;
  if (currencies !== undefined && !currencies.includes(amount.currency)) {
    reasons.push({
      code: 'CURRENCY_NOT_COVERED',
      message: `${method} is covered in ${currencies.join(', ')} only.`,
    });
  }
  if (payerCountries !== undefined && !payerCountries.includes(payerCountry)) {
    reasons.push({
      code: 'PAYER_COUNTRY_NOT_COVERED',
      message: `${method} is covered for payers in ${payerCountries.join(', ')} only.`,
    });
  }
  if (
    cap !== undefined &&
    cap.currency === amount.currency &&
    (capExclusive === true ? amount.amount >= cap.amount : amount.amount > cap.amount)
  ) {
    reasons.push({
      code: 'ABOVE_METHOD_CAP',
      message: `${method} is covered ${capExclusive === true ? 'below' : 'up to'} ${formatMoney(cap)}.`,
    });
  }
  if (cap !== undefined && cap.currency !== amount.currency) {
    reasons.push({
      code: 'CURRENCY_NOT_COVERED',
      message: `The cap of ${method} is set in ${cap.currency} only.`,
    });
  }
  return reasons;
}
