import { UnstyledButton } from '@mantine/core';
import type { CaseFile } from '../../../projections/case-file/case-file.js';
import type { CaseRuling } from '../../../projections/case-file/sections/decision.js';
import { Delta } from '../as-of/changes.js';
import { useShowRevision } from '../as-of/use-revisions.js';
import { Amount } from '../design/amount.js';
import { Moment } from '../design/moment.js';
import { PartyName, PartyText } from '../design/party-text.js';
import { useFormat } from '../messages/format.js';
import { useMessages, useWord, type MessageKey } from '../messages/language.js';
import { Facts } from './facts.js';
import { Section } from './section.js';
import styles from './decision.module.css';

/** From escalation to the end: who judged, what was ruled on which file, what became of it. */
export function DecisionSection({ file }: { readonly file: CaseFile }) {
  const t = useMessages();
  const word = useWord();
  const { decision } = file;
  const { escalation, bench, determination, appeal, withdrawn, closed } = decision;
  return (
    <Section id="decision" title={t('section.decision')}>
      {escalation === undefined && closed === undefined && (
        <p className={styles.none}>{t('decision.none')}</p>
      )}
      <Facts
        facts={[
          [
            t('decision.escalated'),
            escalation && (
              <>
                {t(`escalation.${escalation.reason}` as MessageKey)} · <Moment at={escalation.at} />
              </>
            ),
          ],
          ...bench.map(
            ({ revision, at, arbitrator, appeal: onAppeal, recused }) =>
              [
                t(
                  recused === undefined
                    ? onAppeal
                      ? 'decision.appealBench'
                      : 'decision.assigned'
                    : 'decision.recused',
                ),
                <span key={revision}>
                  <PartyName text={arbitrator} /> · <Moment at={at} />
                  {recused !== undefined && <PartyText text={recused} clamp={200} />}
                </span>,
              ] as const,
          ),
          [
            t('decision.withdrawn'),
            withdrawn && (
              <>
                <Moment at={withdrawn.at} />{' '}
                {withdrawn.reason !== undefined && <PartyText text={withdrawn.reason} clamp={300} />}
              </>
            ),
          ],
          [
            t('decision.closed'),
            closed && (
              <Delta of={(one) => one.decision.closed?.outcome}>
                {(outcome) => (
                  <>
                    <strong>{word(outcome ?? '')}</strong>
                    {outcome !== undefined && (
                      <>
                        {' '}
                        · <Amount money={closed.award} /> · <Moment at={closed.at} />
                      </>
                    )}
                  </>
                )}
              </Delta>
            ),
          ],
        ]}
      />
      {determination !== undefined && (
        <Ruling ruling={determination} title={t('decision.determination')} finalAt={determination.finalAt} />
      )}
      {appeal !== undefined && (
        <div className={styles.ruling}>
          <p>
            <strong>{t('decision.appeal', { party: word(appeal.by) })}</strong> · <Moment at={appeal.at} />
          </p>
          <PartyText text={appeal.statement} clamp={400} />
        </div>
      )}
      {appeal?.decision !== undefined && (
        <Ruling
          ruling={appeal.decision}
          title={`${t('decision.appealDecided')}: ${word(appeal.decision.outcome)}`}
        />
      )}
    </Section>
  );
}

function Ruling({
  ruling,
  title,
  finalAt,
}: {
  readonly ruling: CaseRuling;
  readonly title: string;
  readonly finalAt?: string;
}) {
  const t = useMessages();
  const word = useWord();
  const format = useFormat();
  const show = useShowRevision();
  return (
    <div className={styles.ruling}>
      <p className={styles.award}>
        <strong>{title}</strong>
        <Amount money={ruling.award} strong />
      </p>
      <p className={styles.arithmetic}>
        {t('ruling.arithmetic', {
          percent: format.percent(ruling.liability),
          claimed: format.money(ruling.claimed),
          cap: format.money(ruling.cap.cap),
          award: format.money(ruling.award),
        })}
      </p>
      <Facts
        facts={[
          [
            t('ruling.by'),
            <>
              <PartyName text={ruling.by} /> · <Moment at={ruling.at} />
            </>,
          ],
          [t('ruling.remedies'), ruling.remedies.map((remedy) => word(remedy)).join(', ')],
          [t('ruling.reasons'), ruling.reasonCodes.map((code) => word(code)).join(', ')],
          [
            t('ruling.terms'),
            ruling.terms.length === 0 ? undefined : ruling.terms.map((term) => word(term)).join(', '),
          ],
          [
            t('ruling.evidence'),
            ruling.evidence.length === 0
              ? undefined
              : ruling.evidence.map((number) => (
                  <a key={number} href={`#evidence-${number}`} className={styles.exhibit}>
                    {t('evidence.n', { n: number })}
                  </a>
                )),
          ],
          [
            t('ruling.seen'),
            <>
              <UnstyledButton className={styles.seen} onClick={() => show(Number(ruling.fileRevision))}>
                {t('asOf.revision', { revision: ruling.fileRevision })}
              </UnstyledButton>
              {ruling.unseen > 0 && (
                <span className={styles.unseen}> {t('ruling.unseen', { count: ruling.unseen })}</span>
              )}
            </>,
          ],
          [t('ruling.finalAt'), finalAt && <Moment at={finalAt} />],
        ]}
      />
      <PartyText text={ruling.statement} clamp={800} />
    </div>
  );
}
