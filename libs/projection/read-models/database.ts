import type { Kysely } from 'kysely';

export type Dialect = 'sqlite' | 'postgres';

/** A statement made by Kysely, to run with others in one transaction. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  /** The statement must change exactly one row; otherwise nothing of its transaction happens: LOCK_LOST. */
  readonly fence?: boolean;
}

export type Row = Readonly<Record<string, unknown>>;

/**
 * The database that holds read models. Reads go through `kysely`; all that changes read models goes through `write`,
 * on a connection of its own, so that no reader is ever inside a writer's transaction.
 */
export interface ReadModelDatabase {
  readonly dialect: Dialect;
  readonly kysely: Kysely<Tables>;
  /** All of the statements or none, in order. Gives the rows that each returned. */
  write(statements: readonly Statement[]): Promise<readonly (readonly Row[])[]>;
  /** What an error of a read says is not there, if that is what it says. */
  missing(error: unknown): 'table' | 'column' | undefined;
  close(): Promise<void>;
}

/** The tables beside those of documents. A table of documents is a *generation* of its projection. */
export interface Tables {
  checkpoints: CheckpointTable;
  /** Which generation serves queries: one row a projection. */
  active: { projection: string; table_name: string };
  parked: ParkedTable;
  locks: LockTable;
}

export interface CheckpointTable {
  table_name: string;
  projection: string;
  version: number;
  /** 1 for a projection's first table, one more for each that was built after it. */
  generation: number;
  /** Every event up to here is folded into the table, or parked. */
  position: string;
  /** How many events of the projection's types those were. */
  events: number;
  /** When the store wrote the last of them; null before the first. */
  created: string | null;
  /** The columns that the table was made with. */
  columns: string;
}

export interface ParkedTable {
  table_name: string;
  /** `document`, or `stream` when an event could not be decoded or gave no keys. */
  kind: 'document' | 'stream';
  id: string;
  /** The event that could not be folded. */
  stream: string;
  revision: string;
  position: string;
  type: string;
  message: string;
  /** Later events that were passed over. */
  pending: number;
  /** How often a replay failed. */
  attempts: number;
  /** 1 while a replay is asked for. */
  replay: number;
}

export interface LockTable {
  name: string;
  /** One more for each holder: a fencing token. */
  token: number;
  holder: string;
  /** Milliseconds since 1970. */
  expires_at: number;
}
