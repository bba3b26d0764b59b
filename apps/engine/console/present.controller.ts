import { Controller, Get, Header, Inject } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { Composition } from '../composition.js';
import { COMPOSITION } from '../tokens.js';

export class PresentView {
  @ApiProperty({
    format: 'date-time',
    description: "The engine's time, which a virtual clock may have moved.",
  })
  now: string;

  @ApiProperty({ description: 'False on a virtual clock: it stands until it is moved.' })
  runs: boolean;

  @ApiProperty({
    description: 'How far the log has come: follow /v1/events after it to hear of what is new only.',
  })
  position: string;
}

/** Where a page that was just opened begins: countdowns at the engine's time, live changes at the log's head. */
@ApiTags('sign-in')
@ApiBearerAuth()
@Controller('v1/present')
export class PresentController {
  constructor(@Inject(COMPOSITION) private readonly composition: Composition) {}

  @Get()
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: "Read the engine's time and the head of its log", operationId: 'readPresent' })
  @ApiOkResponse({ type: PresentView })
  async read(): Promise<PresentView> {
    const { clock, virtualClock, store } = this.composition;
    return { now: clock.now(), runs: virtualClock === undefined, position: await store.head() };
  }
}
