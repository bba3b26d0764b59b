export type EvidenceFault =
  /** More bytes came than the file may have. */
  | 'FILE_TOO_LARGE'
  /** The bytes come more slowly than anyone honest sends them. */
  | 'TOO_SLOW'
  /** Whoever sent the bytes went away before the last. */
  | 'BROKEN_OFF'
  /** There is no room for the file. */
  | 'NO_SPACE'
  /** What is stored is not what was handed in. */
  | 'CORRUPT';

/** Why a file could not be received or read. */
export class EvidenceError extends Error {
  constructor(
    readonly code: EvidenceFault,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'EvidenceError';
  }
}

const CODES: ReadonlySet<string> = new Set<EvidenceFault>([
  'FILE_TOO_LARGE',
  'TOO_SLOW',
  'BROKEN_OFF',
  'NO_SPACE',
  'CORRUPT',
]);

/** The fault that an error stands for; undefined for any other error. */
export function evidenceFaultOf(error: unknown): EvidenceFault | undefined {
  const code = (error as { code?: unknown } | undefined)?.code;
  return typeof code === 'string' && CODES.has(code) ? (code as EvidenceFault) : undefined;
}
