import { useEffect, useRef } from 'react';
import { Center, Loader } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { readSignIn } from '../api/generated/sdk.gen.js';
import { ProblemNotice } from '../design/problem-notice.js';
import { useMessages } from '../messages/language.js';
import { takeToken } from './oidc.js';
import { sessionOf } from './session.js';
import { useSessionContext } from './session-context.js';

/** Where the identity provider sends the browser back to. */
export function SignedInPage() {
  const t = useMessages();
  const navigate = useNavigate();
  const { begin } = useSessionContext();
  const asked = useRef(false);
  const { mutate, error } = useMutation({
    mutationFn: async () => {
      const { data } = await readSignIn({ throwOnError: true });
      if (data.client === undefined) throw new Error(t('signIn.noClient'));
      return takeToken(data.client);
    },
    onSuccess: ({ token, returnTo }) => {
      const session = sessionOf(token);
      if (session === undefined) return navigate('/sign-in', { replace: true });
      begin(session);
      return navigate(returnTo, { replace: true });
    },
  });
  useEffect(() => {
    // The code can be redeemed once; React may run an effect twice.
    if (asked.current) return;
    asked.current = true;
    mutate();
  }, [mutate]);
  return (
    <Center component="main" p="xl">
      {error === null ? <Loader aria-label={t('loading')} /> : <ProblemNotice error={error} />}
    </Center>
  );
}
