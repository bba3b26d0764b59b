/** The rules of DOMAIN.md, each in a sentence, by number: what a trace, a refusal or a replay cites. */
export const RULE_BOOK: Readonly<Record<number, string>> = {
  1: 'A supplier must be enrolled, qualified and not suspended; its assurance limit is set by risk and is public.',
  2: 'The supplier’s country must be allowed by the policy.',
  3: 'The order must reach the policy’s minimum, and its category must not be excluded.',
  4: 'One party drafts, the other confirms; confirmation freezes the terms, the policy version and the supplier’s limit.',
  5: 'Terms name a covered amount, an exact ship date, the coverage, the specification and the payments.',
  6: 'What makes a contract weak is reported before it is confirmed, and recorded with the confirmation.',
  7: 'A late supplier may ask to move the ship date; an agreed revision moves the deadline.',
  8: 'Only payments by a listed method, within its limits, are covered; others are recorded as ineligible, with the reason.',
  9: 'Payment is in milestones: the initial payment, then the balance.',
  10: 'An open dispute freezes what is held; nothing is released while frozen.',
  11: 'When the buyer wins the platform refunds first and recovers from the supplier afterwards.',
  12: 'Money is integer minor units in one currency an order: received = held + released + refunded + charged back, always.',
  13: 'The engine decides and instructs; the payment service executes and reports back. A failed refund can be retried.',
  14: 'Late shipment, quality and quantity can be claimed as the policy enables; other grounds are not covered.',
  15: 'Late shipment: the promised date and its grace have passed, and there is no shipment, or a later one.',
  16: 'A quality claim needs the safeguard and, at determination, an inspection of the kind that the policy demands.',
  17: 'A buyer who accepts goods that failed inspection waives that non-conformity, in the scope that is named.',
  18: 'There is no refund for conforming goods.',
  19: 'An unclear contract term is judged by the policy’s rule of ambiguity.',
  20: 'The award is the claim times the liability, at most the cap: the least of covered amount, supplier limit and eligible base, less prior refunds.',
  21: 'Only the buyer opens a dispute, at most one open per ground, with an amount within the cap and a statement.',
  22: 'A claim is made within the policy’s window.',
  23: 'The supplier has a fixed time to respond; silence escalates as the policy says.',
  24: 'After a refusal, or when the settlement period passes, the policy’s parties may escalate.',
  25: 'Only the counterparty accepts an offer; a new one supersedes; an accepted settlement closes the dispute and instructs the money.',
  26: 'An escalated case goes to an arbitrator without conflict, who may request evidence and commission an inspection.',
  27: 'A determination names liability, award, reasons, the evidence and terms it rests on, and the revision that was seen.',
  28: 'One appeal, in the policy’s window, decided by another arbitrator; without one the determination becomes final.',
  29: 'The inspection fee falls on the loser, or on the buyer, as the policy says.',
  30: 'After a refund the supplier owes it; its coverage shrinks until it pays, and an overdue recovery suspends it.',
  31: 'Withdrawn, settled and determined are final; lapsed and no-evidence closures may be reopened inside the window.',
  32: 'A card chargeback in parallel is recorded; refund and chargeback together never exceed the payment.',
};

/** `Rule 23: The supplier has …`. A number that the book does not have stands alone. */
export const ruleSentence = (rule: number): string =>
  RULE_BOOK[rule] === undefined ? `Rule ${rule}` : `Rule ${rule}: ${RULE_BOOK[rule]}`;
