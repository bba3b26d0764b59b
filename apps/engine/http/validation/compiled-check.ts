import { ValidationTypes, getMetadataStorage, type ValidatorConstraintInterface } from 'class-validator';
import type { ValidationMetadata } from 'class-validator/types/metadata/ValidationMetadata.js';

/** One constraint that a value broke, as class-validator would name it. */
export interface Failure {
  /** JSON Pointer (RFC 6901) into the checked value. */
  readonly pointer: string;
  /** class-validator's name of the constraint, e.g. `isInt`, `maxLength`, `whitelistValidation`. */
  readonly constraint: string;
  readonly message: string;
  /** True when there was no value at all. */
  readonly missing: boolean;
}

type Class = abstract new (...args: never[]) => object;
type Shape = Readonly<Record<string, unknown>>;

interface Constraint {
  readonly name: string;
  readonly each: boolean;
  holds(value: unknown, object: Shape): boolean;
  message(value: unknown, object: Shape): string;
}

interface Property {
  readonly name: string;
  readonly segment: string;
  readonly conditions: readonly ((object: Shape, value: unknown) => boolean)[];
  readonly constraints: readonly Constraint[];
  readonly nested: { readonly check: () => Check; readonly message: string } | undefined;
}

type Check = (object: Shape, at: string, failures: Failure[]) => void;

/** Which class the values of a nested property have; class-validator itself reads it from the instance. */
export type NestedClass = (owner: Class, property: string) => Class;

/**
 * What `validate(plainToInstance(body), { whitelist: true, forbidNonWhitelisted: true })` says, without its cost.
 *
 * class-validator walks its metadata and builds arguments, groups and error trees for every request. Here the metadata
 * of a class is read once and becomes a flat list of calls to the very same constraint functions. What this engine does
 * not use is refused when compiling rather than half supported: asynchronous constraints, groups and sets.
 * Guarantees the same pointers and constraint names as class-validator; see compiled-check.spec.ts.
 */
export function compileCheck(type: Class, nestedClass: NestedClass): (value: unknown) => readonly Failure[] {
  const compiled = new Map<Class, Check>();
  const checkOf = (of: Class): Check => {
    let check = compiled.get(of);
    if (check === undefined)
      compiled.set(of, (check = checkProperties(propertiesOf(of, nestedClass, checkOf))));
    return check;
  };
  const root = checkOf(type);
  return (value) => {
    if (!isObject(value)) return [NOT_AN_OBJECT];
    const failures: Failure[] = [];
    root(value, '', failures);
    return failures;
  };
}

const NOT_AN_OBJECT: Failure = {
  pointer: '',
  constraint: 'isObject',
  message: 'the body must be a JSON object',
  missing: false,
};

function checkProperties(properties: readonly Property[]): Check {
  const known = new Set(properties.map(({ name }) => name));
  return (object, at, failures) => {
    for (const name in object) if (!known.has(name)) failures.push(unknownProperty(at, name));
    for (const property of properties) checkProperty(property, object, at, failures);
  };
}

function checkProperty(property: Property, object: Shape, at: string, failures: Failure[]): void {
  const value = object[property.name];
  for (const applies of property.conditions) if (!applies(object, value)) return;
  for (const constraint of property.constraints) {
    const holds =
      constraint.each && Array.isArray(value)
        ? value.every((one) => constraint.holds(one, object))
        : constraint.holds(value, object);
    if (holds) continue;
    failures.push({
      pointer: at + property.segment,
      constraint: constraint.name,
      message: constraint.message(value, object),
      missing: value === undefined,
    });
  }
  if (property.nested !== undefined && value !== undefined) {
    checkNested(property.nested, value, at + property.segment, failures);
  }
}

function checkNested(
  nested: NonNullable<Property['nested']>,
  value: unknown,
  at: string,
  failures: Failure[],
): void {
  if (Array.isArray(value)) {
    value.forEach((one, index) => one === undefined || checkNested(nested, one, `${at}/${index}`, failures));
  } else if (isObject(value)) {
    nested.check()(value, at, failures);
  } else {
    failures.push({
      pointer: at,
      constraint: ValidationTypes.NESTED_VALIDATION,
      message: nested.message,
      missing: false,
    });
  }
}

const unknownProperty = (at: string, name: string): Failure => ({
  pointer: `${at}/${segmentOf(name)}`,
  constraint: ValidationTypes.WHITELIST,
  message: `property ${name} should not exist`,
  missing: false,
});

function propertiesOf(type: Class, nestedClass: NestedClass, checkOf: (type: Class) => Check): Property[] {
  const metadatas = getMetadataStorage().getTargetValidationMetadatas(type, '', false, false);
  const byName = Map.groupBy(metadatas, ({ propertyName }) => propertyName);
  return [...byName].map(([name, all]) => {
    const nested = all.find(({ type: kind }) => kind === ValidationTypes.NESTED_VALIDATION);
    return {
      name,
      segment: `/${segmentOf(name)}`,
      conditions: all
        .filter(({ type: kind }) => kind === ValidationTypes.CONDITIONAL_VALIDATION)
        .map(({ constraints }) => constraints[0] as Property['conditions'][number]),
      constraints: all
        .filter(({ type: kind }) => kind === ValidationTypes.CUSTOM_VALIDATION)
        .flatMap((metadata) => constraintsOf(metadata, type)),
      nested: nested && {
        check: () => checkOf(nestedClass(type, name)),
        message: textOf(nested, { targetName: type.name, property: name }),
      },
    };
  });
}

function constraintsOf(metadata: ValidationMetadata, type: Class): Constraint[] {
  if ((metadata.groups?.length ?? 0) > 0 || metadata.validateIf !== undefined) {
    throw new TypeError(`${type.name}.${metadata.propertyName}: groups and validateIf are not compiled`);
  }
  const registered = getMetadataStorage().getTargetValidatorConstraints(metadata.constraintCls);
  return registered.map(({ name, async, instance }) => {
    if (async) throw new TypeError(`${type.name}.${metadata.propertyName}: ${name} is asynchronous`);
    const constraint: ValidatorConstraintInterface = instance;
    // One object for all calls: a constraint reads its arguments while it runs, and never keeps them.
    const args = {
      targetName: type.name,
      property: metadata.propertyName,
      constraints: metadata.constraints as unknown[],
      object: {} as object,
      value: undefined as unknown,
    };
    return {
      name,
      each: metadata.each,
      holds(value, object) {
        args.object = object;
        args.value = value;
        return constraint.validate(value, args) === true;
      },
      message: (value, object) => textOf(metadata, { ...args, object, value }, constraint),
    };
  });
}

interface Arguments {
  readonly property: string;
  readonly targetName: string;
  readonly constraints?: unknown[];
  readonly object?: object;
  readonly value?: unknown;
}

function textOf(
  { message }: ValidationMetadata,
  args: Arguments,
  constraint?: ValidatorConstraintInterface,
): string {
  const text = message ?? constraint?.defaultMessage?.bind(constraint) ?? '';
  return fillTokens(typeof text === 'function' ? text(args as never) : text, args);
}

/** The tokens that class-validator fills into messages. */
function fillTokens(text: string, { property, targetName, constraints = [] }: Arguments): string {
  const filled = constraints.reduce<string>(
    (message, constraint, index) =>
      message.replaceAll(
        `$constraint${index + 1}`,
        Array.isArray(constraint) ? constraint.join(', ') : String(constraint),
      ),
    text,
  );
  return filled.replaceAll('$property', property).replaceAll('$target', targetName);
}

const isObject = (value: unknown): value is Shape =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const segmentOf = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');
