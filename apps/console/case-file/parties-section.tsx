import type { CaseFile } from '../../../projections/case-file/case-file.js';
import { Amount } from '../design/amount.js';
import { PartyName } from '../design/party-text.js';
import { useMessages, useWord } from '../messages/language.js';
import { Facts } from './facts.js';
import { Section } from './section.js';
import { SupplierRecordFacts } from './supplier-record.js';
import styles from './parties.module.css';

/** Who stands against whom; the supplier as it stood when the contract was confirmed, and its record as it is today. */
export function PartiesSection({ file }: { readonly file: CaseFile }) {
  const t = useMessages();
  const word = useWord();
  const { buyer, supplier } = file.parties;
  return (
    <Section id="parties" title={t('section.parties')}>
      <Facts
        facts={[
          [
            t('party.buyer'),
            <>
              <PartyName text={buyer.name} /> ({buyer.country}) · <code>{buyer.id}</code>
            </>,
          ],
          [
            t('party.supplier'),
            <>
              <PartyName text={supplier.name ?? supplier.id} /> {supplier.country && `(${supplier.country})`}{' '}
              · <code>{supplier.id}</code>
            </>,
          ],
          [
            t('party.atConfirmation'),
            supplier.qualified === undefined
              ? undefined
              : t(supplier.qualified ? 'party.qualified' : 'party.unqualified'),
          ],
          [t('party.limit'), supplier.limit && <Amount money={supplier.limit} />],
          [
            t('party.otherDisputes'),
            file.otherDisputes.length === 0
              ? undefined
              : file.otherDisputes
                  .map((other) => `#${other.dispute} ${word(other.ground)}: ${word(other.status)}`)
                  .join('; '),
          ],
        ]}
      />
      <h3 className={styles.record}>{t('party.record')}</h3>
      <SupplierRecordFacts supplierId={supplier.id} />
    </Section>
  );
}
