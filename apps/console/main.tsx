import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from 'react-router/dom';
import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.css';
import 'virtual:theme-variables.css';
import './design/global.css';
import { problemOf } from './api/problem.js';
import { theme } from './design/theme.js';
import { LanguageProvider, messagesOf, preferredLanguage } from './messages/language.js';
import { router } from './routes.js';
import { SessionProvider } from './session/session-context.js';

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      // What the engine has refused it refuses again.
      retry: (failures, error) => problemOf(error) === undefined && failures < 3,
    },
  },
});

async function start(): Promise<void> {
  const language = preferredLanguage();
  const messages = await messagesOf(language);
  const root = document.querySelector('#root');
  if (root === null) throw new Error('the page has no #root');
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        withCssVariables={false}
        withGlobalClasses={false}
      >
        <LanguageProvider initial={{ language, messages }}>
          <QueryClientProvider client={queries}>
            <SessionProvider>
              <RouterProvider router={router} />
            </SessionProvider>
          </QueryClientProvider>
        </LanguageProvider>
      </MantineProvider>
    </StrictMode>,
  );
}

void start();
// Parties write Chinese into an English page too. A hundred slices, of which a browser loads those that it shows.
void import('./design/chinese-letters.js');
