import type { Verb } from './verb.js';

/** An action that the caller may take now. */
export interface Link {
  /** The verb, as in the address. */
  readonly rel: string;
  readonly method: 'POST';
  readonly href: string;
  readonly title: string;
}

export const linkTo = ({ verb, title }: Pick<Verb, 'verb' | 'title'>, href: string): Link => ({
  rel: verb,
  method: 'POST',
  href,
  title,
});
