import type { Fault } from '../../../kernel/problem.js';
import type { PolicyParameters } from '../parameters.js';

/** Choices that exclude one another. */
export function ruleFaults(parameters: PolicyParameters): Fault[] {
  return [
    ...groundFaults(parameters),
    ...windowFaults(parameters),
    ...escalationFaults(parameters),
    ...appealFaults(parameters),
    ...inspectionFaults(parameters),
    ...countryFaults(parameters),
  ];
}

const fault = (code: string, rule: number, at: string, message: string, facts?: Fault['facts']): Fault => ({
  code: `POLICY.${code}`,
  message,
  rule,
  pointer: `/parameters/${at}`,
  ...(facts === undefined ? {} : { facts }),
});

/** Rule 14: two grounds always; others by policy; some by none. */
function groundFaults({ grounds }: PolicyParameters): Fault[] {
  return [
    ...(['LATE_SHIPMENT', 'QUALITY'] as const)
      .filter((ground) => !grounds.includes(ground))
      .map((ground) => fault('GROUND_MISSING', 14, 'grounds', `${ground} is always a ground.`, { ground })),
    ...grounds.flatMap((ground, index) =>
      ground === 'NOT_RECEIVED' || ground === 'OTHER'
        ? [fault('GROUND_NOT_COVERED', 14, `grounds/${index}`, `No policy covers ${ground}.`, { ground })]
        : [],
    ),
  ];
}

/** Rule 22. */
function windowFaults({ claimWindow: { anchor, period } }: PolicyParameters): Fault[] {
  if (anchor === 'SHIPMENT') {
    return period === null
      ? []
      : [
          fault(
            'WINDOW_WITHOUT_ANCHOR',
            22,
            'claimWindow/period',
            'A window until shipment ends with the shipment: a period has nothing to start at.',
            { anchor, period },
          ),
        ];
  }
  return period !== null
    ? []
    : [
        fault('WINDOW_WITHOUT_PERIOD', 22, 'claimWindow/period', `A window after ${anchor} needs a period.`, {
          anchor,
        }),
      ];
}

/** Rule 23. */
function escalationFaults({ silence, autoEscalation }: PolicyParameters): Fault[] {
  return silence === 'AWAIT_AUTO_ESCALATION' && autoEscalation === null
    ? [
        fault(
          'SILENCE_AWAITS_NOTHING',
          23,
          'silence',
          'Silence awaits the automatic escalation, and there is none.',
        ),
      ]
    : [];
}

/** Rule 28. */
function appealFaults({ appeal, determinationFinal }: PolicyParameters): Fault[] {
  return determinationFinal === 'APPEAL_WINDOW' && appeal === null
    ? [
        fault(
          'FINAL_WITHOUT_APPEAL_WINDOW',
          28,
          'determinationFinal',
          'A determination cannot become final with the appeal window: there is no appeal.',
        ),
      ]
    : [];
}

/** Rule 16. */
function inspectionFaults({ preShipmentInspection, postDeliveryInspection }: PolicyParameters): Fault[] {
  return preShipmentInspection.length === 0 && postDeliveryInspection === 'NOT_APPLICABLE'
    ? [
        fault(
          'NO_INSPECTION_COUNTS',
          16,
          'preShipmentInspection',
          'Quality can be claimed, and no inspection would count for it.',
        ),
      ]
    : [];
}

/** Rule 2. */
function countryFaults({ supplierCountries: { mode, countries } }: PolicyParameters): Fault[] {
  return mode === 'ALLOW' && countries.length === 0
    ? [fault('NO_COUNTRY_ALLOWED', 2, 'supplierCountries/countries', 'No supplier could come from anywhere.')]
    : [];
}
