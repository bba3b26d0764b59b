import { Logger, PinoLogger } from 'nestjs-pino';
import { pino, type Logger as Pino } from 'pino';
import type { EngineConfig } from './config.js';

export interface Logging {
  /** For the engine's own words. */
  readonly pino: Pino;
  /** For Nest's. */
  readonly nest: Logger;
}

/** Nest tells of each route and module as it starts: that is for whoever debugs it. */
class NestLogger extends Logger {
  override log(message: unknown, ...more: unknown[]): void {
    this.debug(message, ...more);
  }
}

/** JSON lines on stderr: stdout belongs to whoever started the engine. Bodies, tokens and queries are never logged. */
export function engineLogging({ logLevel }: EngineConfig): Logging {
  const logger = pino({ level: logLevel, base: undefined }, pino.destination({ dest: 2, sync: false }));
  return { pino: logger, nest: new NestLogger(new PinoLogger({ pinoHttp: { logger } }), {}) };
}
