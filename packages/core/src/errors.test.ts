import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ClinicError, type ErrorCode, isClinicError, isErrorCode } from './errors.ts';

const codes: readonly ErrorCode[] = [
  'invalid',
  'unauthenticated',
  'forbidden',
  'not-found',
  'conflict',
  'unsupported',
  'throttled',
  'unavailable',
  'unexpected',
];

describe('ClinicError', () => {
  it('says whether the same call may succeed later', () => {
    const retryable = codes.filter((code) => new ClinicError(code, '').retryable);
    assert.deepEqual(retryable, ['throttled', 'unavailable']);
  });

  it('keeps what caused it, the fields at fault and how long to wait', () => {
    const cause = new Error('Why.');
    const error = new ClinicError('throttled', 'Too fast.', { cause, paths: [['reason']], retryAfter: 5 });
    assert.equal(error.cause, cause);
    assert.deepEqual(error.paths, [['reason']]);
    assert.equal(error.retryAfter, 5);
  });

  it('says why a field is at fault, and where all of them are', () => {
    const misfits = [{ path: ['changed', 'email'], reason: 'wrong-format' } as const];
    assert.deepEqual(new ClinicError('invalid', '', { misfits }).paths, [['changed', 'email']]);
    const { misfits: unexplained } = new ClinicError('invalid', '', { paths: [['reason']] });
    assert.deepEqual(unexplained, [{ path: ['reason'], reason: 'unknown' }]);
  });

  it('has no fields at fault and no time to wait unless told', () => {
    const error = new ClinicError('conflict', '');
    assert.deepEqual(error.paths, []);
    assert.equal(error.retryAfter, undefined);
  });
});

describe('isClinicError', () => {
  it('recognises each code, and those of another copy of this package', () => {
    for (const code of codes) {
      assert.ok(isClinicError(new ClinicError(code, '')));
      assert.ok(isClinicError(Object.assign(new Error(''), { name: 'ClinicError', code })));
    }
  });

  it('does not take anything else for one', () => {
    const others = [
      undefined,
      null,
      'ClinicError',
      new Error(''),
      { name: 'ClinicError', code: 'conflict' },
      Object.assign(new Error(''), { code: 'conflict' }),
      Object.assign(new Error(''), { name: 'ClinicError', code: 'ENOENT' }),
      Object.assign(new Error(''), { name: 'ClinicError' }),
    ];
    for (const other of others) assert.equal(isClinicError(other), false);
  });
});

describe('isErrorCode', () => {
  it('knows the nine codes and no others', () => {
    assert.ok(codes.every(isErrorCode));
    for (const other of ['', 'toString', 'constructor', 'Invalid', 409, undefined])
      assert.equal(isErrorCode(other), false);
  });
});
