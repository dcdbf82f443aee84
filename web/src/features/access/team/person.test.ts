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
