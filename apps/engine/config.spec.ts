import { readConfig } from './config.js';

describe('The configuration', () => {
  it('needs nothing: one process on this machine only, on real time, with all roles', () => {
    const config = readConfig({});
    expect(config).toMatchObject({ host: '127.0.0.1', port: 3000, clock: 'system', production: false });
    expect([...config.roles]).toEqual(['api', 'projector', 'scheduler']);
    expect(config.dataDir).toMatch(/^\/.*\/data$/);
    expect([config.eventStoreUrl, config.databaseUrl]).toEqual([undefined, undefined]);
    expect([config.corsOrigins, config.partyRequestsPerMinute, config.logRequests]).toEqual([[], 0, false]);
  });

  it('takes what is set', () => {
    const config = readConfig({
      PORT: '8080',
      HOST: '0.0.0.0',
      RECOURSE_ROLES: 'api, scheduler',
      RECOURSE_CLOCK: 'virtual',
      RECOURSE_CLOCK_START: '2026-03-01T00:00:00.000Z',
      RECOURSE_CORS_ORIGINS: 'https://a.example, https://b.example',
    });
    expect(config).toMatchObject({ port: 8080, host: '0.0.0.0', clockStart: '2026-03-01T00:00:00.000Z' });
    expect([...config.roles]).toEqual(['api', 'scheduler']);
    expect(config.corsOrigins).toEqual(['https://a.example', 'https://b.example']);
  });

  test.each([
    ['a port that is none', { PORT: '80a' }, /PORT/],
    ['a port beyond the last', { PORT: '65536' }, /PORT/],
    ['a role that is none', { RECOURSE_ROLES: 'api,writer' }, /writer/],
    ['a clock that is none', { RECOURSE_CLOCK: 'fast' }, /RECOURSE_CLOCK/],
    ['a start that is no instant', { RECOURSE_CLOCK: 'virtual', RECOURSE_CLOCK_START: 'now' }, /instant/],
    [
      'a start for the real clock',
      { RECOURSE_CLOCK_START: '2026-03-01T00:00:00.000Z' },
      /needs RECOURSE_CLOCK=virtual/,
    ],
    ['virtual time in production', { RECOURSE_CLOCK: 'virtual', NODE_ENV: 'production' }, /production/],
    [
      'virtual time on a shared log',
      { RECOURSE_CLOCK: 'virtual', EVENTSTORE_URL: 'esdb://a:2113' },
      /EVENTSTORE_URL/,
    ],
    [
      'virtual time on shared read models',
      { RECOURSE_CLOCK: 'virtual', DATABASE_URL: 'postgres://a/b' },
      /DATABASE_URL/,
    ],
    [
      'virtual time in production, on this machine too',
      { RECOURSE_CLOCK: 'virtual', NODE_ENV: 'production', EVENTSTORE_URL: 'esdb://127.0.0.1:2113' },
      /production/,
    ],
    ['a store of another kind', { EVENTSTORE_URL: 'http://a:2113' }, /esdb:/],
    ['a database of another kind', { DATABASE_URL: 'mysql://a/b' }, /postgres:/],
    ['a log level that is none', { LOG_LEVEL: 'loud' }, /LOG_LEVEL/],
  ])('refuses %s', (_name, environment, message) => {
    expect(() => readConfig(environment)).toThrow(message);
  });

  test.each([
    { EVENTSTORE_URL: 'esdb+discover://127.0.0.1:2113' },
    { EVENTSTORE_URL: 'esdb://127.0.0.1:2113,127.0.0.1:2114' },
    { EVENTSTORE_URL: 'esdb://127.0.0.1:2113@store.example:2113' },
    { EVENTSTORE_URL: 'esdb://127.0.0.1.example:2113' },
    { DATABASE_URL: 'postgres://localhost/b?host=db.example' },
    { DATABASE_URL: 'postgres://localhost/b?host=/run&host=db.example' },
    { DATABASE_URL: 'postgres:///b' },
  ])('refuses virtual time on a server that may be elsewhere: %o', (servers) => {
    expect(() => readConfig({ RECOURSE_CLOCK: 'virtual', ...servers })).toThrow(/is on this machine/);
  });

  test.each([
    { EVENTSTORE_URL: 'esdb://127.0.0.1:2113?tls=false' },
    { EVENTSTORE_URL: 'esdb://admin:changeit@localhost:2113' },
    { EVENTSTORE_URL: 'esdb://[::1]:2113', DATABASE_URL: 'postgres://localhost:5432/recourse' },
    { DATABASE_URL: 'postgresql://postgres@localhost/recourse?host=%2Frun%2Fpostgresql' },
  ])('lets time be virtual on servers of this machine: %o', (servers) => {
    expect(readConfig({ RECOURSE_CLOCK: 'virtual', ...servers }).clock).toBe('virtual');
  });

  it('names everything that is wrong at once, and no password', () => {
    let faults: readonly string[] = [];
    try {
      readConfig({ PORT: 'x', RECOURSE_ROLES: 'y', DATABASE_URL: 'mysql://user:secret@a/b' });
    } catch (error) {
      ({ faults } = error as { faults: readonly string[] });
    }
    expect(faults).toHaveLength(3);
    expect(faults.join()).not.toContain('secret');
  });
});
