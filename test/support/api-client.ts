import { randomUUID } from 'node:crypto';
import type { Role } from '../../libs/domain/vocabulary.js';
import type { TestEngine } from './engine.js';

/** What came back, whatever it was. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  // Tests look into answers of every shape.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly body: any;
}

/** Speaks to an engine as one person, party or service. */
export interface ApiClient {
  post(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** As `post`, and fails the test unless it is answered with 200 or 201. */
  done(path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
}

/** A client for a role; every post has a key of its own unless it brings one. */
export async function clientOf(engine: TestEngine, role: Role, name?: string): Promise<ApiClient> {
  return clientWith(engine.url, await engine.token(role, name));
}

export function clientWith(url: string, token: string): ApiClient {
  const authorization = `Bearer ${token}`;
  const send = async (path: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(url + path, init);
    const text = await response.text();
    const json =
      /json/.test(response.headers.get('content-type') ?? '') &&
      !/ndjson/.test(response.headers.get('content-type') ?? '');
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: json ? JSON.parse(text) : undefined,
    };
  };
  const post: ApiClient['post'] = (path, body = {}, headers = {}) =>
    send(path, {
      method: 'POST',
      headers: {
        authorization,
        'content-type': 'application/json',
        'idempotency-key': randomUUID(),
        ...headers,
      },
      body: JSON.stringify(body),
    });
  return {
    post,
    get: (path, headers = {}) => send(path, { headers: { authorization, ...headers } }),
    async done(path, body, headers) {
      const answer = await post(path, body, headers);
      if (answer.status !== 200 && answer.status !== 201) {
        throw new Error(`POST ${path}: ${answer.status} ${answer.text}`);
      }
      return answer;
    },
  };
}
