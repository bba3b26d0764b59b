/** How far this page has seen the log come, by its own commands and by live changes. */
let seen: string | undefined;

/** Positions sort as text. */
export function sawPosition(position: string): void {
  if (seen === undefined || position > seen) seen = position;
}

/** Asks a read for at least what was seen: nobody reads a page that is older than what he just did. */
export const atLeastSeen = (): { readonly minPosition?: string } =>
  seen === undefined ? {} : { minPosition: seen };
