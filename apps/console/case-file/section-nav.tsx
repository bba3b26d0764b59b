import { useMessages, type MessageKey } from '../messages/language.js';
import styles from './section-nav.module.css';

const SECTIONS = [
  'contract',
  'evidence',
  'money',
  'negotiation',
  'goods',
  'decision',
  'timeline',
  'rules',
] as const;

/** The contents of the file. */
export function SectionNav() {
  const t = useMessages();
  return (
    <nav className={styles.nav} aria-label={t('case.contents')}>
      {SECTIONS.map((id) => (
        <a key={id} href={`#${id}`}>
          {t(`section.${id}` as MessageKey)}
        </a>
      ))}
    </nav>
  );
}
