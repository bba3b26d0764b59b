import type { Server } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** Answers that are not out by then are given up: their clients send the command again, with its key. */
const GRACE_MS = 10_000;
const LOOK_MS = 50;

/**
 * Stops serving: takes no more connections, lets requests in flight be answered, and lets go of their connections once
 * they are. Clients keep connections open for more; waiting for them to change their mind would take a minute.
 */
export async function closeGracefully(app: NestFastifyApplication): Promise<void> {
  const server: Server = app.getHttpServer();
  const sweep = setInterval(() => server.closeIdleConnections(), LOOK_MS);
  const giveUp = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  try {
    await app.close();
  } finally {
    clearInterval(sweep);
    clearTimeout(giveUp);
  }
}
