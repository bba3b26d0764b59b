import { Body, Controller, Get, Header, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { localIssuerOf } from './local-issuer-of.js';
import { BodyPipe } from '../http/body-pipe.js';
import { Public } from '../http/bearer-guard.js';
import { problem } from '../http/problem.js';
import type { Composition } from '../composition.js';
import { COMPOSITION } from '../tokens.js';
import { demoPersons } from './demo-persons.js';
import { oidcClientIn } from './oidc-client.js';
import { DemoSignInBody, DemoTokenView, SignInView } from './sign-in-bodies.js';

const EIGHT_HOURS = 8 * 3_600;

/** How people sign in to the console. Services bring tokens of their own and never come here. */
@ApiTags('sign-in')
@Controller('v1/sign-in')
export class SignInController {
  constructor(@Inject(COMPOSITION) private readonly composition: Composition) {}

  @Get()
  @Public()
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'How to sign in to the console', operationId: 'readSignIn' })
  @ApiOkResponse({ type: SignInView })
  signIn(): SignInView {
    if (localIssuerOf(this.composition) !== undefined) return { kind: 'demo', persons: [...demoPersons] };
    return { kind: 'oidc', client: oidcClientIn(this.composition.config.environment) };
  }

  /** A token of the local issuer. Where tokens come from a provider there is no such address, and never in production. */
  @Post('demo')
  @Public()
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Sign in as a person of the demo', operationId: 'signInAsDemoPerson' })
  @ApiBody({ type: DemoSignInBody })
  @ApiOkResponse({ type: DemoTokenView })
  async demo(@Body(new BodyPipe(DemoSignInBody)) body: DemoSignInBody): Promise<DemoTokenView> {
    const issuer = localIssuerOf(this.composition);
    if (issuer === undefined) throw problem(404, 'ROUTE.NOT_FOUND', 'There are no demo persons here.');
    const found = demoPersons.find(({ person }) => person === body.person);
    if (found === undefined) {
      throw problem(404, 'PERSON.NOT_FOUND', 'There is no such person in the demo.', '/body/person');
    }
    const { person: sub, role, party, name } = found;
    return { token: await issuer.issue({ role, party, sub, name, lifetimeSeconds: EIGHT_HOURS }) };
  }
}
