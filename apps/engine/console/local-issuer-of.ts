import type { LocalIssuer } from '../../../libs/identity/local-issuer.js';
import type { Composition } from '../composition.js';

/** The issuer of the embedded default; undefined where tokens come from a provider, and always in production. */
export function localIssuerOf({
  config,
  verifier,
}: Pick<Composition, 'config' | 'verifier'>): LocalIssuer | undefined {
  return !config.production && 'issue' in verifier ? (verifier as LocalIssuer) : undefined;
}
