import { isCancelled, NetworkError, ServiceError, UnexpectedAnswerError } from '../domain/errors.ts';

/** True when nobody can tell from this error whether the request was carried out: its answer was lost. */
export function mayHaveArrived(error: Error): boolean {
  if (error instanceof NetworkError) return error.mayHaveArrived;
  return error instanceof UnexpectedAnswerError || isCancelled(error);
}

/** The codes for an instance that is not there (lists of the actions that change one; one is misspelt there). */
const absent: ReadonlySet<string> = new Set([
  'ResourceNotFound',
  'ResourceNotFound.InstanceNotFoundError',
  'OperationDenied.ResourceNotFoundError',
  'OperationDenied.ResourceNotFundError',
  'InvalidParameterValue.InstanceNotExist',
  'InstanceNotExist',
]);

/** The codes for a name that is taken (list of the action that creates a serverless instance). */
const nameTaken: ReadonlySet<string> = new Set([
  'InvalidParameter.InstanceNameExist',
  'InvalidParameterValue.InstanceNameExist',
]);

/** True when the service refused because there is an instance of that name. */
export function saysNameTaken(error: Error): boolean {
  return error instanceof ServiceError && nameTaken.has(error.code);
}

/** True when the service broke down over the request, and nobody knows how far it had come by then. */
export function brokeDown(error: Error): boolean {
  return error instanceof ServiceError && /^InternalError(\.|$)/.test(error.code);
}

/** True when the service refused because the instance does not exist any more. */
export function saysAbsent(error: Error): boolean {
  return error instanceof ServiceError && absent.has(error.code);
}
