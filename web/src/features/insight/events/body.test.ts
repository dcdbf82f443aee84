import { expect, test } from 'vitest';
import { readBody } from './body';

test('a body is shown as JSON where it is some, and as it came where it is none', () => {
  expect(readBody('{"a":[1]}', 'utf-8')).toEqual({ a: [1] });
  expect(readBody('{"a":', 'utf-8')).toBe('{"a":');
  expect(readBody('"text"', 'utf-8')).toBe('"text"');
  expect(readBody('e30=', 'base64')).toBe('e30=');
});
