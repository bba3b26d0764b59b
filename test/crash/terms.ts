/** Plain terms of an order over 10,000.00 USD, to be shipped in a year of the engine's time. */
export function termsFor(): object {
  const usd = (amount: number) => ({ amount, currency: 'USD' });
  return {
    orderValue: usd(1_000_000),
    coveredAmount: usd(1_000_000),
    shipDate: '2099-12-31',
    coverageType: 'POST_DELIVERY',
    qualitySafeguard: false,
    product: 'Desk lamps',
    quantity: { count: 500, unit: 'piece', toleranceBasisPoints: 0 },
    specification: [],
    initialPayment: usd(300_000),
    balance: usd(700_000),
  };
}
