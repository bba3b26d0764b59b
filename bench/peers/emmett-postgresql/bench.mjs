// Emmett's PostgreSQL store, 64 callers at a time. Takes the connection string of an empty database as its argument.
import { CommandHandler } from '@event-driven-io/emmett';
import { getPostgreSQLEventStore } from '@event-driven-io/emmett-postgresql';
import { measure } from '../work.mjs';

const store = getPostgreSQLEventStore(process.argv[2]);
await measure({ CommandHandler, store, orders: 2_000, commands: 10_000, warmUp: 1_000, concurrent: 64 });
await store.close();
