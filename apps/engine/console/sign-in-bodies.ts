import { ApiProperty } from '@nestjs/swagger';
import { ROLES, type Role } from '../../../libs/domain/vocabulary.js';
import { TextField } from '../http/validation/fields.js';

export class DemoPersonView {
  @ApiProperty()
  person: string;

  @ApiProperty({ enum: ROLES })
  role: Role;

  @ApiProperty({ required: false })
  party?: string;

  @ApiProperty()
  name: string;
}

export class OidcClientView {
  @ApiProperty()
  authority: string;

  @ApiProperty()
  clientId: string;

  @ApiProperty()
  scope: string;
}

export class SignInView {
  @ApiProperty({ enum: ['demo', 'oidc'] })
  kind: 'demo' | 'oidc';

  @ApiProperty({ required: false, type: [DemoPersonView] })
  persons?: DemoPersonView[];

  @ApiProperty({ required: false, type: OidcClientView })
  client?: OidcClientView;
}

export class DemoSignInBody {
  @TextField(64)
  person: string;
}

export class DemoTokenView {
  @ApiProperty({ description: 'A bearer token of the local issuer.' })
  token: string;
}
