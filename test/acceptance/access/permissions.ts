import type { Role } from '../../../libs/domain/vocabulary.js';

/**
 * Who may do what at all: DOMAIN.md's "Who acts", its commands and its rules, written down by hand and from nothing that
 * the engine reads, so that it can disagree. `arbitrator:own` acts in the cases only that it is assigned to; buyers,
 * suppliers and inspectors in any case on their own orders alone.
 */
const PARTIES = 'buyer supplier';
const BENCH = 'arbitrator:own appeal_arbitrator:own';
const OFFICE = 'agent arbitrator appeal_arbitrator risk policy_admin auditor';
const EVERY_ROLE = `${PARTIES} inspector payments logistics ${OFFICE}`;
/** No token is asked for. */
const PUBLIC = 'public';

const order = (who: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(who).map(([verb, roles]) => [`POST /v1/orders/:orderId/${verb}`, roles]));
const dispute = (who: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(who).map(([verb, roles]) => [`POST /v1/orders/:orderId/disputes/:dispute/${verb}`, roles]),
  );

export const PERMISSIONS: Readonly<Record<string, string>> = {
  // Contract (rules 4 to 7): buyer or supplier drafts, the other confirms.
  'POST /v1/orders': PARTIES,
  ...order({
    'propose-terms': PARTIES,
    'confirm-contract': PARTIES,
    'request-ship-date-revision': 'supplier',
    'agree-ship-date-revision': 'buyer',
    'decline-ship-date-revision': 'buyer',
    cancel: `${PARTIES} agent`,
    complete: 'buyer',
    'leave-feedback': PARTIES,
  }),
  // Money (rule 13): the payment service executes and reports back.
  ...order({
    'record-payment': 'payments',
    'record-release': 'payments',
    'record-refund': 'payments',
    'retry-refund': 'payments agent',
    'record-fee': 'payments',
    'report-chargeback': 'payments',
    'record-recovery': 'payments',
    'write-off-recovery': 'agent risk',
  }),
  // Goods: the carrier or customs feed says what came when; the buyer, what it received and accepts (rule 17).
  ...order({
    'record-shipment': 'supplier logistics',
    'record-customs-clearance': 'logistics',
    'confirm-receipt': 'buyer',
    'waive-nonconformity': 'buyer',
    'book-inspection': `${PARTIES} agent`,
    'report-inspection': 'inspector buyer agent',
    'extend-deadline': 'agent',
  }),
  // Disputes (rules 21 to 31).
  ...order({ disputes: 'buyer' }),
  ...dispute({
    'amend-claim': 'buyer',
    respond: 'supplier',
    'propose-settlement': PARTIES,
    'accept-settlement': PARTIES,
    'reject-settlement': PARTIES,
    'post-message': `${PARTIES} agent ${BENCH}`,
    'submit-evidence': `${PARTIES} agent inspector logistics ${BENCH}`,
    'evidence-files': `${PARTIES} agent inspector logistics ${BENCH}`,
    'change-evidence-seal': BENCH,
    'request-evidence': BENCH,
    escalate: PARTIES,
    'assign-arbitrator': 'agent',
    'recuse-arbitrator': `agent ${BENCH}`,
    'commission-inspection': BENCH,
    'issue-determination': 'arbitrator:own',
    'lodge-appeal': PARTIES,
    'decide-appeal': 'appeal_arbitrator:own',
    withdraw: 'buyer',
    reopen: 'buyer',
  }),
  // Everybody who may see an order may see all of it but what is sealed.
  'GET /v1/orders': EVERY_ROLE,
  'GET /v1/orders/:orderId': EVERY_ROLE,
  'GET /v1/orders/:orderId/events': EVERY_ROLE,
  'GET /v1/orders/:orderId/timeline': EVERY_ROLE,
  'GET /v1/case-files': EVERY_ROLE,
  'GET /v1/case-files/:orderId/:dispute': EVERY_ROLE,
  'GET /v1/orders/:orderId/disputes/:dispute/explanation': EVERY_ROLE,
  'GET /v1/worklist': EVERY_ROLE,
  'GET /v1/orders/:orderId/disputes/:dispute/evidence-files': `${PARTIES} agent inspector logistics ${BENCH}`,
  'GET /v1/orders/:orderId/disputes/:dispute/evidence/:evidence/file': `${PARTIES} agent auditor ${BENCH}`,
  // An inspector is shown the orders that it inspects, and no others' course.
  'GET /v1/events': `${PARTIES} payments logistics ${OFFICE}`,
  // Rule 1: standing, limits and record are public; so are the policies and who is accredited, to whoever has a token.
  'POST /v1/suppliers': 'supplier agent risk',
  'POST /v1/suppliers/:supplierId/assess': 'risk',
  'POST /v1/suppliers/:supplierId/set-assurance-limit': 'risk',
  'POST /v1/suppliers/:supplierId/suspend': 'risk',
  'POST /v1/suppliers/:supplierId/reinstate': 'risk',
  'GET /v1/suppliers': EVERY_ROLE,
  'GET /v1/suppliers/:supplierId': EVERY_ROLE,
  'GET /v1/suppliers/:supplierId/record': EVERY_ROLE,
  'POST /v1/policies': 'policy_admin',
  'POST /v1/policies/:policyId/draft': 'policy_admin',
  'POST /v1/policies/:policyId/publish': 'policy_admin',
  'POST /v1/policies/:policyId/retire': 'policy_admin',
  'GET /v1/policies': EVERY_ROLE,
  'GET /v1/policies/:policyId': EVERY_ROLE,
  'POST /v1/inspectors': 'agent risk policy_admin',
  'POST /v1/inspectors/:inspectorId/withdraw-accreditation': 'agent risk policy_admin',
  'GET /v1/inspectors': EVERY_ROLE,
  'GET /v1/inspectors/:inspectorId': EVERY_ROLE,
  // Figures over everybody's disputes are the platform's.
  'GET /v1/dispute-metrics': OFFICE,
  'GET /v1/overview': OFFICE,
  'GET /v1/present': EVERY_ROLE,
  // The sandbox's clock, where there is one.
  'GET /v1/test-clock': EVERY_ROLE,
  'POST /v1/test-clock/advance': EVERY_ROLE,
  // Before anybody has a token, and what machines ask for that have none: nothing about orders or people.
  'GET /v1/sign-in': PUBLIC,
  'POST /v1/sign-in/demo': PUBLIC,
  'GET /health/live': PUBLIC,
  'GET /health/ready': PUBLIC,
  'GET /metrics': PUBLIC,
  'GET /openapi.json': PUBLIC,
  'GET /docs': PUBLIC,
  'GET /docs/start.js': PUBLIC,
  'GET /docs/assets/*': PUBLIC,
};

/** For these an order of others does not exist. */
export const isOutsider = (role: Role): boolean =>
  role === 'buyer' || role === 'supplier' || role === 'inspector';

export const isPublic = (route: string): boolean => PERMISSIONS[route] === PUBLIC;

/** Whether the role may use the route on anything, on what is its own only, or not at all. */
export function reachOf(route: string, role: Role): 'any' | 'own' | 'none' {
  const words = (PERMISSIONS[route] ?? '').split(' ');
  if (words.includes(role)) return 'any';
  return words.includes(`${role}:own`) ? 'own' : 'none';
}

/** Whom evidence under seal is told, of those who may see the order: sealed to the supplier, who submitted it. */
export const opensSealOfSupplier = (role: Role): boolean =>
  role === 'supplier' || role === 'arbitrator' || role === 'appeal_arbitrator' || role === 'auditor';
