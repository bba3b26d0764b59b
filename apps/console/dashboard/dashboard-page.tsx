import { BarChart } from '@mantine/charts';
import { Loader, Select, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useSearchParams } from 'react-router';
import '@mantine/charts/styles.css';
import type { DisputeMetrics } from '../../../projections/worklist/metrics.js';
import { readDisputeMetrics, readOverview } from '../api/generated/sdk.gen.js';
import { useNow } from '../design/now.js';
import { ProblemNotice } from '../design/problem-notice.js';
import { usePageTitle } from '../design/page-title.js';
import { useFormat } from '../messages/format.js';
import { useMessages, useWord, type MessageKey } from '../messages/language.js';
import { Amount } from '../design/amount.js';
import { ChartCard } from './chart-card.js';
import { Figure } from './figure.js';
import { Lag } from './lag.js';
import { useSupplierNames } from './use-supplier-names.js';
import styles from './dashboard.module.css';

const PERIODS = { all: undefined, P30D: 30, P90D: 90, P365D: 365 } as const;
const AGES = ['UNDER_3_DAYS', 'UNDER_10_DAYS', 'UNDER_30_DAYS', 'OLDER'] as const;
const AGE_COLOURS = ['ink.3', 'ink.5', 'ink.7', 'orange.6'] as const;

/** What is still open comes first, and quietly. */
const OUTCOME_COLOURS = [
  'gray.6',
  'ink.5',
  'teal.6',
  'ink.3',
  'grape.5',
  'orange.6',
  'red.6',
  'yellow.6',
] as const;

/** How the programme does: pictures, each with its numbers as a table beside it for whoever cannot see pictures. */
export function DashboardPage() {
  const t = useMessages();
  const [address, setAddress] = useSearchParams();
  const period = (address.get('period') ?? 'all') as keyof typeof PERIODS;
  const now = useNow();
  const days = PERIODS[period];
  const from =
    days === undefined ? undefined : new Date(Math.floor(now / 86_400_000 - days) * 86_400_000).toISOString();
  usePageTitle(t('nav.dashboard'));
  const overview = useQuery({
    queryKey: ['metrics', 'overview'],
    queryFn: async () => (await readOverview({ throwOnError: true })).data,
    refetchInterval: 30_000,
  });
  const metrics = useQuery({
    queryKey: ['metrics', 'disputes', from],
    queryFn: async () =>
      (await readDisputeMetrics({ query: from === undefined ? {} : { from }, throwOnError: true }))
        .data as DisputeMetrics,
    placeholderData: keepPreviousData,
  });
  return (
    <div className={styles.page}>
      <header className={styles.head}>
        <Title order={1} size="h2">
          {t('nav.dashboard')}
        </Title>
        <Select
          aria-label={t('dashboard.period')}
          size="sm"
          data={Object.keys(PERIODS).map((value) => ({ value, label: t(`period.${value}` as MessageKey) }))}
          value={period}
          allowDeselect={false}
          onChange={(value) =>
            setAddress(value === 'all' || value === null ? {} : { period: value }, { replace: true })
          }
        />
      </header>
      {[overview, metrics].map(
        ({ error }) => error !== null && <ProblemNotice key={String(error)} error={error} />,
      )}
      {metrics.data === undefined ? (
        <Loader aria-label={t('loading')} />
      ) : (
        <Headlines metrics={metrics.data} />
      )}
      <div className={styles.charts}>
        {overview.data !== undefined && <Ahead overview={overview.data} />}
        {metrics.data !== undefined && <OfPeriod metrics={metrics.data} />}
      </div>
    </div>
  );
}

function Headlines({ metrics }: { readonly metrics: DisputeMetrics }) {
  const t = useMessages();
  const format = useFormat();
  const half = (hours: number | null) => (hours === null ? '—' : format.duration(hours));
  return (
    <div className={styles.figures}>
      <Figure name={t('dashboard.disputes')} value={format.number(metrics.disputes)} />
      <Figure name={t('dashboard.open')} value={format.number(metrics.open)} />
      <Figure
        name={t('dashboard.exposure')}
        wide
        value={
          metrics.exposure.length === 0
            ? '—'
            : metrics.exposure.map((money) => <Amount key={money.currency} money={money} />)
        }
      />
      <Figure
        name={t('dashboard.response')}
        value={half(metrics.timeToResponse.p50Hours)}
        note={t('dashboard.half')}
      />
      <Figure
        name={t('dashboard.determination')}
        value={half(metrics.timeToDetermination.p50Hours)}
        note={t('dashboard.half')}
      />
    </div>
  );
}

