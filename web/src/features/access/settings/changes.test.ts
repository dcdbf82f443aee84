import { expect, test } from 'vitest';
import type { Business } from '@/api/schema';
import { changesOf, valuesOf } from './changes';

const business = {
  companyName: 'Acme',
  businessCategory: null,
  timezone: 'Asia/Kolkata',
  languages: ['pt_BR', 'en'],
  secondFactorRequiredOf: 'nobody',
} as unknown as Business;

test('only what changed is sent', () => {
  const values = valuesOf(business);
  expect(changesOf(business, values)).toEqual({});
  expect(changesOf(business, { ...values, languages: 'pt_BR en', companyName: ' Acme ' })).toEqual({});
  expect(changesOf(business, { ...values, languages: 'en; hi', timezone: 'UTC' })).toEqual({
    languages: ['en', 'hi'],
    timezone: 'UTC',
  });
});
