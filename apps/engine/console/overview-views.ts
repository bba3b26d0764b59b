import { ApiProperty } from '@nestjs/swagger';
import { DISPUTE_STATES, type DisputeStatus } from '../../../libs/domain/vocabulary.js';

/** Since the dispute was opened: from so many days, to fewer than so many. */
export const AGES = [
  { age: 'UNDER_3_DAYS', fromDays: -1, toDays: 3 },
  { age: 'UNDER_10_DAYS', fromDays: 3, toDays: 10 },
  { age: 'UNDER_30_DAYS', fromDays: 10, toDays: 30 },
  { age: 'OLDER', fromDays: 30, toDays: undefined },
] as const;

export type Age = (typeof AGES)[number]['age'];

export class AgeCount {
  @ApiProperty({ enum: DISPUTE_STATES })
  state: DisputeStatus;

  @ApiProperty({ enum: AGES.map(({ age }) => age) })
  age: Age;

  @ApiProperty()
  count: number;
}

export class DayCount {
  @ApiProperty({ format: 'date-time', description: 'The first instant of 24 hours.' })
  from: string;

  @ApiProperty()
  count: number;
}

export class ProjectionLag {
  @ApiProperty()
  projection: string;

  @ApiProperty()
  state: string;

  @ApiProperty({ type: Number, nullable: true })
  seconds: number | null;

  @ApiProperty({ description: 'Documents that failed to fold and wait for somebody.' })
  parked: number;
}

export class OverviewView {
  @ApiProperty({ format: 'date-time' })
  now: string;

  @ApiProperty({ type: [AgeCount] })
  cases: AgeCount[];

  @ApiProperty({ type: [DayCount], description: 'Open deadlines of the next fourteen days.' })
  deadlines: DayCount[];

  @ApiProperty({ type: [ProjectionLag] })
  projections: ProjectionLag[];
}