type Overview = Awaited<ReturnType<typeof readOverview<true>>>['data'];

function Ahead({ overview }: { readonly overview: Overview }) {
  const t = useMessages();
  const word = useWord();
  const format = useFormat();
  const states = [...new Set(overview.cases.map(({ state }) => state))];
  const byState = states.map((state) => ({
    state: word(state),
    ...Object.fromEntries(
      AGES.map((age) => [
        t(`age.${age}`),
        overview.cases.find((one) => one.state === state && one.age === age)?.count ?? 0,
      ]),
    ),
  }));
  const ahead = overview.deadlines.map(({ from, count }) => ({
    day: format.dayOfYear(from),
    [t('dashboard.deadlines')]: count,
  }));
  return (
    <>
      <ChartCard title={t('chart.states')} data={byState} wide>
        <BarChart
          h={300}
          data={byState}
          dataKey="state"
          type="stacked"
          orientation="vertical"
          yAxisProps={{ width: 140 }}
          withLegend
          legendProps={{ itemSorter: null }}
          series={AGES.map((age, index) => ({ name: t(`age.${age}`), color: AGE_COLOURS[index] ?? 'ink.5' }))}
        />
      </ChartCard>
      <ChartCard title={t('chart.deadlines')} data={ahead}>
        <BarChart
          h={260}
          data={ahead}
          dataKey="day"
          series={[{ name: t('dashboard.deadlines'), color: 'orange.6' }]}
        />
      </ChartCard>
      <Lag projections={overview.projections} />
    </>
  );
}

function OfPeriod({ metrics }: { readonly metrics: DisputeMetrics }) {
  const t = useMessages();
  const word = useWord();
  const names = useSupplierNames();
  const days = (hours: number | null) => Math.round((hours ?? 0) / 2.4) / 10;
  const outcomes = [...new Set(metrics.byGround.flatMap(({ outcomes: of }) => Object.keys(of)))];
  const byGround = metrics.byGround.map(({ ground, open, outcomes: of }) => ({
    ground: word(ground),
    [t('dashboard.open')]: open,
    ...Object.fromEntries(outcomes.map((outcome) => [word(outcome), of[outcome as keyof typeof of] ?? 0])),
  }));
  const times = (['timeToResponse', 'timeToSettlement', 'timeToDetermination'] as const).map((name) => ({
    span: t(`chart.${name}`),
    [t('dashboard.p50')]: days(metrics[name].p50Hours),
    [t('dashboard.p90')]: days(metrics[name].p90Hours),
  }));
  const suppliers = metrics.suppliers.slice(0, 12).map(({ supplier, silence, refund }) => ({
    supplier: names.get(supplier) ?? supplier,
    [t('dashboard.silence')]: Math.round(silence * 100),
    [t('dashboard.refunds')]: Math.round((refund ?? 0) * 100),
  }));
  return (
    <>
      <ChartCard title={t('chart.times')} data={times}>
        <BarChart
          h={260}
          data={times}
          dataKey="span"
          withLegend
          series={[
            { name: t('dashboard.p50'), color: 'ink.5' },
            { name: t('dashboard.p90'), color: 'ink.3' },
          ]}
        />
      </ChartCard>
      <ChartCard title={t('chart.grounds')} data={byGround}>
        <BarChart
          h={260}
          data={byGround}
          dataKey="ground"
          type="stacked"
          withLegend
          series={[t('dashboard.open'), ...outcomes.map((outcome) => word(outcome))].map((name, index) => ({
            name,
            color: OUTCOME_COLOURS[index] ?? 'gray.6',
          }))}
        />
      </ChartCard>
      <ChartCard title={t('chart.suppliers')} data={suppliers} wide>
        <BarChart
          h={Math.max(220, suppliers.length * 34)}
          data={suppliers}
          dataKey="supplier"
          orientation="vertical"
          yAxisProps={{ width: 170, tickFormatter: (name: string) => name }}
          xAxisProps={{ domain: [0, 100], tickFormatter: (share: number) => `${share} %` }}
          valueFormatter={(share) => `${share} %`}
          withLegend
          series={[
            { name: t('dashboard.silence'), color: 'orange.6' },
            { name: t('dashboard.refunds'), color: 'teal.6' },
          ]}
        />
      </ChartCard>
    </>
  );
}
