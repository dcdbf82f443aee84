import { expect, test } from 'vitest';
import { filesToSend, type Chosen } from './chosen';
import { planOf } from './files';

const chosen = (name: string, type: string, size = 1000): Chosen => ({
  key: name,
  file: new File([], name, { type }),
  plan: planOf({ type, size }),
  address: `blob:${name}`,
});
const photo = chosen('a.jpg', 'image/jpeg');
const other = chosen('b.jpg', 'image/jpeg');
const sound = chosen('c.mp3', 'audio/mpeg');
const empty = chosen('d.pdf', 'application/pdf', 0);

test('the text becomes the caption of the first file that can have one', () => {
  const { toSend, rest } = filesToSend([sound, photo, other], ' Look ');
  expect(toSend.map(({ kind, caption }) => [kind, caption])).toEqual([
    ['audio', undefined],
    ['image', 'Look'],
    ['image', undefined],
  ]);
  expect(rest).toBe('');
});

test('without such a file it is left over, to follow as a message', () => {
  expect(filesToSend([sound], 'Listen')).toMatchObject({ rest: 'Listen' });
});

test('what WhatsApp refuses is not sent', () => {
  expect(filesToSend([empty, photo], '').toSend).toHaveLength(1);
  expect(filesToSend([empty], '').toSend).toEqual([]);
});
