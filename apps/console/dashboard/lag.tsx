import { BarChart } from '@mantine/charts';
import { IconCircleCheck } from '@tabler/icons-react';
import { useFormat } from '../messages/format.js';
import { useMessages } from '../messages/language.js';
import { ChartCard } from './chart-card.js';
import styles from './dashboard.module.css';

export interface LagProps {
  readonly projections: readonly { readonly projection: string; readonly seconds: number | null }[];
}

/** How old what the read models show is, each by itself; level ones need no bars. */
export function Lag({ projections }: LagProps) {
  const t = useMessages();
  const format = useFormat();
  const seconds = t('dashboard.seconds');
  const data = projections.map((one) => ({
    projection: one.projection,
    [seconds]: Math.round((one.seconds ?? 0) * 10) / 10,
  }));
  const level = projections.every((one) => one.seconds === 0);
  return (
    <ChartCard title={t('chart.lag')} data={data}>
      {level ? (
        <>
          <p className={styles.level}>{t('chart.level')}</p>
          <ul className={styles.models}>
            {projections.map(({ projection }) => (
              <li key={projection}>
                <IconCircleCheck size="1.1em" /> {projection}
              </li>
            ))}
          </ul>
        </>
      ) : (
        <BarChart
          h={260}
          data={data}
          dataKey="projection"
          orientation="vertical"
          yAxisProps={{ width: 140 }}
          valueFormatter={(value) => format.number(value)}
          series={[{ name: seconds, color: 'teal.6' }]}
        />
      )}
    </ChartCard>
  );
}
