import { lazy, Suspense } from 'react';
import { ActionIcon, Center, Loader } from '@mantine/core';
import {
  IconChartHistogram,
  IconInbox,
  IconKeyboard,
  IconLogout2,
  IconPackage,
  IconScale,
  IconShieldCheck,
  type Icon,
} from '@tabler/icons-react';
import { Navigate, NavLink, Outlet, useLocation } from 'react-router';
import { PartyName } from '../design/party-text.js';
import { NowProvider } from '../design/now.js';
import { useMessages, type MessageKey } from '../messages/language.js';
import { LiveChanges } from '../live/live-changes.js';
import { useSession, useSessionContext } from '../session/session-context.js';
import { isParty, type Session } from '../session/session.js';
import { ShortcutsProvider, useHelp, useShortcuts } from './shortcuts.js';
import { Preferences } from './preferences.js';
import styles from './shell.module.css';

const KeyboardHelp = lazy(async () => ({ default: (await import('./keyboard-help.js')).KeyboardHelp }));

/** What every page stands in. Without a sign-in there is only the sign-in page. */
export function Shell() {
  const { session } = useSessionContext();
  const location = useLocation();
  if (session === undefined) {
    return <Navigate to="/sign-in" replace state={{ returnTo: `${location.pathname}${location.search}` }} />;
  }
  return (
    <NowProvider>
      <LiveChanges>
        <ShortcutsProvider>
          <Frame />
        </ShortcutsProvider>
      </LiveChanges>
    </NowProvider>
  );
}

interface Place {
  readonly to: string;
  readonly label: MessageKey;
  readonly icon: Icon;
  readonly key: string;
  readonly shownTo: (session: Session) => boolean;
}

const PLACES: readonly Place[] = [
  { to: '/my', label: 'nav.my', icon: IconPackage, key: 'g m', shownTo: ({ role }) => isParty(role) },
  {
    to: '/worklist',
    label: 'nav.worklist',
    icon: IconInbox,
    key: 'g w',
    shownTo: ({ role }) => !isParty(role),
  },
  {
    to: '/dashboard',
    label: 'nav.dashboard',
    icon: IconChartHistogram,
    key: 'g d',
    shownTo: ({ role }) => !isParty(role),
  },
  {
    to: '/audit',
    label: 'nav.audit',
    icon: IconShieldCheck,
    key: 'g a',
    shownTo: ({ role }) => !isParty(role),
  },
];

export const homeOf = (session: Session): string =>
  isParty(session.role) ? '/my' : session.role === 'auditor' ? '/audit' : '/worklist';

function Frame() {
  const t = useMessages();
  const session = useSession();
  const help = useHelp();
  const places = PLACES.filter(({ shownTo }) => shownTo(session));
  return (
    <div className={styles.frame}>
      <a className="skip-link" href="#main">
        {t('nav.skip')}
      </a>
      <nav className={styles.rail} aria-label={t('nav.label')}>
        <NavLink to={homeOf(session)} className={styles.brand}>
          <IconScale size="1.5rem" stroke={1.6} aria-hidden />
          <span>Recourse</span>
        </NavLink>
        <ul className={styles.places}>
          {places.map(({ to, label, icon: PlaceIcon }) => (
            <li key={to}>
              <NavLink to={to} className={styles.place}>
                <PlaceIcon size="1.25rem" stroke={1.6} aria-hidden />
                <span>{t(label)}</span>
              </NavLink>
            </li>
          ))}
        </ul>
        <Person session={session} />
      </nav>
      <main id="main" className={styles.main} tabIndex={-1}>
        <Suspense
          fallback={
            <Center p="xl">
              <Loader aria-label={t('loading')} />
            </Center>
          }
        >
          <Outlet />
        </Suspense>
      </main>
      <PlaceShortcuts places={places} />
      {help.opened && (
        <Suspense>
          <KeyboardHelp />
        </Suspense>
      )}
    </div>
  );
}

function Person({ session }: { readonly session: Session }) {
  const t = useMessages();
  const { end } = useSessionContext();
  const { open } = useHelp();
  return (
    <div className={styles.person}>
      <div className={styles.who}>
        <strong>
          <PartyName text={session.name} />
        </strong>
        <span>{t(`role.${session.role}` as MessageKey)}</span>
      </div>
      <div className={styles.tools}>
        <Preferences />
        <ActionIcon
          className={styles.keys}
          variant="subtle"
          color="gray"
          aria-label={t('keys.title')}
          onClick={open}
        >
          <IconKeyboard size="1.1rem" aria-hidden />
        </ActionIcon>
        <ActionIcon variant="subtle" color="gray" aria-label={t('signOut')} onClick={end}>
          <IconLogout2 size="1.1rem" aria-hidden />
        </ActionIcon>
      </div>
    </div>
  );
}

function PlaceShortcuts({ places }: { readonly places: readonly Place[] }) {
  const t = useMessages();
  useShortcuts(
    t('keys.everywhere'),
    places.map(({ key, to, label }) => ({ keys: key, does: t(label), go: to })),
  );
  return null;
}
