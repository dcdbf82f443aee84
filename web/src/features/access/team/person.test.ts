import { expect, test } from 'vitest';
import type { User } from '@/api/schema';
import { changesOf, formOf } from './person';

const user = {
  name: 'Ana',
  role: 'agent',
  sees: 'channels',
  channelIds: ['a', 'b'],
  masksPhones: false,
} as User;

test('only what changed is sent', () => {
  const form = formOf(user);
  expect(changesOf(user, form)).toEqual({});
  expect(changesOf(user, { ...form, channelIds: ['b', 'a'], name: ' Ana ' })).toEqual({});
  expect(changesOf(user, { ...form, channelIds: ['b'] })).toEqual({ sees: 'channels', channelIds: ['b'] });
  expect(changesOf(user, { ...form, sees: 'mine', role: 'viewer' })).toEqual({
    sees: 'mine',
    role: 'viewer',
  });
});

test('an API that knows no visibility is sent none', () => {
  const old = { name: 'Ana', role: 'agent' } as User;
  expect(changesOf(old, { ...formOf(old), sees: 'mine', masksPhones: true })).toEqual({});
});
