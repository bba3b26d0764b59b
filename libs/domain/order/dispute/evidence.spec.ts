import type { Caller } from '../../decision.js';
import {
  EXPIRE,
  assign,
  commission,
  determine,
  escalate,
  evidence,
  nothing,
  open,
  openQuality,
  recuse,
  reject,
  requestEvidence,
  withdraw,
} from '../fixture/commands.js';
import {
  AGENT,
  APPEAL,
  ARBITRATOR,
  BUYER,
  CLOCK,
  INSPECTOR,
  LOGISTICS,
  SUPPLIER,
  deadlinesOf,
  eventsOf,
  typesOf,
  usd,
  type Scene,
  type Setup,
} from '../fixture/scene.js';
import {
  determined,
  disputed,
  escalated,
  lateInFull,
  onTheBench,
  received,
  underAppeal,
} from '../fixture/stories.js';
import { decideAppeal } from '../fixture/commands.js';

describe('Evidence', () => {
  test('rule 26: by whoever has something to show, numbered, with its hash', () => {
    const scene = onTheBench();
    const inspected = scene.does(ARBITRATOR, commission());
    const by = (caller: Caller) =>
      eventsOf(inspected.does(caller, evidence()).events, 'EvidenceSubmitted')[0];
    scene.when(INSPECTOR, evidence()).thenRefused('not_found', 'ORDER.NOT_FOUND');
    for (const caller of [BUYER, SUPPLIER, AGENT, INSPECTOR, LOGISTICS, ARBITRATOR]) {
      expect(by(caller)).toMatchObject({
        evidence: 1,
        by: caller.role,
        author: caller.id,
        sha256: 'a'.repeat(64),
        request: null,
        terms: [],
      });
    }
    scene
      .when({ role: 'arbitrator', id: 'A9' }, evidence())
      .thenRefused('wrong_party', 'ARBITRATOR.NOT_ASSIGNED');
    scene.when({ role: 'auditor', id: 'X' }, evidence()).thenRefused('wrong_party', 'COMMAND.NOT_YOURS');
    scene.when({ role: 'buyer', id: 'B2' }, evidence()).thenRefused('not_found', 'ORDER.NOT_FOUND');
    expect(
      scene
        .does(BUYER, evidence())
        .does(SUPPLIER, evidence())
        .dispute.evidence.map(({ evidence: number }) => number),
    ).toEqual([1, 2]);
  });

  test('rule 26: sealed for whom it says', () => {
    const [sealed] = eventsOf(
      disputed().does(BUYER, evidence({ sealedTo: ['buyer'], terms: ['colour'] })).events,
      'EvidenceSubmitted',
    );
    expect(sealed).toMatchObject({ sealedTo: ['buyer'], terms: ['colour'] });
  });

  test('rule 26: until the ruling, and again under appeal', () => {
    for (const scene of [disputed(), escalated(), onTheBench(), underAppeal()]) {
      expect(typesOf(scene.does(BUYER, evidence()).events)).toEqual(['EvidenceSubmitted']);
    }
    expect(eventsOf(underAppeal().does(APPEAL, evidence()).events, 'EvidenceSubmitted')).toMatchObject([
      { by: 'arbitrator' },
    ]);
    underAppeal()
      .when({ ...APPEAL, id: 'A9' }, evidence())
      .thenRefused('wrong_party', 'ARBITRATOR.NOT_ASSIGNED');
    determined().when(BUYER, evidence()).thenRefused('wrong_state', 'DISPUTE.WRONG_STATE');
    disputed()
      .does(BUYER, withdraw())
      .when(BUYER, evidence())
      .thenRefused('wrong_state', 'DISPUTE.WRONG_STATE');
  });

  test('rule 26: what the policy accepts: kinds, media types, sizes, and so much a party', () => {
    const policy: Setup['policy'] = {
      evidenceKinds: ['PHOTO'],
      evidenceLimits: { maxFileBytes: 1_000, maxPartyBytes: 1_500, mediaTypes: ['image/jpeg'] },
    };
    const scene = disputed({ policy });
    scene.when(BUYER, evidence({ size: 1_001 })).thenRefused('rules', 'EVIDENCE.FILE_TOO_LARGE');
    scene.when(BUYER, evidence({ size: 0 })).thenRefused('rules', 'EVIDENCE.EMPTY');
    scene
      .when(BUYER, evidence({ kind: 'CORRESPONDENCE' }))
      .thenRefused('rules', 'EVIDENCE.KIND_NOT_ACCEPTED');
    scene
      .when(BUYER, evidence({ mediaType: 'image/svg+xml' }))
      .thenRefused('rules', 'EVIDENCE.MEDIA_TYPE_NOT_ACCEPTED');
    scene.when(BUYER, evidence({ terms: ['smell'] })).thenRefused('rules', 'EVIDENCE.UNKNOWN_TERM');
    scene
      .when(BUYER, evidence({ size: 9_999, kind: 'OTHER', mediaType: 'text/html' }))
      .thenRefused(
        'rules',
        'EVIDENCE.FILE_TOO_LARGE',
        'EVIDENCE.QUOTA_EXCEEDED',
        'EVIDENCE.KIND_NOT_ACCEPTED',
        'EVIDENCE.MEDIA_TYPE_NOT_ACCEPTED',
      );
    const one = scene.does(BUYER, evidence());
    one.when(BUYER, evidence({ size: 501 })).thenRefused('rules', 'EVIDENCE.QUOTA_EXCEEDED');
    one.when(BUYER, evidence({ size: 500 })).thenTypes('EvidenceSubmitted');
    one.when(SUPPLIER, evidence()).thenTypes('EvidenceSubmitted');
    const { refusal } = scene.when(BUYER, evidence({ terms: ['smell', 'taste'] })).decision;
    expect(refusal?.faults[0]?.message).toBe('The contract has no term smell, taste.');
  });
});

