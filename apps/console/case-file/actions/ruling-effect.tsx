import type { CaseFile } from '../../../../projections/case-file/case-file.js';
import { Amount } from '../../design/amount.js';
import { useMessages, type MessageKey } from '../../messages/language.js';
import type { Effect } from './ruling-arithmetic.js';
import styles from './actions.module.css';

/** Rule 20 with the numbers of this case, and where the money would come from. */
export function RulingEffect({ file, effect }: { readonly file: CaseFile; readonly effect: Effect }) {
  const t = useMessages();
  const { currency } = file.money;
  const row = (label: MessageKey, amount: number, kind?: string) => (
    <div data-kind={kind}>
      <dt>{t(label)}</dt>
      <dd>
        <Amount money={{ amount, currency }} />
      </dd>
    </div>
  );
  return (
    <section className={styles.effect} aria-label={t('effect.title')} aria-live="polite">
      <dl>
        {row('effect.product', effect.product)}
        {row('effect.cap', effect.cap, effect.product > effect.cap ? 'binds' : undefined)}
        {row('effect.award', effect.award, 'award')}
        {row('effect.fromCustody', effect.fromCustody)}
        {effect.advanced > 0 && row('effect.advanced', effect.advanced, 'binds')}
        {row('effect.heldAfter', effect.heldAfter)}
        {row('effect.recovery', effect.award)}
      </dl>
    </section>
  );
}
