import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import type { RunnerObserver } from '../../../libs/application/runner-services.js';

/** What an engine measures about itself, in Prometheus' words. One registry an engine: tests run several in a process. */
export interface EngineMetrics {
  readonly registry: Registry;
  readonly observer: RunnerObserver;
  readonly projectionLag: Gauge<'projection'>;
  readonly projectionParked: Gauge<'projection'>;
  readonly deadlinesPending: Gauge;
  readonly deadlinesFired: Gauge;
  readonly deadlinesFailed: Gauge;
  readonly deadlineLateness: Gauge<'quantile'>;
}

const SECONDS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5];

export function engineMetrics(): EngineMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'recourse_' });
  const commands = new Histogram({
    name: 'recourse_command_seconds',
    help: 'From taking a command until its outcome, by the kind of stream.',
    labelNames: ['kind'],
    buckets: SECONDS,
    registers,
  });
  const outcomes = new Counter({
    name: 'recourse_command_outcomes_total',
    help: 'What became of commands.',
    labelNames: ['kind', 'outcome'],
    registers,
  });
  const appends = new Histogram({
    name: 'recourse_append_seconds',
    help: 'From giving events to the event store until they were durable.',
    buckets: SECONDS,
    registers,
  });
  const gauge = <L extends string = never>(name: string, help: string, labelNames: readonly L[] = []) =>
    new Gauge<L>({ name, help, labelNames: [...labelNames], registers });
  return {
    registry,
    observer: {
      command(kind, outcome, seconds) {
        commands.labels(kind).observe(seconds);
        outcomes.labels(kind, outcome).inc();
      },
      append: (seconds) => appends.observe(seconds),
    },
    projectionLag: gauge(
      'recourse_projection_lag_seconds',
      'How old the oldest event is that a projection lacks.',
      ['projection'],
    ),
    projectionParked: gauge(
      'recourse_projection_parked',
      'Documents that failed to fold, and wait for help.',
      ['projection'],
    ),
    deadlinesPending: gauge('recourse_deadlines_pending', 'Open deadlines of all orders.'),
    deadlinesFired: gauge(
      'recourse_deadlines_fired',
      'Deadlines that this engine let expire, since its start.',
    ),
    deadlinesFailed: gauge(
      'recourse_deadlines_failed',
      'Expiries that failed and are tried again, since its start.',
    ),
    deadlineLateness: gauge('recourse_deadline_lateness_seconds', 'From due to durable, since the start.', [
      'quantile',
    ]),
  };
}
