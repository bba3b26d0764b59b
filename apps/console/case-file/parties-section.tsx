import { Badge } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { CaseFile } from '../../../projections/case-file/case-file.js';
import { readSupplier } from '../api/generated/sdk.gen.js';
import { Amount } from '../design/amount.js';
import { PartyName } from '../design/party-text.js';
import { useMessages, useWord } from '../messages/language.js';
import type { Money } from '../../../libs/kernel/money.js';
import { Section } from './section.js';
import { Facts } from './facts.js';

interface SupplierDocument {
  readonly status?: string;
  readonly standing?: string;
  readonly limit?: number | Money;
  readonly currency?: string;
}

/** Who stands against whom; the supplier as it stood when the contract was confirmed, and as it stands now. */
export function PartiesSection({ file }: { readonly file: CaseFile }) {
  const t = useMessages();
  const word = useWord();
  const { buyer, supplier } = file.parties;
  const { data } = useQuery({
    queryKey: ['suppliers', supplier.id],
    queryFn: async () =>
      (await readSupplier({ path: { supplierId: supplier.id }, throwOnError: true }))
        .data as SupplierDocument,
    retry: false,
  });
  const status = data?.status ?? data?.standing;
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
            t('party.today'),
            status && (
              <Badge variant="light" color={status === 'SUSPENDED' ? 'red' : 'gray'}>
                {word(status)}
              </Badge>
            ),
          ],
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
    </Section>
  );
}
