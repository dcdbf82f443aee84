import { expect, test } from 'vitest';
import { ApiError } from '@/api/problem';
import { advance, progressOf, triesUploadAgain, type Step, type Upload } from './upload';

const refused = new ApiError('/problems/invalid-input', 422, 'Too large', '');
const noAnswer = new ApiError('network', 0, '', '');
const after = (...steps: Step[]): Upload => steps.reduce<Upload>(advance, { state: 'waiting' });

test('a file is prepared, sent and done', () => {
  expect(after({ step: 'begin' })).toEqual({ state: 'preparing' });
  const half = after({ step: 'begin' }, { step: 'progress', sent: 5, total: 10 });
  expect(progressOf(half)).toBe(0.5);
  expect(advance(half, { step: 'done', mediaId: 'med_1' })).toEqual({ state: 'done', mediaId: 'med_1' });
});

test('the bar never goes back, also when a second try begins', () => {
  const upload = after(
    { step: 'begin' },
    { step: 'progress', sent: 8, total: 10 },
    { step: 'progress', sent: 1, total: 10 },
  );
  expect(progressOf(upload)).toBe(0.8);
});

test('what was cancelled stays cancelled, whatever the network still says', () => {
  const cancelled = after({ step: 'begin' }, { step: 'cancel' });
  expect(advance(cancelled, { step: 'progress', sent: 1, total: 2 })).toEqual({ state: 'cancelled' });
  expect(advance(cancelled, { step: 'done', mediaId: 'med_1' })).toEqual({ state: 'cancelled' });
  expect(advance(cancelled, { step: 'fail', error: noAnswer })).toEqual({ state: 'cancelled' });
});

test('what is done cannot be cancelled: the message is on its way', () => {
  const done = after({ step: 'begin' }, { step: 'done', mediaId: 'med_1' });
  expect(advance(done, { step: 'cancel' })).toBe(done);
});

test('only what failed is tried again', () => {
  const failed = after({ step: 'begin' }, { step: 'fail', error: noAnswer });
  expect(advance(failed, { step: 'retry' })).toEqual({ state: 'waiting' });
  const running = after({ step: 'begin' });
  expect(advance(running, { step: 'retry' })).toBe(running);
});

test('a lost connection is tried three times, a refusal never', () => {
  expect(triesUploadAgain(2, noAnswer)).toBe(true);
  expect(triesUploadAgain(3, noAnswer)).toBe(false);
  expect(triesUploadAgain(0, refused)).toBe(false);
});
