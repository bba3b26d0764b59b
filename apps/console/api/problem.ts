/** A problem of RFC 9457, as the engine answers with. */
export interface ApiProblem {
  readonly status: number;
  readonly code?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly errors: readonly {
    readonly code: string;
    readonly pointer?: string;
    readonly rule?: number;
    readonly message: string;
  }[];
}

/** Undefined for what is no problem: the network, a defect. The client throws the body of an answer that is none of success. */
export function problemOf(error: unknown): ApiProblem | undefined {
  if (typeof error !== 'object' || error === null || !('status' in error)) return undefined;
  const { errors } = error as { errors?: unknown };
  return { ...(error as ApiProblem), errors: Array.isArray(errors) ? errors : [] };
}

/** Compare by these, never by messages. */
export const hasCode = (error: unknown, code: string): boolean => {
  const problem = problemOf(error);
  return problem?.code === code || (problem?.errors.some((fault) => fault.code === code) ?? false);
};
