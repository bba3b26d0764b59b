import {
  ARBITRATOR,
  BUYER,
  INSPECTOR,
  PAYMENTS,
  SUPPLIER,
  TERMS,
  usd,
  type Scene,
  type Setup,
} from '../fixture/scene.js';
import { book, confirm, determine, openQuality, pay, payBalance, report, ship } from '../fixture/commands.js';
import { drafted, onTheBench, paidInFull } from '../fixture/stories.js';
import type { OrderCommandOf } from '../commands.js';

type Ruling = OrderCommandOf<'IssueDetermination'>['data'];

const rule = (scene: Scene, more: Partial<Ruling> = {}) =>
  scene.when(ARBITRATOR, determine({ terms: ['colour'], reasonCodes: ['GOODS_NONCONFORMING'], ...more }));
const AWARDED = ['DeterminationIssued', 'DeadlineMet', 'DeadlineSet'];
const claimedAfter = (scene: Scene, claim: Parameters<typeof openQuality>[0] = {}) =>
  onTheBench(
    scene
      .does(SUPPLIER, ship())
      .after('P10D')
      .does(BUYER, { type: 'ConfirmReceipt', data: {} })
      .does(BUYER, openQuality({ claimed: usd(5_000), ...claim })),
  );

describe('Unclear terms', () => {
  const unclear = { term: 'finish', conforms: false };
  const claim = { terms: ['finish'] };
  /** `finish` cannot be measured; who inspected it, and who proposed the terms that stand? */
  const failing = (
    ambiguity: 'INDUSTRY_STANDARD' | 'AGAINST_CLAIMANT' | 'AGAINST_DRAFTER',
    by: 'BUYER' | 'THIRD_PARTY' | 'PLATFORM' = 'THIRD_PARTY',
  ) =>
    claimedAfter(
      paidInFull({ policy: { ambiguity } })
        .does(BUYER, book({ by, inspectorId: by === 'BUYER' ? undefined : INSPECTOR.id }))
        .does(by === 'BUYER' ? BUYER : INSPECTOR, report({ findings: [unclear] })),
      claim,
    );

  test('rule 19: by industry standard a third party’s report decides', () => {
    rule(failing('INDUSTRY_STANDARD')).thenTypes(...AWARDED);
    rule(failing('INDUSTRY_STANDARD', 'PLATFORM')).thenTypes(...AWARDED);
    rule(failing('INDUSTRY_STANDARD', 'BUYER')).thenRefused('rules', 'NO_CLEAR_SPEC');
  });

  test('rule 19: by industry standard the buyer’s own word does not overrule the third party’s', () => {
    const scene = claimedAfter(
      paidInFull()
        .does(BUYER, book())
        .does(INSPECTOR, report({ result: 'PASS', findings: [{ term: 'finish', conforms: true }] }))
        .after('P1D')
        .does(BUYER, book({ inspectionId: 'insp-2', by: 'BUYER', inspectorId: undefined }))
        .does(BUYER, report({ inspectionId: 'insp-2', findings: [unclear] })),
      claim,
    );
    rule(scene).thenRefused('rules', 'NO_CLEAR_SPEC');
  });

  test('rule 19: by industry standard one term that a third party found wanting is enough', () => {
    const setup: Setup = {
      terms: {
        specification: [
          ...TERMS.specification,
          { id: 'feel', aspect: 'OTHER', text: 'soft', measurable: false },
        ],
      },
    };
    const scene = paidInFull(setup)
      .does(BUYER, book())
      .does(INSPECTOR, report({ findings: [unclear, { term: 'feel', conforms: true }] }))
      .after('P1D')
      .does(BUYER, book({ inspectionId: 'insp-2', by: 'BUYER', inspectorId: undefined }))
      .does(BUYER, report({ inspectionId: 'insp-2', findings: [{ term: 'feel', conforms: false }] }));
    rule(claimedAfter(scene, { terms: ['finish', 'feel'] })).thenTypes(...AWARDED);
  });

  test('rule 19: against the claimant, whoever drafted, and told so', () => {
    const scene = drafted({ policy: { ambiguity: 'AGAINST_CLAIMANT' } })
      .does(SUPPLIER, { type: 'ProposeTerms', data: { terms: TERMS } })
      .does(BUYER, confirm(TERMS))
      .does(PAYMENTS, pay())
      .does(PAYMENTS, payBalance())
      .does(BUYER, book())
      .does(INSPECTOR, report({ findings: [unclear] }));
    const { refusal } = rule(claimedAfter(scene, claim)).thenRefused('rules', 'NO_CLEAR_SPEC').decision;
    expect(refusal?.faults[0]?.facts).toEqual({
      ambiguity: 'AGAINST_CLAIMANT',
      terms: ['finish'],
      draftedBy: 'supplier',
    });
  });

  test('rule 19: against the claimant, whoever inspected', () => {
    rule(failing('AGAINST_CLAIMANT')).thenRefused('rules', 'NO_CLEAR_SPEC');
    rule(
      claimedAfter(
        paidInFull({ preset: 'current' })
          .does(BUYER, book())
          .does(INSPECTOR, report({ findings: [unclear] })),
        claim,
      ),
    ).thenRefused('rules', 'NO_CLEAR_SPEC');
  });

  test('rule 19: against the party whose terms stand', () => {
    rule(failing('AGAINST_DRAFTER')).thenRefused('rules', 'NO_CLEAR_SPEC');
    // The buyer drafted the order; the wording that stands is the supplier's.
    const setup: Setup = { policy: { ambiguity: 'AGAINST_DRAFTER' } };
    const scene = drafted(setup)
      .does(SUPPLIER, { type: 'ProposeTerms', data: { terms: TERMS } })
      .does(BUYER, confirm(TERMS))
      .does(PAYMENTS, pay())
      .does(PAYMENTS, payBalance())
      .does(BUYER, book())
      .does(INSPECTOR, report({ findings: [unclear] }));
    rule(claimedAfter(scene, claim)).thenTypes(...AWARDED);
  });

  test('rule 19: a clear term beside an unclear one carries the claim', () => {
    const scene = claimedAfter(
      paidInFull({ policy: { ambiguity: 'AGAINST_CLAIMANT' } })
        .does(BUYER, book())
        .does(INSPECTOR, report({ findings: [unclear, { term: 'colour', conforms: false }] })),
      { terms: ['finish', 'colour'] },
    );
    rule(scene).thenTypes(...AWARDED);
  });
});
