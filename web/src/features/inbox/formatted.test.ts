import { expect, test } from 'vitest';
import { formatted } from './formatted';

const text = (...pieces: object[]) => [{ kind: 'text', pieces }];

test('the signs of WhatsApp become marks, and only around words', () => {
  expect(formatted('a *bold* and _it_ and 2*3*4')).toEqual(
    text(
      { text: 'a ' },
      { mark: 'bold', pieces: [{ text: 'bold' }] },
      { text: ' and ' },
      { mark: 'italic', pieces: [{ text: 'it' }] },
      { text: ' and 2*3*4' },
    ),
  );
});

test('marks stand in one another, and nothing stands in code', () => {
  expect(formatted('*a _b_* `*c*`')).toEqual(
    text(
      { mark: 'bold', pieces: [{ text: 'a ' }, { mark: 'italic', pieces: [{ text: 'b' }] }] },
      { text: ' ' },
      { mark: 'code', pieces: [{ text: '*c*' }] },
    ),
  );
});

test('a mark inside itself is text', () => {
  expect(formatted('*a *b* c*')).toEqual(text({ mark: 'bold', pieces: [{ text: 'a *b' }] }, { text: ' c*' }));
  expect(formatted('***')).toEqual(text({ mark: 'bold', pieces: [{ text: '*' }] }));
});

test('only addresses of the web become links, without the sentence around them', () => {
  expect(formatted('see https://example.com/a?b=c.')).toEqual(
    text(
      { text: 'see ' },
      { text: 'https://example.com/a?b=c', href: 'https://example.com/a?b=c' },
      { text: '.' },
    ),
  );
  expect(formatted('javascript:alert(1) <script>')).toEqual(text({ text: 'javascript:alert(1) <script>' }));
});

test('lines become lists and quotes, and text stays around them', () => {
  expect(formatted('Bring:\n- ID\n- cash\n3. three\n4. four\n> said\nbye')).toEqual([
    { kind: 'text', pieces: [{ text: 'Bring:' }] },
    { kind: 'bullets', items: [[{ text: 'ID' }], [{ text: 'cash' }]] },
    { kind: 'numbers', items: [[{ text: 'three' }], [{ text: 'four' }]], start: 3 },
    { kind: 'quote', pieces: [{ text: 'said' }] },
    { kind: 'text', pieces: [{ text: 'bye' }] },
  ]);
});

test('a block of code keeps its lines and signs', () => {
  expect(formatted('run\n```\n- *x*\n  y\n```\nnow')).toEqual([
    { kind: 'text', pieces: [{ text: 'run' }] },
    { kind: 'code', text: '- *x*\n  y' },
    { kind: 'text', pieces: [{ text: 'now' }] },
  ]);
});

test('a text of signs alone takes no time', () => {
  const began = performance.now();
  formatted('*_~`'.repeat(1024));
  formatted('*'.repeat(4096));
  expect(performance.now() - began).toBeLessThan(1000);
});
