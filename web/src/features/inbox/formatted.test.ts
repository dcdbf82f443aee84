import { expect, test } from 'vitest';
import { formatted } from './formatted';

test('the signs of WhatsApp become marks, and only around words', () => {
  expect(formatted('a *bold* and _it_ and 2*3*4')).toEqual([
    { text: 'a ' },
    { text: 'bold', mark: 'bold' },
    { text: ' and ' },
    { text: 'it', mark: 'italic' },
    { text: ' and 2*3*4' },
  ]);
});

test('only addresses of the web become links, without the sentence around them', () => {
  expect(formatted('see https://example.com/a?b=c.')).toEqual([
    { text: 'see ' },
    { text: 'https://example.com/a?b=c', href: 'https://example.com/a?b=c' },
    { text: '.' },
  ]);
  expect(formatted('javascript:alert(1) <script>')).toEqual([{ text: 'javascript:alert(1) <script>' }]);
});
