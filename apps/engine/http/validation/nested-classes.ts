/** A class that describes a request body, or an object within one. */
export type BodyClass = new () => object;

const nested = new Map<BodyClass, Map<string, BodyClass>>();

export function rememberNested(owner: BodyClass, property: string, type: BodyClass): void {
  const properties = nested.get(owner) ?? new Map<string, BodyClass>();
  nested.set(owner, properties.set(property, type));
}

/** The class of a property's value, or of its items. Inherited like the constraints. */
export function nestedClassOf(owner: BodyClass, property: string): BodyClass {
  for (let type: unknown = owner; typeof type === 'function'; type = Object.getPrototypeOf(type)) {
    const found = nested.get(type as BodyClass)?.get(property);
    if (found !== undefined) return found;
  }
  throw new TypeError(`${owner.name}.${property} is nested, but of no known class`);
}
