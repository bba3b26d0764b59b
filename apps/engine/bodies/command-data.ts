import type { OrderCommand, OrderCommandOf } from '../../../libs/domain/order/commands.js';

/** What a body must hold for the command: its data less what the address says already. A body class implements it. */
export type DataOf<T extends OrderCommand['type']> = Omit<OrderCommandOf<T>['data'], 'dispute'>;
