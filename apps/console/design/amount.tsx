import type { Money } from '../../../libs/kernel/money.js';
import { useFormat } from '../messages/format.js';

export function Amount({ money, strong = false }: { readonly money: Money; readonly strong?: boolean }) {
  const format = useFormat();
  const text = format.money(money);
  return strong ? <strong className="numeric">{text}</strong> : <span className="numeric">{text}</span>;
}
