import { useMemo, useState } from 'react';
import { Button, Drawer } from '@mantine/core';
import type { CaseFileDocument, Link } from '../../api/documents.js';
import { AssignDialog } from '../../worklist/assign-dialog.js';
import { useMessages, useWord, type MessageKey } from '../../messages/language.js';
import { useShortcuts } from '../../shell/shortcuts.js';
import { Section } from '../section.js';
import { CommandForm } from './command-form.js';
import { COMMAND_FORMS } from './command-forms.js';
import { contextOfCase, type FormContext } from './form-context.js';
import { RulingForm } from './ruling-form.js';
import styles from './actions.module.css';

/** What leads on comes first. */
const WEIGHT = [
  'issue-determination',
  'decide-appeal',
  'respond',
  'assign-arbitrator',
  'confirm-contract',
  'accept-settlement',
  'open-dispute',
  'propose-settlement',
  'escalate',
  'request-evidence',
  'submit-evidence',
];

/** What may be done now: exactly the engine's links, each with a form that knows the rules. */
export function ActionPanel({ file }: { readonly file: CaseFileDocument }) {
  const word = useWord();
  const context = useMemo(() => contextOfCase(file, word), [file, word]);
  const links = (file.links ?? []).filter(
    ({ href }) => !/\/disputes\/(\d+)\//.test(href) || href.includes(`/disputes/${file.dispute}/`),
  );
  return <Actions links={links} context={context} file={file} />;
}

export interface ActionsProps {
  readonly links: readonly Link[];
  readonly context: FormContext;
  readonly file?: CaseFileDocument;
}

export function Actions({ links, context, file }: ActionsProps) {
  const t = useMessages();
  const [rel, open] = useState<string>();
  const known = links
    .filter((link) => link.rel in COMMAND_FORMS || OWN_FORM.has(link.rel))
    .toSorted((one, other) => weight(one) - weight(other));
  const main = known[0];
  useShortcuts(
    t('section.actions'),
    main === undefined ? [] : [{ keys: 'x', does: titleOf(t, main), act: () => open(main.rel) }],
  );
  const close = () => open(undefined);
  const link = known.find((one) => one.rel === rel);
  return (
    <Section id="actions" title={t('section.actions')}>
      {known.length === 0 && <p className={styles.none}>{t('actions.none')}</p>}
      <div className={styles.actions}>
        {known.map((one, index) => (
          <Button
            key={one.href}
            variant={index === 0 ? 'filled' : 'default'}
            size={index === 0 ? 'md' : 'sm'}
            data-rel={one.rel}
            onClick={() => open(one.rel)}
          >
            {titleOf(t, one)}
          </Button>
        ))}
      </div>
      {link !== undefined && rel === 'assign-arbitrator' && context.dispute !== undefined && (
        <AssignDialog item={{ orderId: context.orderId, dispute: context.dispute }} onClose={close} />
      )}
      <Drawer
        opened={link !== undefined && rel !== 'assign-arbitrator'}
        onClose={close}
        position="right"
        size="33rem"
        title={link && titleOf(t, link)}
        // The file stays readable beside the form.
        withOverlay={false}
        trapFocus={false}
        closeOnClickOutside={false}
        shadow="xl"
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        {link !== undefined && RULINGS.has(link.rel) && file !== undefined && (
          <RulingForm rel={link.rel} file={file} onDone={close} />
        )}
        {link !== undefined && link.rel in COMMAND_FORMS && (
          <CommandForm
            key={link.rel}
            rel={link.rel}
            fields={COMMAND_FORMS[link.rel] ?? []}
            context={context}
            onDone={close}
          />
        )}
      </Drawer>
    </Section>
  );
}

const RULINGS: ReadonlySet<string> = new Set(['issue-determination', 'decide-appeal']);
const OWN_FORM: ReadonlySet<string> = new Set([...RULINGS, 'assign-arbitrator']);

const weight = ({ rel }: Link): number => (WEIGHT.includes(rel) ? WEIGHT.indexOf(rel) : WEIGHT.length);

const titleOf = (t: ReturnType<typeof useMessages>, { rel }: Link): string =>
  t(`action.${rel}` as MessageKey);
