import { expect, test } from 'vitest';
import { actionsOf } from './failures';

test('what would fail again, or be punished, is not offered to be sent again', () => {
  expect(actionsOf('wait_a_day').again).toBe(false);
  expect(actionsOf('send_template')).toEqual({ again: false, place: null, template: true });
  expect(actionsOf('change_file').again).toBe(false);
});

test('what a person mends elsewhere leads there, and is sent again afterwards', () => {
  expect(actionsOf('check_number')).toEqual({ again: true, place: 'number' });
  expect(actionsOf('check_payment')).toEqual({ again: true, place: 'manager' });
  expect(actionsOf('retry')).toEqual({ again: true, place: null });
});
