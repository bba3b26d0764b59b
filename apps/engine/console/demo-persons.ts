import type { Role } from '../../../libs/domain/vocabulary.js';

/** Somebody of the demo's stories, whom the console lets anyone be on the embedded default. */
export interface DemoPerson {
  readonly person: string;
  readonly role: Role;
  /** For buyers and suppliers. */
  readonly party?: string;
  readonly name: string;
}

export const demoPersons: readonly DemoPerson[] = [
  { person: 'arbitrator-lindqvist', role: 'arbitrator', name: 'Astrid Lindqvist' },
  { person: 'arbitrator-okafor', role: 'arbitrator', name: 'Chidi Okafor' },
  { person: 'appeal-tanaka', role: 'appeal_arbitrator', name: 'Yuki Tanaka' },
  { person: 'agent-mori', role: 'agent', name: 'Paola Mori' },
  { person: 'auditor-weiss', role: 'auditor', name: 'Hannah Weiss' },
  { person: 'B-aurora', role: 'buyer', party: 'B-aurora', name: 'Aurora Interiors' },
  { person: 'S-shenzhen-lamps', role: 'supplier', party: 'S-shenzhen-lamps', name: 'Shenzhen Lamp Works' },
];
