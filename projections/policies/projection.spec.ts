import { PRESETS } from '../../libs/domain/policy/presets.js';
import { projecting } from '../../libs/projection/spec.js';
import { policies } from './projection.js';

const drafted = (version: number) => ({
  type: 'PolicyDrafted',
  data: { policyId: 'strict', version, title: 'Strict', parameters: PRESETS.standard, draftedBy: 'PA1' },
});
const published = (version: number) => ({
  type: 'PolicyPublished',
  data: { policyId: 'strict', version, publishedBy: 'PA2', publishedAt: '2026-01-01T00:00:00.000Z' },
});
const retired = (version: number) => ({
  type: 'PolicyRetired',
  data: { policyId: 'strict', version, retiredBy: 'PA1' },
});

describe('The list of policies', () => {
  const given = projecting(policies);

  it('has every version of a policy, and says which one new contracts are held to', () => {
    given.given(drafted(1)).thenColumns('strict', { published: null });
    given.given(drafted(1), published(1), drafted(2)).thenColumns('strict', { published: 1 });
    given
      .given(drafted(1), published(1), drafted(2), published(2), retired(2))
      .thenColumns('strict', { published: 1 });
    expect(
      given
        .given(drafted(1), published(1), drafted(2))
        .document('strict')!
        .versions.map(({ status }) => status),
    ).toEqual(['PUBLISHED', 'DRAFT']);
  });
});
