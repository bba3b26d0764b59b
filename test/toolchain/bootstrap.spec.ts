import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const repository = resolve(__dirname, '../..');
const COPIED = ['tools', 'apps/cli/bin', 'package.json', 'package-lock.json', '.npmrc', '.swcrc'];

/** An engine that says on what it runs, and ends as it is told. */
const ENGINE = `
import { place } from '../../libs/place.js';
process.on('SIGTERM', () => process.exit(7));
const args: readonly string[] = process.argv.slice(2);
console.log(JSON.stringify({ version: process.version, cwd: process.cwd(), place, args }));
if (args.includes('--fail')) process.exit(3);
if (args.includes('--stay')) setInterval(() => undefined, 1_000);
`;

describe('The bootstrap', () => {
  let tree: string;

  beforeEach(() => {
    tree = realpathSync(mkdtempSync(join(tmpdir(), 'recourse-bootstrap-')));
    for (const name of COPIED) cpSync(join(repository, name), join(tree, name), { recursive: true });
    symlinkSync(join(repository, 'node_modules'), join(tree, 'node_modules'));
    write('libs/place.ts', "export const place: string = 'here';\n");
    write('libs/place.spec.ts', "import './place.js';\n");
    write('libs/table.json', '{"rows":[]}\n');
    write('apps/engine/main.ts', ENGINE);
    write('apps/cli/main.ts', ENGINE);
  });
  afterEach(() => rmSync(tree, { recursive: true }));

  it('builds in the layout of the sources, without the specs', () => {
    expect(run('build')).toMatchObject({
      status: 0,
      stdout: '',
      stderr: expect.stringContaining('built 4 of 4') as string,
    });
    const built = [
      'libs/place.js',
      'libs/place.js.map',
      'libs/table.json',
      'apps/engine/main.js',
      'apps/cli/main.js',
    ];
    expect(built.filter((path) => !existsSync(join(tree, 'dist', path)))).toEqual([]);
    expect(existsSync(join(tree, 'dist/libs/place.spec.js'))).toBe(false);
  });

  it('builds only what has changed, and removes what is gone', () => {
    run('build');
    expect(run('build').stderr).toBe('');
    write('libs/place.ts', "export const place: string = 'there';\n");
    rmSync(join(tree, 'libs/table.json'));
    expect(run('build').stderr).toContain('built 1 of 3');
    expect(existsSync(join(tree, 'dist/libs/table.json'))).toBe(false);
  });

  it('names the file that does not compile, and starts nothing', () => {
    write('libs/broken.ts', 'export const = 1;\n');
    const { status, stdout, stderr } = run('start');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('libs/broken.ts');
  });

  it('starts the engine on the pinned Node at the top of the repository, with the arguments that follow', () => {
    const { stdout } = run('start', '--', '--port', '1');
    expect(JSON.parse(stdout)).toEqual({
      version: expect.stringMatching(/^v24\./) as string,
      cwd: tree,
      place: 'here',
      args: ['--port', '1'],
    });
  });

  it('ends with the code that the engine ends with', () => {
    expect(run('start', '--fail').status).toBe(3);
  });

  it('passes on the signal that stops the engine', async () => {
    const child = spawn(process.execPath, ['tools/bootstrap.mjs', 'start', '--stay'], { cwd: tree });
    await once(child.stdout, 'data');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([7, null]);
  });

  it('leaves stdout to the command line, in the folder of its caller', () => {
    const cwd = join(tree, 'libs');
    const bin = join(tree, 'apps/cli/bin/recourse.mjs');
    const { stdout } = spawnSync(process.execPath, [bin, 'token', '--role', 'buyer'], {
      cwd,
      encoding: 'utf8',
    });
    expect(JSON.parse(stdout)).toMatchObject({ cwd, args: ['token', '--role', 'buyer'] });
  });

  it('names the tasks that there are', () => {
    const { status, stderr } = run('dance');
    expect(status).toBe(1);
    expect(stderr).toMatch(/unknown task 'dance'.*start, build, test/);
  });

  function run(...args: string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/bootstrap.mjs', ...args], {
      cwd: tree,
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  }

  function write(path: string, content: string) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), content);
  }
});
