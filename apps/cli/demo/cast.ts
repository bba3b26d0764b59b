import { engineClient, type EngineClient } from '../engine-client.js';

/** Mints a token for a role; a party's id where the role is buyer or supplier, a person's otherwise. */
export type Mint = (role: string, id: string) => Promise<string>;

/** Everybody who acts in a story, each speaking to the engine for themselves. */
export interface Cast {
  readonly as: (role: string, id: string) => Promise<EngineClient>;
}

export function castOf(url: string, mint: Mint): Cast {
  const clients = new Map<string, Promise<EngineClient>>();
  return {
    as(role, id) {
      const name = `${role}/${id}`;
      const known = clients.get(name) ?? mint(role, id).then((token) => engineClient(url, token));
      clients.set(name, known);
      return known;
    },
  };
}
