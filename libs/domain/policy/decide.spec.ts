import type { Caller } from '../decision.js';
import { specOf } from '../spec.js';
import { decidePolicy } from './decide.js';
import type { PolicyEvent } from './events.js';
import { evolvePolicy } from './evolve.js';
import { PRESETS } from './presets.js';
import { publishedPolicy, type Policy } from './state.js';

const given = specOf({ decide: decidePolicy, evolve: evolvePolicy });
const now = '2026-03-01T00:00:00.000Z';
const by = (id: string) => ({ now, caller: { role: 'policy_admin', id } satisfies Caller });
const draft = {
  type: 'DraftPolicy',
  data: { policyId: 'house', title: 'House rules', parameters: PRESETS.standard },
} as const;
const publish = (version: number) => ({ type: 'PublishPolicy', data: { version } }) as const;
const retire = (version: number) =>
  ({ type: 'RetirePolicy', data: { version, reason: 'Superseded' } }) as const;
const drafted = (version: number, draftedBy = 'A1'): PolicyEvent => ({
  type: 'PolicyDrafted',
  data: { ...draft.data, version, draftedBy },
});
const published = (version: number): PolicyEvent => ({
  type: 'PolicyPublished',
  data: { policyId: 'house', version, publishedBy: 'A2', publishedAt: now },
});
const retired = (version: number): PolicyEvent => ({
  type: 'PolicyRetired',
  data: { policyId: 'house', version, retiredBy: 'A1', reason: 'Superseded' },
});
const fold = (...events: PolicyEvent[]) => events.reduce<Policy | undefined>(evolvePolicy, undefined);

describe('Policies: drafting', () => {
  test('a policy begins with version 1, and a further draft is the next version', () => {
    given().when(draft, by('A1')).then(drafted(1));
    given(drafted(1), published(1)).when(draft, by('A1')).then(drafted(2));
  });

  test('a policy that contradicts itself is refused, with every contradiction', () => {
    const parameters = { ...PRESETS.standard, zone: 'Mars', appeal: null };
    given()
      .when({ ...draft, data: { ...draft.data, parameters } }, by('A1'))
      .thenRefused('rules', 'POLICY.ZONE_UNKNOWN', 'POLICY.FINAL_WITHOUT_APPEAL_WINDOW');
  });

  test('a draft is for the policy that it names', () => {
    given(drafted(1))
      .when({ ...draft, data: { ...draft.data, policyId: 'other' } }, by('A1'))
      .thenRefused('rules', 'POLICY.OF_ANOTHER_ID');
  });
});

describe('Policies: publishing needs a second admin', () => {
  test('another admin publishes', () => {
    given(drafted(1)).when(publish(1), by('A2')).then(published(1));
  });

  test('the one who drafted is refused', () => {
    given(drafted(1)).when(publish(1), by('A1')).thenRefused('wrong_party', 'POLICY.SECOND_ADMIN_NEEDED');
  });

  test('only a draft is published, once', () => {
    const twice = given(drafted(1), published(1))
      .when(publish(1), by('A2'))
      .thenRefused('wrong_state', 'POLICY.NOT_A_DRAFT');
    expect(twice.decision.refusal?.faults[0]).toMatchObject({
      message: 'Version 1 is PUBLISHED.',
      facts: { version: 1, status: 'PUBLISHED' },
    });
    given(drafted(1), published(1), retired(1))
      .when(publish(1), by('A2'))
      .thenRefused('wrong_state', 'POLICY.NOT_A_DRAFT');
  });

  test('a version that does not exist is not found', () => {
    const unknown = given().when(publish(1), by('A2')).thenRefused('not_found', 'POLICY.VERSION_UNKNOWN');
    expect(unknown.decision.refusal?.faults[0]).toMatchObject({
      message: 'There is no version 1 of this policy.',
      facts: { version: 1 },
    });
    given(drafted(1)).when(publish(2), by('A2')).thenRefused('not_found', 'POLICY.VERSION_UNKNOWN');
    given(drafted(1)).when(retire(2), by('A2')).thenRefused('not_found', 'POLICY.VERSION_UNKNOWN');
  });
});

describe('Policies: retiring', () => {
  test('a draft or a published version retires, once', () => {
    given(drafted(1), published(1)).when(retire(1), by('A1')).then(retired(1));
    given(drafted(1))
      .when(retire(1), by('A1'))
      .then(retired(1))
      .when(retire(1), by('A1'))
      .thenRefused('wrong_state', 'POLICY.ALREADY_RETIRED');
  });
});

describe('Rule 4: the published version that a contract is confirmed under', () => {
  test('is the highest that is published and not retired', () => {
    const version = (...events: PolicyEvent[]) => publishedPolicy(fold(...events))?.version;
    expect(publishedPolicy(undefined)).toBeUndefined();
    expect(version(drafted(1))).toBeUndefined();
    expect(version(drafted(1), published(1), drafted(2))).toBe(1);
    expect(version(drafted(1), drafted(2), published(2), published(1))).toBe(2);
    expect(version(drafted(1), published(1), drafted(2), published(2), retired(2))).toBe(1);
    expect(version(drafted(1), published(1), retired(1))).toBeUndefined();
  });

  test('or the one that is asked for, while it is published', () => {
    const policy = fold(drafted(1), published(1), drafted(2), published(2), retired(2));
    expect(publishedPolicy(policy, 1)).toEqual({
      policyId: 'house',
      version: 1,
      parameters: PRESETS.standard,
    });
    expect(publishedPolicy(policy, 2)).toBeUndefined();
    expect(publishedPolicy(policy, 3)).toBeUndefined();
  });
});
