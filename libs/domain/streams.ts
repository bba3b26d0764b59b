/** Names of streams ("Streams"): the kind, a dash, the id. Ids may hold dashes themselves. */
export const STREAM_KINDS = ['order', 'supplier', 'policy', 'inspector'] as const;
export type StreamKindName = (typeof STREAM_KINDS)[number];

export const orderStream = (orderId: string): string => `order-${orderId}`;
export const supplierStream = (supplierId: string): string => `supplier-${supplierId}`;
export const policyStream = (policyId: string): string => `policy-${policyId}`;
export const inspectorStream = (inspectorId: string): string => `inspector-${inspectorId}`;

/** What a stream's name says; undefined for a stream that is none of ours. */
export function parseStream(
  stream: string,
): { readonly kind: StreamKindName; readonly id: string } | undefined {
  const kind = STREAM_KINDS.find((name) => stream.startsWith(`${name}-`));
  const id = kind && stream.slice(kind.length + 1);
  return kind === undefined || id === undefined || id === '' ? undefined : { kind, id };
}