describe('Requests', () => {
  test('rule 26: the sitting arbitrator asks either party, with a deadline, for what the policy accepts', () => {
    const scene = onTheBench().does(ARBITRATOR, requestEvidence('supplier'));
    expect(typesOf(scene.events)).toEqual(['EvidenceRequested', 'DeadlineSet']);
    expect(scene.dispute).toMatchObject({
      status: 'EVIDENCE_PENDING',
      requests: [{ request: 1, from: 'supplier', state: 'OPEN' }],
    });
    expect(deadlinesOf(scene, 'Evidence')).toMatchObject([
      { deadline: 'Evidence.1.1', dueAt: '2026-04-06T00:00:00.000Z' },
    ]);
    expect(eventsOf(scene.events, 'DeadlineSet')).toMatchObject([{ period: 'P5D', subject: '1' }]);
    expect(eventsOf(scene.events, 'EvidenceRequested')).toMatchObject([
      { dueAt: '2026-04-06T00:00:00.000Z', by: 'A1' },
    ]);
    scene.when(ARBITRATOR, determine()).thenRefused('wrong_state', 'DISPUTE.WRONG_STATE');
    onTheBench()
      .when({ role: 'arbitrator', id: 'A9' }, requestEvidence('buyer'))
      .thenRefused('wrong_party', 'ARBITRATOR.NOT_ASSIGNED');
    escalated().when(ARBITRATOR, requestEvidence('buyer')).thenRefused('wrong_state', 'DISPUTE.WRONG_STATE');
    const { refusal } = onTheBench(disputed({ policy: { evidenceKinds: ['PHOTO'] } }))
      .when(ARBITRATOR, requestEvidence('buyer', { kinds: ['PHOTO', 'OTHER', 'SPECIFICATION'] }))
      .thenRefused('rules', 'EVIDENCE.KIND_NOT_ACCEPTED').decision;
    expect(refusal?.faults[0]?.message).toBe('The policy accepts no OTHER, SPECIFICATION.');
  });

  test('rule 26: the party that was asked answers, with what was asked for', () => {
    const scene = onTheBench().does(ARBITRATOR, requestEvidence('supplier'));
    scene.when(BUYER, evidence({ request: 1 })).thenRefused('rules', 'EVIDENCE.ASKED_OF_ANOTHER');
    const { refusal } = onTheBench()
      .does(ARBITRATOR, requestEvidence('supplier', { kinds: ['PHOTO', 'SPECIFICATION'] }))
      .when(SUPPLIER, evidence({ request: 1, kind: 'OTHER' }))
      .thenRefused('rules', 'EVIDENCE.ANOTHER_KIND_ASKED').decision;
    expect(refusal?.faults[0]?.message).toBe('Asked for: PHOTO, SPECIFICATION.');
    scene
      .when(BUYER, evidence({ request: 1, kind: 'OTHER' }))
      .thenRefused('rules', 'EVIDENCE.ASKED_OF_ANOTHER', 'EVIDENCE.ANOTHER_KIND_ASKED');
    scene.when(SUPPLIER, evidence({ request: 2 })).thenRefused('rules', 'EVIDENCE.NO_OPEN_REQUEST');
    expect(scene.does(SUPPLIER, evidence()).dispute.status).toBe('EVIDENCE_PENDING');
    const answered = scene.does(SUPPLIER, evidence({ request: 1 }));
    expect(typesOf(answered.events)).toEqual(['EvidenceSubmitted', 'DeadlineMet']);
    expect(answered.dispute).toMatchObject({
      status: 'UNDER_DETERMINATION',
      requests: [{ state: 'ANSWERED' }],
    });
    answered.when(SUPPLIER, evidence({ request: 1 })).thenRefused('rules', 'EVIDENCE.NO_OPEN_REQUEST');
    const anyKind = onTheBench().does(ARBITRATOR, requestEvidence('supplier', { kinds: [] }));
    anyKind
      .when(SUPPLIER, evidence({ request: 1, kind: 'OTHER' }))
      .thenTypes('EvidenceSubmitted', 'DeadlineMet');
  });

  test('rule 26: pending as long as one request is open', () => {
    const scene = onTheBench()
      .does(ARBITRATOR, requestEvidence('supplier'))
      .does(ARBITRATOR, requestEvidence('buyer'));
    const one = scene.does(SUPPLIER, evidence({ request: 1 }));
    expect(one.dispute.status).toBe('EVIDENCE_PENDING');
    expect(deadlinesOf(one, 'Evidence')).toMatchObject([
      { subject: '1', state: 'MET' },
      { subject: '2', state: 'OPEN' },
    ]);
    expect(deadlinesOf(one, 'DeterminationDue')).toMatchObject([{ state: 'OPEN' }]);
    expect(one.does(BUYER, evidence({ request: 2 })).dispute.status).toBe('UNDER_DETERMINATION');
  });

  test('rule 26: an answer in one dispute ends no time in another', () => {
    const both = onTheBench(lateInFull().does(BUYER, open()))
      .does(BUYER, openQuality())
      .does(SUPPLIER, reject(2))
      .does(BUYER, escalate(2))
      .does(AGENT, assign(ARBITRATOR.id, undefined, 2))
      .does(ARBITRATOR, requestEvidence('supplier'))
      .does(ARBITRATOR, requestEvidence('supplier', { dispute: 2 }));
    const one = both.does(SUPPLIER, evidence({ request: 1, dispute: 2 }));
    expect(deadlinesOf(one, 'Evidence')).toMatchObject([
      { dispute: 1, state: 'OPEN' },
      { dispute: 2, state: 'MET' },
    ]);
  });

  test('rule 26: what the claimant misses closes the claim, one second too late is too late', () => {
    const scene = onTheBench().does(ARBITRATOR, requestEvidence('buyer'));
    scene
      .at('2026-04-05T23:59:59.000Z')
      .when(BUYER, evidence({ request: 1 }))
      .thenTypes('EvidenceSubmitted', 'DeadlineMet');
    const late = scene.at('2026-04-06T00:00:01.000Z');
    late.when(BUYER, evidence({ request: 1 })).thenRefused('wrong_state', 'DISPUTE.WRONG_STATE');
    const closed = late.does(CLOCK, EXPIRE);
    expect(eventsOf(closed.events, 'DisputeClosed')).toMatchObject([
      { outcome: 'NO_EVIDENCE', award: usd(0), closedAt: '2026-04-06T00:00:00.000Z' },
    ]);
    expect(typesOf(closed.events)).not.toContain('RefundInstructed');
  });

  test('rule 26: of several requests, the one that was missed says whose it was', () => {
    const asked = (first: 'buyer' | 'supplier', second: 'buyer' | 'supplier') =>
      onTheBench()
        .does(ARBITRATOR, requestEvidence(first))
        .after('P1D')
        .does(ARBITRATOR, requestEvidence(second));
    const answered = (scene: Scene, caller: Caller) =>
      scene
        .does(caller, evidence({ request: 1 }))
        .after('P5D')
        .does(CLOCK, EXPIRE).dispute;
    expect(answered(asked('supplier', 'buyer'), SUPPLIER).closed?.outcome).toBe('NO_EVIDENCE');
    expect(answered(asked('buyer', 'supplier'), BUYER).status).toBe('UNDER_DETERMINATION');
  });

  test('rule 26: what the supplier misses is decided on the file', () => {
    const scene = onTheBench().does(ARBITRATOR, requestEvidence('supplier')).after('P5D').does(CLOCK, EXPIRE);
    expect(typesOf(scene.events)).toEqual(['DeadlineExpired']);
    expect(scene.dispute).toMatchObject({ status: 'UNDER_DETERMINATION', requests: [{ state: 'MISSED' }] });
    scene.when(ARBITRATOR, determine()).thenTypes('DeterminationIssued', 'DeadlineMet', 'DeadlineSet');
    scene.when(SUPPLIER, evidence({ request: 1 })).thenRefused('rules', 'EVIDENCE.NO_OPEN_REQUEST');
  });

  test('rule 26: and the claimant’s too, where the policy says so', () => {
    const scene = onTheBench(disputed({ policy: { missedEvidence: 'DECIDE_ON_FILE' } }))
      .does(ARBITRATOR, requestEvidence('buyer'))
      .after('P5D')
      .does(CLOCK, EXPIRE);
    expect(scene.dispute.status).toBe('UNDER_DETERMINATION');
  });

  test('rules 26 and 28: under appeal it is always decided on the file: there is a ruling to uphold', () => {
    const scene = underAppeal().does(APPEAL, requestEvidence('buyer'));
    expect(scene.dispute.status).toBe('UNDER_APPEAL');
    const missed = scene.after('P5D').does(CLOCK, EXPIRE);
    expect(typesOf(missed.events)).toEqual(['DeadlineExpired']);
    expect(missed.does(APPEAL, decideAppeal()).dispute.closed).toMatchObject({
      outcome: 'REFUNDED',
      award: 300_000,
    });
  });

  test('rule 26: requests outlive the arbitrator who made them', () => {
    const scene = onTheBench().does(ARBITRATOR, requestEvidence('supplier')).does(ARBITRATOR, recuse());
    expect(scene.dispute.status).toBe('ESCALATED');
    expect(scene.does(AGENT, assign('A5')).dispute.status).toBe('EVIDENCE_PENDING');
    const answered = scene.does(SUPPLIER, evidence({ request: 1 }));
    expect(answered.dispute.status).toBe('ESCALATED');
    expect(answered.does(AGENT, assign('A5')).dispute.status).toBe('UNDER_DETERMINATION');
  });

  test('rule 26: a decided case waits for nothing', () => {
    const scene = determined(received().does(BUYER, openQuality()), { ...nothing, terms: ['colour'] });
    expect(
      scene.order.deadlines
        .filter(({ state, dispute }) => state === 'OPEN' && dispute === 1)
        .map(({ kind }) => kind),
    ).toEqual(['Appeal']);
  });
});
