export type ProjectionErrorCode =
  /** A projection's name, version or columns cannot be made into tables. */
  | 'INVALID_PROJECTION'
  /** The columns differ from those that the stored documents were indexed by: raise the projection's version. */
  | 'COLUMNS_CHANGED'
  /** The query names a column that the projection lacks, or compares it with a value of another type. */
  | 'INVALID_QUERY'
  /** The cursor was not given out for this query, or was tampered with. */
  | 'INVALID_CURSOR'
  /** The column belongs to a version that is still being built, while an older one serves. */
  | 'COLUMN_NOT_BUILT'
  /** The projections did not reach the position in time. */
  | 'WAIT_TIMED_OUT'
  /** Another holder has the lock; what was to be written was not. */
  | 'LOCK_LOST'
  /** No projection of that name has documents here. */
  | 'UNKNOWN_PROJECTION'
  /** Nothing of that id is parked. */
  | 'NOT_PARKED';

/** Compare by `code`, never by message or class. */
export class ProjectionError extends Error {
  constructor(
    readonly code: ProjectionErrorCode,
    message: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = 'ProjectionError';
  }
}

/** The code of a projection error, undefined for any other value. */
export function projectionErrorCode(error: unknown): ProjectionErrorCode | undefined {
  return error instanceof Error && error.name === 'ProjectionError'
    ? (error as ProjectionError).code
    : undefined;
}
