import Database from 'better-sqlite3';

/** Every document of every projection as it lies in a read-model file, by table and id: what a rebuild must give again. */
export function documentsOf(file: string): ReadonlyMap<string, ReadonlyMap<string, unknown>> {
  const database = new Database(file, { readonly: true });
  try {
    const tables = database
      .prepare(
        "SELECT m.name FROM sqlite_master m WHERE m.type = 'table' AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) WHERE name = 'doc')",
      )
      .pluck()
      .all() as string[];
    return new Map(
      tables.map((table) => {
        const rows = database.prepare(`SELECT id, doc FROM "${table}" ORDER BY id`).all() as {
          id: string;
          doc: string;
        }[];
        return [table, new Map(rows.map(({ id, doc }) => [id, JSON.parse(doc) as unknown]))];
      }),
    );
  } finally {
    database.close();
  }
}
