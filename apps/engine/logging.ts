import { Logger, PinoLogger } from 'nestjs-pino';
import { pino, type Logger as Pino } from 'pino';
import type { EngineConfig } from './config.js';

export interface Logging {
  /** For the engine's own words. */
  readonly pino: Pino;
  /** For Nest's. */
  readonly nest: Logger;
}

/** JSON lines on stderr: stdout belongs to whoever started the engine. Bodies, tokens and queries are never logged. */
export function engineLogging({ logLevel }: EngineConfig): Logging {
  const logger = pino({ level: logLevel, base: undefined }, pino.destination({ dest: 2, sync: false }));
  return { pino: logger, nest: new Logger(new PinoLogger({ pinoHttp: { logger } }), {}) };
}
