import type { Instant } from '../../kernel/instant.js';

/** An inspector whose reports the platform accepts, or once accepted (rule 16). Immutable. */
export interface Inspector {
  readonly inspectorId: string;
  readonly name: string;
  readonly fields: readonly string[];
  readonly accredited: boolean;
  readonly accreditedAt: Instant;
}
