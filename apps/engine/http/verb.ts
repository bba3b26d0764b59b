import type { BodyClass } from './validation/nested-classes.js';

/** A command as it is sent over HTTP: the last part of its address, what it takes, and how a link to it reads. */
export interface Verb<Type extends string = string> {
  readonly command: Type;
  /** Kebab case: the command without its object. */
  readonly verb: string;
  readonly title: string;
  readonly body: BodyClass;
  /** A body that is valid as it stands; shown in the OpenAPI document. */
  readonly example: object;
}
