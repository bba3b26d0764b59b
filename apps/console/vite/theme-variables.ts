import type { Plugin } from 'vite';
import {
  convertCssVariables,
  defaultCssVariablesResolver,
  mergeMantineTheme,
  DEFAULT_THEME,
} from '@mantine/core';
import { theme } from '../design/theme.js';

const NAME = 'virtual:theme-variables.css';

/**
 * The theme's CSS variables as a stylesheet of the build. Mantine would write them into a `<style>` element when the page
 * starts, which the content security policy refuses.
 */
export function themeVariables(): Plugin {
  return {
    name: 'recourse:theme-variables',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load(id) {
      if (id !== `\0${NAME}`) return undefined;
      return convertCssVariables(defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme)));
    },
  };
}
