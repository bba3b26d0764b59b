import { Alert, Avatar, Button, Loader, Title, UnstyledButton } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { IconFlask, IconScale } from '@tabler/icons-react';
import { Navigate, useLocation, useNavigate } from 'react-router';
import { readSignIn, signInAsDemoPerson } from '../api/generated/sdk.gen.js';
import type { DemoPersonView, OidcClientView } from '../api/generated/types.gen.js';
import { ProblemNotice } from '../design/problem-notice.js';
import { usePageTitle } from '../design/page-title.js';
import { useMessages, type MessageKey } from '../messages/language.js';
import { sessionOf } from './session.js';
import { useSessionContext } from './session-context.js';
import { Preferences } from '../shell/preferences.js';
import styles from './sign-in.module.css';

export function SignInPage() {
  const t = useMessages();
  const { session } = useSessionContext();
  const returnTo = useReturnTo();
  usePageTitle(t('signIn.title'));
  const signIn = useQuery({
    queryKey: ['sign-in'],
    queryFn: async () => (await readSignIn({ throwOnError: true })).data,
    staleTime: Infinity,
  });
  const client = signIn.data?.client;
  // Most of what it takes is of no use to whoever is signed in already.
  const leave = useMutation({
    mutationFn: async (to: { readonly client: OidcClientView; readonly returnTo: string }) =>
      (await import('./oidc.js')).askProvider(to.client, to.returnTo),
  });
  if (session !== undefined) return <Navigate to={returnTo} replace />;
  return (
    <main className={styles.page}>
      <section className={styles.card}>
        <header className={styles.head}>
          <IconScale size={32} stroke={1.5} aria-hidden />
          <div>
            <Title order={1} size="h2">
              Recourse
            </Title>
            <p className={styles.tagline}>{t('signIn.tagline')}</p>
          </div>
        </header>
        {signIn.isPending && <Loader aria-label={t('loading')} />}
        {signIn.isError && <ProblemNotice error={signIn.error} retry={() => void signIn.refetch()} />}
        {signIn.data?.kind === 'demo' && <DemoPersons persons={signIn.data.persons ?? []} />}
        {client !== undefined && (
          <Button
            size="md"
            fullWidth
            loading={leave.isPending}
            onClick={() => leave.mutate({ client, returnTo })}
          >
            {t('signIn.provider')}
          </Button>
        )}
        {leave.isError && <ProblemNotice error={leave.error} />}
        {signIn.data?.kind === 'oidc' && client === undefined && (
          <Alert color="yellow" variant="light">
            {t('signIn.noClient')}
          </Alert>
        )}
        <footer className={styles.foot}>
          <Preferences />
        </footer>
      </section>
    </main>
  );
}

function DemoPersons({ persons }: { readonly persons: readonly DemoPersonView[] }) {
  const t = useMessages();
  const navigate = useNavigate();
  const returnTo = useReturnTo();
  const { begin } = useSessionContext();
  const signIn = useMutation({
    mutationFn: async (person: string) =>
      (await signInAsDemoPerson({ body: { person }, throwOnError: true })).data.token,
    onSuccess: (token) => {
      const session = sessionOf(token);
      if (session === undefined) return;
      begin(session);
      void navigate(returnTo, { replace: true });
    },
  });
  return (
    <>
      <Alert variant="light" color="yellow" icon={<IconFlask aria-hidden />} title={t('signIn.demo')}>
        {t('signIn.demoNote')}
      </Alert>
      {signIn.isError && <ProblemNotice error={signIn.error} />}
      <ul className={styles.persons}>
        {persons.map(({ person, role, name }) => (
          <li key={person}>
            <UnstyledButton
              className={styles.person}
              disabled={signIn.isPending}
              onClick={() => signIn.mutate(person)}
              data-person={person}
            >
              <Avatar name={name} color="initials" radius="xl" aria-hidden />
              <span>
                <strong>{name}</strong>
                <span className={styles.role}>
                  {t(`role.${role}` as MessageKey)} · {t(`role.${role}.does` as MessageKey)}
                </span>
              </span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
    </>
  );
}

function useReturnTo(): string {
  const { state } = useLocation() as { state: { returnTo?: string } | null };
  return state?.returnTo ?? '/';
}
