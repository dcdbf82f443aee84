import { expect, test } from 'vitest';
import type { Business } from '@/api/schema';
import { changesOf, valuesOf } from './changes';

const business = {
  companyName: 'Acme',
  businessCategory: null,
  timezone: 'Asia/Kolkata',
  languages: ['pt_BR', 'en'],
  secondFactorRequiredOf: 'nobody',
  marketingWithoutConsent: 'warn',
  stopConfirmation: null,
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

test('a confirmation of STOP is taken away with null', () => {
  const values = valuesOf(business);
  expect(changesOf(business, { ...values, stopConfirmation: ' Bye. ' })).toEqual({
    stopConfirmation: 'Bye.',
  });
  const said = { ...business, stopConfirmation: 'Bye.' };
  expect(changesOf(said, { ...valuesOf(said), stopConfirmation: '' })).toEqual({ stopConfirmation: null });
});
