/** A problem (RFC 9457) that an engine answered with, as an error. Compare by `code`. */
export class EngineProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    detail: string,
  ) {
    super(detail);
    this.name = 'EngineProblem';
  }
}

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

/** What a command answers with. */
export interface CommandAnswer {
  readonly orderId?: string;
  readonly dispute?: number;
  readonly revision: string;
  readonly position: string;
  readonly events: readonly { readonly type: string; readonly revision: string }[];
}

/** Speaks to a running engine as one person or service. */
export interface EngineClient {
  /** Sends a command under an idempotency key of its own. Rejects with EngineProblem when it is refused. */
  send<T = CommandAnswer>(path: string, body: object, key?: string): Promise<T>;
  get<T>(path: string): Promise<T>;
  /** Hands a file in. What the bytes are is told from the bytes. */
  handIn<T>(path: string, bytes: Uint8Array, fileName: string): Promise<T>;
  /** Lines of newline-delimited JSON. */
  lines<T>(path: string): AsyncIterable<T>;
}

export function engineClient(url: string, token: string): EngineClient {
  const authorization = `Bearer ${token}`;
  let sent = 0;
  const session = `${process.pid.toString(36)}-${Date.now().toString(36)}`;
  return {
    async send(path, body, key = `${session}-${++sent}`) {
      const headers = { authorization, 'content-type': 'application/json', 'idempotency-key': key };
      const request = { method: 'POST', headers, body: JSON.stringify(body) };
      return (await (await answered(await fetch(url + path, request))).json()) as never;
    },
    async get(path) {
      return (await (
        await answered(await fetch(url + path, { headers: { authorization } }))
      ).json()) as never;
    },
    async handIn(path, bytes, fileName) {
      const headers = {
        authorization,
        'content-type': 'application/octet-stream',
        'x-file-name': encodeURIComponent(fileName),
      };
      const request = { method: 'POST', headers, body: new Uint8Array(bytes) };
      return (await (await answered(await fetch(url + path, request))).json()) as never;
    },
    async *lines(path) {
      const response = await answered(
        await fetch(url + path, { headers: { authorization, accept: 'application/x-ndjson' } }),
      );
      let rest = '';
      const decoder = new TextDecoder();
      for await (const chunk of response.body ?? []) {
        const parts = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n');
        rest = parts.pop() ?? '';
        for (const line of parts) if (line !== '') yield JSON.parse(line);
      }
      if (rest !== '') yield JSON.parse(rest);
    },
  };
}

async function answered(response: Response): Promise<Response> {
  if (response.ok) return response;
  const problem = (await response.json().catch(() => ({}))) as {
    code?: string;
    title?: string;
    detail?: string;
    errors?: { message?: string }[];
  };
  const messages = (problem.errors ?? [])
    .map(({ message }) => message)
    .filter((message) => message !== undefined);
  const detail =
    messages.length > 0 ? messages.join(' ') : (problem.detail ?? problem.title ?? response.statusText);
  throw new EngineProblem(response.status, problem.code ?? 'HTTP', detail);
}
