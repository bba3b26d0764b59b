import Table from 'cli-table3';

/** Rows under headings, for the eye. For programs every command has --json. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = new Table({ head: [...head], style: { head: [], border: [] }, wordWrap: true });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}
