#!/usr/bin/env node
// Runs a task of this repository: node tools/bootstrap.mjs <task> [args…]
//
// npm runs no pre- and post-scripts here (.npmrc: ignore-scripts), and the machine may have an older Node than the
// one this project is pinned to. So every npm script comes through this file, which needs nothing but Node 20 and
// npm: it installs what is missing, finds the pinned Node, builds what is stale, and goes on with that Node.
import { ensureInstalled } from './bootstrap/ensure-installed.mjs';
import { Failure } from './bootstrap/failure.mjs';
import { pinnedNode } from './bootstrap/pinned-node.mjs';
import { runAll } from './bootstrap/run.mjs';
import { tasks } from './bootstrap/tasks.mjs';
import { build } from './build/build.mjs';

const [name = '', ...rest] = process.argv.slice(2);
const args = rest[0] === '--' ? rest.slice(1) : rest;

try {
  const task = Object.hasOwn(tasks, name) ? tasks[name] : undefined;
  if (!task) throw new Failure(`unknown task '${name}'. There are: ${Object.keys(tasks).join(', ')}`);
  ensureInstalled();
  const node = pinnedNode();
  if (task.build) await build(node);
  await runAll(node, task, args);
} catch (error) {
  if (!(error instanceof Failure)) throw error;
  console.error(`recourse: ${error.message}`);
  process.exitCode = 1;
}
