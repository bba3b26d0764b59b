import { DurationField } from '../http/validation/fields.js';

export class AdvanceBody {
  @DurationField({ example: 'P5D', description: 'ISO 8601; days of 24 hours.' })
  by: string;
}
