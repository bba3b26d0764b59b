import { useRef } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { sawPosition } from './seen-position.js';

/** What every command carries: a key of its own, so that a repeated click is one command; the revision that was seen. */
export type CommandHeaders = Record<string, string> & {
  readonly 'Idempotency-Key': string;
  readonly 'If-Match'?: string;
};

interface Answered {
  readonly revision: string;
  readonly position: string;
}

/**
 * Sends a command of the generated client about an order, and has the order read again once it is done. The same input
 * sent again, because no answer came, is the same command.
 */
export function useCommand<Input>(
  orderId: string,
  send: (input: Input, headers: CommandHeaders) => Promise<{ readonly data: unknown }>,
  onDone?: (answer: Answered) => void,
) {
  const queries = useQueryClient();
  const last = useRef({ input: '', key: '' });
  const keyOf = (input: unknown): string => {
    const text = JSON.stringify(input);
    if (last.current.input !== text) last.current = { input: text, key: crypto.randomUUID() };
    return last.current.key;
  };
  return useMutation({
    mutationFn: async (input: Input & { readonly ifMatch?: string }) => {
      const { ifMatch, ...rest } = input;
      const headers = {
        'Idempotency-Key': keyOf(input),
        ...(ifMatch === undefined ? {} : { 'If-Match': `"${ifMatch}"` }),
      };
      return (await send(rest as unknown as Input, headers)).data as Answered;
    },
    onSuccess: async (answer) => {
      last.current = { input: '', key: '' };
      sawPosition(answer.position);
      onDone?.(answer);
      await Promise.all(
        [['order', orderId], ['worklist'], ['orders']].map((queryKey) =>
          queries.invalidateQueries({ queryKey }),
        ),
      );
    },
  });
}
