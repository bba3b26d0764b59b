interface SchemaNode {
  readonly personal?: boolean;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly patternProperties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode | readonly SchemaNode[] | boolean;
  readonly prefixItems?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
  readonly allOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
}

/**
 * Where data of this schema holds personal fields (marked `personal: true`), as JSON Pointers (RFC 6901) in which `*` stands
 * for every item of an array or every key of a map: `/buyer/name`, `/lines/*`. Sorted, each once.
 */
export function personalPaths(schema: object): string[] {
  return [...new Set(pathsBelow(schema, ''))].toSorted();
}

function pathsBelow(node: SchemaNode | boolean | undefined, path: string): string[] {
  if (typeof node !== 'object') return [];
  if (node.personal === true) return [path];
  const named = Object.entries(node.properties ?? {}).flatMap(([name, child]) =>
    pathsBelow(child, `${path}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`),
  );
  const tuple = node.prefixItems ?? (Array.isArray(node.items) ? (node.items as readonly SchemaNode[]) : []);
  const each = [
    Array.isArray(node.items) ? undefined : (node.items as SchemaNode | boolean | undefined),
    node.additionalProperties,
    ...Object.values(node.patternProperties ?? {}),
  ];
  const alternatives = [...(node.anyOf ?? []), ...(node.allOf ?? []), ...(node.oneOf ?? [])];
  return [
    ...named,
    ...tuple.flatMap((child, index) => pathsBelow(child, `${path}/${index}`)),
    ...each.flatMap((child) => pathsBelow(child, `${path}/*`)),
    ...alternatives.flatMap((child) => pathsBelow(child, path)),
  ];
}
