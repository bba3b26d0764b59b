/** One thing that is wrong with a request or a command, as it appears in `errors[]` of a problem (RFC 9457). */
export interface Fault {
  /** Stable: `AREA.WHAT`, e.g. `ORDER.NOT_CONFIRMED`. */
  readonly code: string;
  readonly message: string;
  /** JSON Pointer (RFC 6901) into the command's body, where there is one place to point at. */
  readonly pointer?: string;
  /** Number of the rule in the rule book. */
  readonly rule?: number;
  /** What the rule looked at: facts and parameters, for the trace. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

/**
 * Why a command was refused. `wrong_state` → 409, `rules` → 422, `wrong_party` → 403, `not_found` → 404,
 * `malformed` → 400, `precondition` → 412.
 */
export type RefusalKind =
  'wrong_state' | 'rules' | 'wrong_party' | 'not_found' | 'malformed' | 'precondition';

export interface Refusal {
  readonly kind: RefusalKind;
  /** Every rule that was broken, never only the first. */
  readonly faults: readonly Fault[];
}
