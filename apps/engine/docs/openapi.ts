import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { namedSchemas } from '../answers/named.js';
import { CommandAnswerView, ProblemView } from '../http/answer-views.js';

const DESCRIPTION = `Order protection, disputes and claims: every order is one history of events.

Commands are \`POST\`s to a verb below the resource. Each needs an \`Idempotency-Key\`; the same key and body gets the
first answer again. Answers carry the new revision as strong \`ETag\` (send it back as \`If-Match\`), the position in the
log (send it as \`minPosition\` to read your own write), and \`links\` to exactly the actions that you may take now.

Whatever is refused is an \`application/problem+json\` (RFC 9457) that names every broken rule.`;

/** The OpenAPI 3.1 document of what the engine serves, from its controllers and body classes. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const outline = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Recourse')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .addBearerAuth({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' })
    .build();
  const document = SwaggerModule.createDocument(app, outline, {
    extraModels: [CommandAnswerView, ProblemView],
  });
  const schemas = { ...document.components?.schemas, ...namedSchemas() };
  return { ...document, components: { ...document.components, schemas } };
}
