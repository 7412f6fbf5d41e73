import { ApiError } from '../apiError.ts';
import { type InstanceBook, isProvisioned, type ProvisionedInstance } from '../instance.ts';
import type { Call } from '../product.ts';

/**
 * The provisioned instance of that id in the account and region of the call.
 * @throws ApiError when there is none, or it is a serverless one
 */
export function findProvisioned(book: InstanceBook, id: string, call: Call): ProvisionedInstance {
  const instance = book.find(id);
  if (instance?.account !== call.key.account || instance.region !== call.region) {
    throw new ApiError('ResourceNotFound.InstanceNotFoundError', 'The instance does not exist.');
  }
  if (!isProvisioned(instance)) {
    throw new ApiError(
      'FailedOperation.ServerlessNotSupportedError',
      'This operation is not supported for serverless instances.',
    );
  }
  return instance;
}

/** @throws ApiError unless the instance is in one of these statuses */
export function requireStatus(instance: ProvisionedInstance, ...allowed: readonly string[]): void {
  if (allowed.includes(instance.status)) return;
  throw new ApiError(
    'OperationDenied.InstanceStatusLimitOpError',
    `The status of the instance does not allow this: ${instance.status}.`,
  );
}
