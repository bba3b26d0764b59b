import { Alert } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconQuestionMark, IconX } from '@tabler/icons-react';
import type { CaseFile } from '../../../projections/case-file/case-file.js';
import type { SpecifiedTerm } from '../../../projections/case-file/sections/contract.js';
import { MarkLabel, useItemMark } from '../as-of/changes.js';
import { Amount } from '../design/amount.js';
import { PartyText } from '../design/party-text.js';
import { useMessages, useWord } from '../messages/language.js';
import { Facts } from './facts.js';
import { Section } from './section.js';
import { Policy } from './policy.js';
import styles from './contract.module.css';

/** What was agreed; each term of the specification beside everything that bears on it. */
export function ContractSection({ file }: { readonly file: CaseFile }) {
  const t = useMessages();
  const word = useWord();
  const { contract, goods } = file;
  const { terms, confirmed } = contract;
  return (
    <Section id="contract" title={t('section.contract')} wide>
      <div className={styles.frame}>
        <Facts
          facts={[
            [t('contract.product'), <PartyText text={terms.product} clamp={300} />],
            [t('contract.quantity'), `${terms.quantity.count} ${terms.quantity.unit}`],
            [t('contract.value'), <Amount money={terms.orderValue} />],
            [t('contract.covered'), <Amount money={confirmed?.coveredAmount ?? terms.coveredAmount} />],
            [t('contract.coverage'), word(terms.coverageType)],
          ]}
        />
        <Facts
          facts={[
            [
              t('contract.shipDate'),
              goods.promised.now === goods.promised.first
                ? goods.promised.now
                : t('contract.shipDateMoved', { now: goods.promised.now, first: goods.promised.first }),
            ],
            [t('contract.safeguard'), t(terms.qualitySafeguard ? 'yes' : 'no')],
            [
              t('contract.inspectionPlan'),
              terms.inspectionPlan && `${word(terms.inspectionPlan.stage)}, ${word(terms.inspectionPlan.by)}`,
            ],
            [
              t('contract.payments'),
              <>
                {<Amount money={terms.initialPayment} />} + {<Amount money={terms.balance} />}
              </>,
            ],
            [
              t('contract.policy'),
              <Policy
                id={contract.policy.id}
                version={contract.policy.version}
                parameters={contract.policy.parameters}
              />,
            ],
          ]}
        />
      </div>
      {confirmed !== undefined && confirmed.weaknesses.length > 0 && (
        <Alert
          variant="light"
          color="yellow"
          className={styles.weak}
          icon={<IconAlertTriangle aria-hidden />}
          title={t('contract.weak')}
        >
          <ul>
            {confirmed.weaknesses.map(({ code, message }) => (
              <li key={code}>{message}</li>
            ))}
          </ul>
        </Alert>
      )}
      <h3 className={styles.sub}>{t('contract.specification')}</h3>
      <ul className={styles.terms}>
        {contract.specification.map((term) => (
          <Term key={term.id} term={term} />
        ))}
      </ul>
    </Section>
  );
}

function Term({ term }: { readonly term: SpecifiedTerm }) {
  const t = useMessages();
  const word = useWord();
  const mark = useItemMark(
    ({ contract }) => contract.specification,
    ({ id }) => id,
    term,
  );
  return (
    <li className={styles.term} data-claimed={term.claimed} data-mark={mark}>
      <div>
        <p className={styles.termHead}>
          <strong>{word(term.aspect)}</strong> <code>{term.id}</code>
          {term.claimed && <span className={styles.claimed}>{t('contract.claimed')}</span>}
          {term.waived && <span className={styles.tag}>{t('contract.waived')}</span>}
          {!term.measurable && (
            <span className={styles.tag}>
              <IconQuestionMark size="0.9em" aria-hidden /> {t('contract.unmeasurable')}
            </span>
          )}
          <MarkLabel mark={mark} />
        </p>
        <PartyText text={term.text} clamp={400} />
      </div>
      <div className={styles.bearing}>
        {term.evidence.length === 0 && term.findings.length === 0 && (
          <span className={styles.none}>{t('contract.nothingBears')}</span>
        )}
        {term.evidence.map(({ evidence, kind }) => (
          <a key={evidence} href={`#evidence-${evidence}`}>
            {t('evidence.n', { n: evidence })} · {word(kind)}
          </a>
        ))}
        {term.findings.map(({ inspectionId, conforms, note }) => (
          <span key={inspectionId} className={styles.finding} data-conforms={conforms}>
            {conforms ? <IconCheck size="1em" aria-hidden /> : <IconX size="1em" aria-hidden />}
            {t(conforms ? 'finding.conforms' : 'finding.fails', { inspection: inspectionId })}
            {note !== undefined && <PartyText text={note} clamp={200} />}
          </span>
        ))}
      </div>
    </li>
  );
}
