import type { LocalIssuer } from '../../../libs/identity/local-issuer.js';
import { isLoopback } from '../on-this-machine.js';
import type { Composition } from '../composition.js';

/**
 * The issuer of the embedded default, for whoever sits at this machine; undefined where tokens come from a provider,
 * where others reach the engine, and always in production.
 */
export function localIssuerOf({
  config,
  verifier,
}: Pick<Composition, 'config' | 'verifier'>): LocalIssuer | undefined {
  if (config.production || !isLoopback(config.host)) return undefined;
  return 'issue' in verifier ? (verifier as LocalIssuer) : undefined;
}
