import { expect, test } from 'vitest';
import { deviceOf } from './device';

test('a browser is named in two words, a program by what it calls itself', () => {
  const edge =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0 Safari/537.36 Edg/130.0';
  const phone =
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile Safari/604.1';
  expect(deviceOf(edge)).toBe('Edge · Windows');
  expect(deviceOf(phone)).toBe('Safari · iPhone');
  expect(deviceOf('curl/8.5.0')).toBeNull();
});
