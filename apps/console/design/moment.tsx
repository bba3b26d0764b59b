import { Tooltip } from '@mantine/core';
import type { Instant } from '../../../libs/kernel/instant.js';
import { useFormat } from '../messages/format.js';

export interface MomentProps {
  readonly at: Instant;
  readonly zone?: string;
  /** Only the day; the time on a second look. */
  readonly day?: boolean;
}

/** An instant in the viewer's zone; in the policy's zone and in UTC on a second look. */
export function Moment({ at, zone, day = false }: MomentProps) {
  const format = useFormat();
  const elsewhere = [...new Set([zone ?? 'UTC', 'UTC'])]
    .map((place) => format.momentIn(at, place))
    .join(' · ');
  return (
    <Tooltip label={elsewhere} withArrow>
      <time dateTime={at} className="numeric">
        {day ? format.day(at) : format.moment(at)}
      </time>
    </Tooltip>
  );
}
