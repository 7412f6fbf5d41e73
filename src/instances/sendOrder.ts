import type { ChangeOrder } from '../domain/changeOrder.ts';
import type { Accepted, Management } from '../domain/ports.ts';
import type { InstanceOperation } from './operation.ts';

/** The one request that an order is. */
export function sendOrder(
  management: Management,
  { region, instanceId: id }: InstanceOperation,
  order: ChangeOrder,
  signal: AbortSignal,
): Promise<Accepted> {
  switch (order.kind) {
    case 'restart':
      return management.restart(region, id, signal);
    case 'isolate':
      return management.isolate(region, id, signal);
    case 'restore':
      return management.restore(region, id, signal);
    case 'protect':
      return management.setDeletionProtection(region, id, true, signal);
    case 'unprotect':
      return management.setDeletionProtection(region, id, false, signal);
    case 'rename':
      return management.rename(region, id, order.name, signal);
    case 'resize':
      return management.resize(region, id, order.size, order.at, signal);
    case 'resetPassword':
      return management.resetPassword(region, id, order.account, order.password, signal);
    case 'createAccount':
      return management.createAccount(region, id, order.account, signal);
    case 'deleteAccount':
      return management.deleteAccount(region, id, order.account, signal);
    case 'createDatabase':
      return management.createDatabase(region, id, order.database, signal);
    case 'deleteDatabase':
      return management.deleteDatabase(region, id, order.database, signal);
  }
}
