import { Badge } from '@mantine/core';
import type { CaseFile } from '../../../projections/case-file/case-file.js';
import type { CaseInspection } from '../../../projections/case-file/sections/goods.js';
import { MarkLabel, useItemMark } from '../as-of/changes.js';
import { Amount } from '../design/amount.js';
import { Moment } from '../design/moment.js';
import { PartyName, PartyText } from '../design/party-text.js';
import { useFormat } from '../messages/format.js';
import { useMessages, useWord } from '../messages/language.js';
import { Facts } from './facts.js';
import { Section } from './section.js';
import styles from './goods.module.css';

/** What was promised and what came. */
export function GoodsSection({ file }: { readonly file: CaseFile }) {
  const t = useMessages();
  const format = useFormat();
  const word = useWord();
  const { goods } = file;
  return (
    <Section id="goods" title={t('section.goods')}>
      <Facts
        facts={[
          [t('contract.shipDate'), goods.promised.now],
          [
            t('goods.revisions'),
            goods.promised.revisions.length === 0
              ? undefined
              : goods.promised.revisions
                  .map(({ revision, shipDate, state }) => `${revision}. ${shipDate}: ${word(state)}`)
                  .join('; '),
          ],
          [t('goods.shipments'), goods.shipments.length === 0 ? t('goods.notShipped') : undefined],
          ...goods.shipments.map(
            (shipment) =>
              [
                t('goods.shipment', { id: shipment.shipmentId }),
                <>
                  <Moment at={shipment.shippedAt} /> · <PartyName text={shipment.carrier} />
                  {shipment.trackingNumber !== undefined && (
                    <>
                      {' '}
                      · <PartyName text={shipment.trackingNumber} />
                    </>
                  )}
                  {shipment.quantity !== undefined && ` · ${format.number(shipment.quantity)}`}{' '}
                  {shipment.late && (
                    <Badge color="red" variant="light" size="sm">
                      {t('goods.late')}
                    </Badge>
                  )}
                </>,
              ] as const,
          ),
          [t('goods.cleared'), goods.clearedAt && <Moment at={goods.clearedAt} />],
          [
            t('goods.received'),
            goods.received && (
              <>
                <Moment at={goods.received.at} /> {goods.received.deemed && `(${t('goods.deemed')})`}
                {goods.received.quantity !== undefined && ` · ${format.number(goods.received.quantity)}`}
              </>
            ),
          ],
        ]}
      />
      {goods.inspections.length > 0 && (
        <ul className={styles.inspections}>
          {goods.inspections.map((inspection) => (
            <Inspection key={inspection.inspectionId} inspection={inspection} />
          ))}
        </ul>
      )}
      {goods.waivers.map(({ revision, at, terms, statement }) => (
        <div key={revision} className={styles.inspection}>
          <strong>{t('goods.waiver', { terms: terms.map((term) => word(term)).join(', ') })}</strong> ·{' '}
          <Moment at={at} />
          <PartyText text={statement} clamp={300} />
        </div>
      ))}
    </Section>
  );
}

function Inspection({ inspection }: { readonly inspection: CaseInspection }) {
  const t = useMessages();
  const word = useWord();
  const { inspectionId, stage, by, inspectorId, counts, commissioned, report } = inspection;
  const mark = useItemMark(
    ({ goods }) => goods.inspections,
    (one) => one.inspectionId,
    inspection,
  );
  return (
    <li className={styles.inspection} data-mark={mark}>
      <p>
        <strong>{t('goods.inspection', { id: inspectionId })}</strong> · {word(stage)} · {word(by)}
        {inspectorId !== undefined && ` · ${inspectorId}`}{' '}
        <Badge
          variant="light"
          color={report === undefined ? 'gray' : report.result === 'PASS' ? 'teal' : 'red'}
          size="sm"
        >
          {report === undefined ? t('goods.notReported') : word(report.result)}
        </Badge>{' '}
        {!counts && report !== undefined && <span className={styles.soft}>{t('goods.doesNotCount')}</span>}
        <MarkLabel mark={mark} />
      </p>
      {commissioned !== undefined && (
        <div className={styles.soft}>
          <PartyText text={commissioned.question} clamp={300} />
          {commissioned.fee !== undefined && (
            <>
              {t('money.fee')} <Amount money={commissioned.fee} />
            </>
          )}
        </div>
      )}
      {report !== undefined && (
        <ul>
          {report.findings.map(({ term, conforms, note }) => (
            <li key={term} data-conforms={conforms}>
              {word(term)}: {t(conforms ? 'finding.yes' : 'finding.no')}
              {note !== undefined && <PartyText text={note} clamp={200} />}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}
