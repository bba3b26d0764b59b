import type { SupplierCommand } from '../../../libs/domain/supplier/commands.js';
import {
  AssessSupplierBody,
  EnrolSupplierBody,
  ReinstateSupplierBody,
  SetAssuranceLimitBody,
  SuspendSupplierBody,
} from '../bodies/supplier.js';
import type { Verb } from '../http/verb.js';

type SupplierVerb = Verb<SupplierCommand['type']>;

/** `POST /v1/suppliers` */
export const enrolSupplierVerb: SupplierVerb = {
  command: 'EnrolSupplier',
  verb: 'enrol',
  title: 'Enrol a supplier',
  body: EnrolSupplierBody,
  example: { supplierId: 'S1', name: 'Blue River Textiles', country: 'CN' },
};

/** `POST /v1/suppliers/{supplierId}/{verb}` */
export const supplierVerbs: readonly SupplierVerb[] = [
  {
    command: 'AssessSupplier',
    verb: 'assess',
    title: 'Assess the supplier',
    body: AssessSupplierBody,
    example: { tradeHistory: true, qualifications: true, legalStatus: true },
  },
  {
    command: 'SetAssuranceLimit',
    verb: 'set-assurance-limit',
    title: 'Set an assurance limit',
    body: SetAssuranceLimitBody,
    example: { limit: { amount: 750_000, currency: 'USD' } },
  },
  {
    command: 'SuspendSupplier',
    verb: 'suspend',
    title: 'Suspend the supplier',
    body: SuspendSupplierBody,
    example: { note: 'Licence expired.' },
  },
  {
    command: 'ReinstateSupplier',
    verb: 'reinstate',
    title: 'Reinstate the supplier',
    body: ReinstateSupplierBody,
    example: { note: 'Licence renewed.' },
  },
];
