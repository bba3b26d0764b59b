import { createTheme, rem, type MantineColorsTuple } from '@mantine/core';

/** Ink on paper: what is pressed, chosen or linked. */
const ink: MantineColorsTuple = [
  '#eef3fb',
  '#dbe4f2',
  '#b4c6e4',
  '#8aa6d5',
  '#678bc8',
  '#4f7ac1',
  '#3f6cb5',
  '#325a9c',
  '#294b84',
  '#1d3a6b',
];

/** Warm greys of the page in the dark. */
const dark: MantineColorsTuple = [
  '#d3d7de',
  '#b4bac5',
  '#9aa2b0',
  '#727b8b',
  '#4a5261',
  '#363d4a',
  '#2a303b',
  '#1f242d',
  '#181c23',
  '#111419',
];

export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: { light: 7, dark: 6 },
  colors: { ink, dark },
  fontFamily: "'Inter Variable', 'Noto Sans SC', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SFMono-Regular', Menlo, Consolas, 'DejaVu Sans Mono', monospace",
  headings: { fontWeight: '600' },
  defaultRadius: 'md',
  radius: { md: rem(8) },
  cursorType: 'pointer',
  respectReducedMotion: true,
  // A scroll lock would write a <style> element, which the content security policy refuses.
  components: {
    Modal: { defaultProps: { lockScroll: false, centered: true } },
    Drawer: { defaultProps: { lockScroll: false } },
    Tooltip: { defaultProps: { events: { hover: true, focus: true, touch: false } } },
  },
});
