import { join, resolve } from 'node:path';
import { isInstant, type Instant } from '../../libs/kernel/instant.js';
import { isOnThisMachine } from './on-this-machine.js';

export const ENGINE_ROLES = ['api', 'projector', 'scheduler'] as const;
export type EngineRole = (typeof ENGINE_ROLES)[number];

export interface EngineConfig {
  readonly host: string;
  readonly port: number;
  /** Absolute. Of the embedded store and read models, the local issuer's key, and the virtual clock's present. */
  readonly dataDir: string;
  readonly clock: 'system' | 'virtual';
  /** Where a virtual clock begins that has never been moved. */
  readonly clockStart: Instant | undefined;
  readonly roles: ReadonlySet<EngineRole>;
  /** An EventStoreDB cluster; without it, the embedded log. */
  readonly eventStoreUrl: string | undefined;
  /** PostgreSQL for the read models; without it, the embedded ones. */
  readonly databaseUrl: string | undefined;
  readonly production: boolean;
  readonly logLevel: string;
  readonly logRequests: boolean;
  /** Origins that browsers may call from; none by default. */
  readonly corsOrigins: readonly string[];
  /** Absolute. Of evidence files; every engine that serves the API has to have the same. */
  readonly evidenceDir: string;
  /** The scanner that looks at evidence files; none: they are kept unscanned, and only to be saved. */
  readonly clamdUrl: string | undefined;
  /** True: evidence whose file was not handed in here is refused. */
  readonly evidenceFilesRequired: boolean;
  /** In such a time a file that comes has to come on. */
  readonly uploadPatienceSeconds: number;
  /** Requests a minute that one buyer or supplier may make; 0: no limit. */
  readonly partyRequestsPerMinute: number;
  /** As they came: the identity library reads its own. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

/** Everything that is wrong with the environment, at once. */
export class ConfigError extends Error {
  readonly code = 'CONFIG.INVALID';

  constructor(readonly faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'ConfigError';
  }
}

/** Reads the configuration from environment variables. Throws a {@link ConfigError} that names every fault. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): EngineConfig {
  const faults: string[] = [];
  const value = (name: string) => environment[name]?.trim() || undefined;
  const oneOf = <const V extends string>(name: string, values: readonly V[], fallback: V): V => {
    const given = value(name) ?? fallback;
    if (values.includes(given as V)) return given as V;
    faults.push(`${name} must be one of ${values.join(', ')}, not '${given}'`);
    return fallback;
  };
  const whole = (name: string, fallback: number, maximum: number): number => {
    const given = value(name) ?? String(fallback);
    if (/^\d+$/.test(given) && Number(given) <= maximum) return Number(given);
    faults.push(`${name} must be a whole number from 0 to ${maximum}, not '${given}'`);
    return fallback;
  };
  const url = (name: string, ...schemes: readonly string[]): string | undefined => {
    const given = value(name);
    if (given === undefined || schemes.some((scheme) => given.startsWith(`${scheme}://`))) return given;
    // Not quoted: it may hold a password.
    faults.push(`${name} must begin with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`);
    return undefined;
  };

  const roles = (value('RECOURSE_ROLES') ?? ENGINE_ROLES.join(',')).split(',').map((role) => role.trim());
  for (const role of roles) {
    if (!ENGINE_ROLES.includes(role as EngineRole)) {
      faults.push(`RECOURSE_ROLES must list some of ${ENGINE_ROLES.join(', ')}, not '${role}'`);
    }
  }
  const clockStart = value('RECOURSE_CLOCK_START');
  if (clockStart !== undefined && !isInstant(clockStart)) {
    faults.push('RECOURSE_CLOCK_START must be an instant, as in 2026-03-01T00:00:00.000Z');
  }
  const config: EngineConfig = {
    host: value('HOST') ?? '127.0.0.1',
    port: whole('PORT', 3000, 65_535),
    dataDir: resolve(value('DATA_DIR') ?? 'data'),
    clock: oneOf('RECOURSE_CLOCK', ['system', 'virtual'], 'system'),
    clockStart,
    roles: new Set(roles as EngineRole[]),
    eventStoreUrl: url('EVENTSTORE_URL', 'esdb', 'esdb+discover', 'kurrentdb', 'kurrentdb+discover'),
    databaseUrl: url('DATABASE_URL', 'postgres', 'postgresql'),
    production: value('NODE_ENV') === 'production',
    logLevel: oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    logRequests: oneOf('RECOURSE_LOG_REQUESTS', ['true', 'false'], 'false') === 'true',
    corsOrigins: (value('RECOURSE_CORS_ORIGINS') ?? '')
      .split(',')
      .map((origin) => origin.trim())
      .filter(Boolean),
    evidenceDir: resolve(value('EVIDENCE_DIR') ?? join(value('DATA_DIR') ?? 'data', 'evidence')),
    clamdUrl: url('CLAMD_URL', 'tcp', 'unix'),
    evidenceFilesRequired:
      oneOf('RECOURSE_EVIDENCE_FILES', ['optional', 'required'], 'optional') === 'required',
    uploadPatienceSeconds: Math.max(1, whole('RECOURSE_UPLOAD_PATIENCE_SECONDS', 30, 3_600)),
    partyRequestsPerMinute: whole('RECOURSE_PARTY_REQUESTS_PER_MINUTE', 0, 1_000_000),
    environment,
  };
  faults.push(...contradictions(config));
  if (faults.length > 0) throw new ConfigError(faults);
  return config;
}

/**
 * Time that anyone may move is for a machine on which nothing is at stake: never in production, and with a server only
 * where nobody else's engines reach it.
 */
function contradictions(config: EngineConfig): string[] {
  const faults: string[] = [];
  if (config.clock === 'virtual') {
    if (config.production) faults.push('RECOURSE_CLOCK=virtual is refused with NODE_ENV=production');
    for (const [name, url] of [
      ['EVENTSTORE_URL', config.eventStoreUrl],
      ['DATABASE_URL', config.databaseUrl],
    ]) {
      if (url !== undefined && !isOnThisMachine(url))
        faults.push(`RECOURSE_CLOCK=virtual is refused unless ${name} is on this machine`);
    }
  } else if (config.clockStart !== undefined) {
    faults.push('RECOURSE_CLOCK_START needs RECOURSE_CLOCK=virtual');
  }
  return faults;
}
