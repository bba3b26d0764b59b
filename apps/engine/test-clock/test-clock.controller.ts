import { Body, Controller, Get, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Advanced } from '../../../libs/deadlines/advance.js';
import { parsePeriod } from '../../../libs/domain/calendar/period.js';
import type { Background } from '../background.js';
import { AdvanceBody } from '../bodies/test-clock.js';
import { Answers, Instant } from '../answers/answer.js';
import { record } from '../../../libs/domain/schema.js';
import type { Composition } from '../composition.js';
import { BodyPipe } from '../http/body-pipe.js';
import { problem } from '../http/problem.js';
import { BACKGROUND, COMPOSITION } from '../tokens.js';

/** At a time: beyond a few hundred of these lies the end of the calendar. */
const MOST_YEARS = 10;
const LAST_YEARS = '9000-01-01T00:00:00.000Z';

/** The sandbox's clock. Where time is real, there is nothing at this address. */
@ApiTags('test clock')
@ApiBearerAuth()
@Controller('v1/test-clock')
export class TestClockController {
  constructor(
    @Inject(COMPOSITION) private readonly composition: Composition,
    @Inject(BACKGROUND) private readonly background: Background,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Read the virtual clock', operationId: 'readTestClock' })
  @Answers(record({ now: Instant }))
  now(): { now: string } {
    const { virtualClock } = this.composition;
    if (virtualClock === undefined) throw noSuchAddress();
    return { now: virtualClock.now() };
  }

  @Post('advance')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Let time pass: what falls due fires in due order, and the answer comes when it can be read',
    operationId: 'advanceTestClock',
  })
  @ApiBody({ type: AdvanceBody })
  async advance(@Body(new BodyPipe(AdvanceBody)) { by }: AdvanceBody): Promise<Advanced & { now: string }> {
    const { advance } = this.background;
    if (advance === undefined) throw noSuchAddress();
    if (isTooLong(by) || this.composition.clock.now() > LAST_YEARS)
      throw problem(400, 'CLOCK.TOO_FAR', 'Time passes by ten years at most.', '/by');
    const advanced = await advance(by);
    return { now: advanced.to, ...advanced };
  }
}

function isTooLong(by: string): boolean {
  const { months = 0, weeks = 0, days = 0, milliseconds = 0 } = parsePeriod(by) ?? {};
  return months / 12 + (weeks * 7 + days) / 366 + milliseconds / 31_622_400_000 > MOST_YEARS;
}

const noSuchAddress = () =>
  problem(404, 'REQUEST.NO_SUCH_ADDRESS', 'There is nothing at this address.', '/path');
