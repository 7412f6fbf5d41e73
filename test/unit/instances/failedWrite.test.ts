import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CancelledError, NetworkError, ServiceError, UnexpectedAnswerError } from '../../../src/domain/errors.ts';
import { mayHaveArrived, saysAbsent } from '../../../src/instances/failedWrite.ts';

const refused = (code: string) => new ServiceError({ action: 'A', region: 'r', code, message: 'no', requestId: 'q' });

test('the service says that an instance is not there in the words of its documents', () => {
  for (const code of [
    'ResourceNotFound',
    'ResourceNotFound.InstanceNotFoundError',
    'OperationDenied.ResourceNotFoundError',
    'OperationDenied.ResourceNotFundError',
    'InvalidParameterValue.InstanceNotExist',
    'InstanceNotExist',
  ]) {
    assert.ok(saysAbsent(refused(code)), code);
  }
  for (const code of ['', 'ResourceNotFound.VpcNotFound', 'InternalError']) assert.ok(!saysAbsent(refused(code)), code);
  assert.ok(!saysAbsent(new Error('ResourceNotFound')));
});

test('a request may have arrived when its answer was lost, and not when it was refused or never left', () => {
  const network = (arrived: boolean) =>
    new NetworkError({ action: 'A', reason: 'reset', host: 'h', mayHaveArrived: arrived, detail: 'd' });
  const strange = { action: 'A', host: 'h', httpStatus: 502, problem: 'p', requestId: '' };
  for (const error of [network(true), new UnexpectedAnswerError(strange), new CancelledError()])
    assert.ok(mayHaveArrived(error), error.name);
  for (const error of [network(false), refused('InternalError'), new Error('x')]) assert.ok(!mayHaveArrived(error));
});
