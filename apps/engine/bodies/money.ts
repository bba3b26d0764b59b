import type { Money } from '../../../libs/kernel/money.js';
import { CurrencyField, MinorUnitsField } from '../http/validation/fields.js';

export class MoneyBody implements Money {
  @MinorUnitsField({ description: 'Whole minor units: cents for USD, yen for JPY.', example: 1_000_000 })
  amount: number;

  @CurrencyField({ example: 'USD' })
  currency: string;
}
