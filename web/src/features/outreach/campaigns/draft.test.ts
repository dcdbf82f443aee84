import { expect, test } from 'vitest';
import type { Campaign, Template } from '@/api/schema';
import { bodyOf, draftOf, emptyDraft, previewValues } from './draft';

const template = {
  id: 'tpl_1',
  name: 'hello',
  language: 'en',
  parameters: { format: 'named', header: null, body: ['first_name', 'day'], buttons: [] },
} as unknown as Template;

const draft = {
  ...emptyDraft,
  name: ' Autumn ',
  channelId: 'chn_1',
  templateId: 'tpl_1',
  audience: 'leads' as const,
  chosen: 'led_1, led_2\nled_3',
  body: {
    first_name: { kind: 'first_name' as const, text: 'there' },
    day: { kind: 'text' as const, text: 'Tuesday' },
  },
};

test('a draft becomes the body of the API, and the campaign becomes the draft again', () => {
  const body = bodyOf(draft, template);
  expect(body).toMatchObject({
    name: 'Autumn',
    audience: { leadIds: ['led_1', 'led_2', 'led_3'] },
    message: { body: { first_name: { field: 'first_name', fallback: 'there' }, day: { text: 'Tuesday' } } },
    quietHours: { from: '21:00', until: '09:00' },
  });
  expect(body.schedule).toBeUndefined();
  const campaign = { ...body, schedule: null, budget: null, exclusions: {} } as unknown as Campaign;
  expect(bodyOf(draftOf(campaign, [template]), template)).toEqual(body);
});

test('a preview names the fields', () => {
  expect(previewValues(draft.body, (field) => field)).toEqual({ first_name: '[first_name]', day: 'Tuesday' });
});
