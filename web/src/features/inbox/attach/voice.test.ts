import { expect, test } from 'vitest';
import { recordingOf, troubleOf } from './voice';

const browser =
  (...types: string[]) =>
  (type: string) =>
    types.includes(type);

test('each browser records what comes closest to a voice message', () => {
  const firefox = browser('audio/ogg;codecs=opus', 'audio/webm;codecs=opus');
  const chrome = browser('audio/webm;codecs=opus', 'audio/mp4');
  const safari = browser('audio/mp4', 'audio/mp4;codecs=mp4a.40.2');
  expect(recordingOf(firefox)?.as).toBe('voice');
  expect(recordingOf(chrome)?.as).toBe('remux');
  expect(recordingOf(safari)?.as).toBe('audio');
  expect(recordingOf(browser())).toBeNull();
});

test('a refused microphone differs from a missing one', () => {
  expect(troubleOf(new DOMException('', 'NotAllowedError'))).toBe('refused');
  expect(troubleOf(new DOMException('', 'NotFoundError'))).toBe('absent');
  expect(troubleOf(new DOMException('', 'NotReadableError'))).toBe('busy');
  expect(troubleOf(new TypeError())).toBe('failed');
});
