import { isId } from '../../../libs/kernel/ids.js';
import type { ApiRequest } from './api-request.js';
import { problem } from './problem.js';

/** An id in the address. What can be no id does not exist. */
export function idIn({ params }: ApiRequest, name: string): string {
  const id = params[name];
  if (!isId(id))
    throw problem(404, 'REQUEST.NO_SUCH_ADDRESS', 'There is nothing at this address.', `/path/${name}`);
  return id;
}

/** The number of a dispute, or of another thing that is counted, in the address. */
export function ordinalIn({ params }: ApiRequest, name: string): number {
  const text = params[name] ?? '';
  if (!/^[1-9]\d{0,6}$/.test(text)) {
    throw problem(404, 'REQUEST.NO_SUCH_ADDRESS', 'There is nothing at this address.', `/path/${name}`);
  }
  return Number(text);
}
