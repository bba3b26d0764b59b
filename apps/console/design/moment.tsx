import { Tooltip } from '@mantine/core';
import type { Instant } from '../../../libs/kernel/instant.js';
import { useFormat } from '../messages/format.js';

/** An instant in the viewer's zone; in the policy's zone and in UTC on a second look. */
export function Moment({ at, zone }: { readonly at: Instant; readonly zone?: string }) {
  const format = useFormat();
  const elsewhere = [...new Set([zone ?? 'UTC', 'UTC'])]
    .map((place) => format.momentIn(at, place))
    .join(' · ');
  return (
    <Tooltip label={elsewhere} withArrow>
      <time dateTime={at} className="numeric">
        {format.moment(at)}
      </time>
    </Tooltip>
  );
}
