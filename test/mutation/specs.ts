import { createRequire } from 'node:module';
import { mock } from 'node:test';
import { relative } from 'node:path';
import { expect } from 'expect';
import { bind } from 'jest-each';

/** One test of a spec file; `run` rejects when it fails. */
export interface Spec {
  /** File and name, and a number where two have the same: what the reports call it. */
  readonly id: string;
  readonly file: string;
  run(): Promise<void>;
}

type Body = () => unknown;

interface Block {
  readonly name: string;
  readonly before: readonly Body[];
  readonly after: readonly Body[];
}

/**
 * Loads spec files with Jest's words as globals (its own `expect` and `each`), and lists their tests instead of running
 * them. Everything below `folder` is loaded anew each time, packages only once. Of Jest's other words there are those
 * that the domain's specs use; any other is a ReferenceError.
 */
export function loadSpecs(folder: string, files: readonly string[]): readonly Spec[] {
  const require = createRequire(`${folder}/`);
  forget(require, folder);
  return files.flatMap((file) => {
    const specs: Spec[] = [];
    defineGlobals(specs, relative(folder, file), createRequire(file), folder);
    require(file);
    return specs;
  });
}

function forget(require: NodeJS.Require, folder: string): void {
  for (const path of Object.keys(require.cache)) {
    if (path.startsWith(folder) && !path.includes('/node_modules/')) delete require.cache[path];
  }
}

function defineGlobals(specs: Spec[], file: string, require: NodeJS.Require, folder: string): void {
  let block: Block = { name: '', before: [], after: [] };
  const describe = (name: string, body: Body) => {
    const outer = block;
    block = { ...outer, name: `${outer.name}${name} ` };
    body();
    block = outer;
  };
  const test = (name: string, body: Body) => {
    const own = block;
    const known = specs.filter(({ id }) => id.startsWith(`${file} ${own.name}${name}`)).length;
    specs.push({
      id: `${file} ${own.name}${name}${known === 0 ? '' : ` #${known + 1}`}`,
      file,
      async run() {
        Object.assign(globalThis, { jest });
        for (const hook of own.before) await hook();
        try {
          await body();
        } finally {
          for (const hook of own.after) await hook();
        }
      },
    });
  };
  const jest = {
    useFakeTimers: ({ now }: { now: number }) => {
      mock.timers.reset();
      mock.timers.enable({ apis: ['Date'], now });
    },
    useRealTimers: () => mock.timers.reset(),
    isolateModules: (body: Body) => {
      const loaded = { ...require.cache };
      forget(require, folder);
      body();
      Object.assign(require.cache, loaded);
    },
    requireActual: require,
  };
  Object.assign(globalThis, {
    describe: Object.assign(describe, { each: bind(describe as never, false) }),
    test: Object.assign(test, { each: bind(test as never) }),
    it: Object.assign(test, { each: bind(test as never) }),
    beforeEach: (hook: Body) => (block = { ...block, before: [...block.before, hook] }),
    afterEach: (hook: Body) => (block = { ...block, after: [hook, ...block.after] }),
    expect,
    jest,
  });
}
