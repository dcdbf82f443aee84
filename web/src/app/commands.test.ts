import { expect, test } from 'vitest';
import { matchesKeys } from './commands';

const press = (key: string, more: object = {}) => ({
  key,
  code: `Key${key.toUpperCase()}`,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  ...more,
});

test('Mod is the command key on a Mac and Ctrl elsewhere', () => {
  expect(matchesKeys('Mod+K', press('k', { ctrlKey: true }), false)).toBe(true);
  expect(matchesKeys('Mod+K', press('k', { ctrlKey: true }), true)).toBe(false);
  expect(matchesKeys('Mod+K', press('k', { metaKey: true }), true)).toBe(true);
});

test('a letter with Alt is known by its place, whatever the layout types', () => {
  expect(matchesKeys('Alt+J', press('∆', { code: 'KeyJ', altKey: true }), true)).toBe(true);
  expect(matchesKeys('Alt+J', press('j'), true)).toBe(false);
});

test('a question mark needs no Shift to be named, and other keys do', () => {
  expect(matchesKeys('?', press('?', { shiftKey: true }), false)).toBe(true);
  expect(matchesKeys('Escape', press('Escape', { shiftKey: true }), false)).toBe(false);
  expect(matchesKeys('Escape', press('Escape'), false)).toBe(true);
});

test('a bracket with Alt and Shift is known by its place too', () => {
  const bracket = press('}', { code: 'BracketRight', altKey: true, shiftKey: true, ctrlKey: true });
  expect(matchesKeys('Mod+Alt+Shift+]', bracket, false)).toBe(true);
  expect(matchesKeys('Mod+Alt+Shift+[', bracket, false)).toBe(false);
});
