import { expect, test } from 'vitest';
import type { TimelineLine } from '@/api/schema';
import { filtered, saidBy } from './timeline';

const line = (type: string, metadata: object = {}) =>
  ({
    id: type,
    at: '2026-09-21T12:00:00.000Z',
    description: 'as the API says',
    type,
    metadata,
  }) as TimelineLine;
const lines = [line('message_received'), line('stage_changed'), line('something_new')];

test('a kind of line that is not known yet stands without a filter, and has no words of ours', () => {
  expect(filtered(lines, [])).toHaveLength(3);
  expect(filtered(lines, ['messages', 'stages']).map(({ id }) => id)).toEqual([
    'message_received',
    'stage_changed',
  ]);
  expect(saidBy(line('something_new'))).toBeNull();
});

test('taking a conversation from a colleague is not an assignment', () => {
  const said = saidBy(line('assigned', { from: 'usr_1', to: null, by: 'usr_2' }));
  expect(said).toEqual({ key: 'unassigned', by: 'usr_2' });
});
