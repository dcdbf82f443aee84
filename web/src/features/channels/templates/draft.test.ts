import { expect, it } from 'vitest';
import { emptyDraft, requestOf } from './draft';

it('sends what its parts ask for, and samples of the parameters that are there', () => {
  const request = requestOf(
    {
      ...emptyDraft,
      name: 'order_ready',
      header: 'text',
      headerText: 'Order {{1}}',
      body: 'Hi {{name}}, bye.',
      buttons: [
        { type: 'url', text: 'Track', target: 'https://a.example/{{1}}', example: '7' },
        { type: 'quick_reply', text: 'Stop', target: 'left over', example: 'left over' },
      ],
      examples: { header: '7', name: 'Ana', old: 'gone' },
    },
    null,
  );
  expect(request).toEqual({
    name: 'order_ready',
    language: 'en',
    category: 'utility',
    header: { format: 'text', text: 'Order {{1}}' },
    body: 'Hi {{name}}, bye.',
    buttons: [
      { type: 'url', text: 'Track', url: 'https://a.example/{{1}}' },
      { type: 'quick_reply', text: 'Stop' },
    ],
    cards: [],
    cardFiles: [],
    examples: { header: '7', body: { name: 'Ana' }, buttons: { '0': '7' }, cards: [] },
  });
});
