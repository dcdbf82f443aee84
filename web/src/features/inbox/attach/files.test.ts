import { expect, test } from 'vitest';
import { planOf, plainType, sizeText, TAKEN } from './files';

const file = (type: string, size = 1000) => ({ type, size });

test('a file goes out as the kind that WhatsApp takes its type for', () => {
  expect(planOf(file('image/jpeg'))).toEqual({ as: 'image' });
  expect(planOf(file('video/mp4'))).toEqual({ as: 'video' });
  expect(planOf(file('audio/x-m4a'))).toEqual({ as: 'audio' });
  expect(planOf(file('application/pdf'))).toEqual({ as: 'document' });
  expect(planOf(file(''))).toEqual({ as: 'document' });
});

test('what was chosen as a document goes out as one, also a photo', () => {
  expect(planOf(file('image/jpeg'), 'document')).toEqual({ as: 'document' });
});

test('a photo of a type that WhatsApp does not show goes out as a document, and says why', () => {
  expect(planOf(file('image/heic'))).toEqual({ as: 'document', because: 'type' });
  expect(planOf(file('video/webm'))).toEqual({ as: 'document', because: 'type' });
});

test.each(['image', 'video', 'audio'] as const)(
  'one byte over the size of %s makes it a document',
  (kind) => {
    const { types, most } = TAKEN[kind];
    const type = types[0] ?? '';
    expect(planOf(file(type, most))).toEqual({ as: kind });
    expect(planOf(file(type, most + 1))).toEqual({ as: 'document', because: 'size', most });
  },
);

test('an empty file and one over 100 MB are refused before anything is uploaded', () => {
  const { most } = TAKEN.document;
  expect(planOf(file('application/zip', 0))).toEqual({ refused: 'empty' });
  expect(planOf(file('application/zip', most))).toEqual({ as: 'document' });
  expect(planOf(file('application/zip', most + 1))).toEqual({ refused: 'size', most });
});

test('the parameters of a type say nothing about the kind', () => {
  expect(plainType('audio/ogg; codecs=opus')).toBe('audio/ogg');
});

test('sizes read as people write them', () => {
  expect(sizeText(5 * 1024 * 1024, 'en')).toBe('5 MB');
  expect(sizeText(1_500_000, 'en')).toBe('1.4 MB');
  expect(sizeText(900, 'en')).toBe('900 bytes');
});

test('what is chosen as a sticker is one, or is refused', () => {
  const { most } = TAKEN.sticker;
  expect(planOf(file('image/webp'), 'sticker')).toEqual({ as: 'sticker' });
  expect(planOf(file('image/webp', most + 1), 'sticker')).toEqual({ refused: 'size', most });
  expect(planOf(file('image/png'), 'sticker')).toEqual({ refused: 'type' });
});
