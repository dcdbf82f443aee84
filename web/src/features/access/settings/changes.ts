/** What of the form is sent: only what changed. */
import type { Business, SettingsBody } from '@/api/schema';

export interface SettingsValues {
  companyName: string;
  businessCategory: string;
  timezone: string;
  /** Separated by commas. */
  languages: string;
  secondFactorRequiredOf: Business['secondFactorRequiredOf'];
  marketingWithoutConsent: Business['marketingWithoutConsent'];
  /** Empty for none. */
  stopConfirmation: string;
}

export const valuesOf = (business: Business): SettingsValues => ({
  companyName: business.companyName,
  businessCategory: business.businessCategory ?? '',
  timezone: business.timezone,
  languages: business.languages.join(', '),
  secondFactorRequiredOf: business.secondFactorRequiredOf,
  marketingWithoutConsent: business.marketingWithoutConsent,
  stopConfirmation: business.stopConfirmation ?? '',
});

export const languagesOf = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean);

export function changesOf(business: Business, values: SettingsValues): SettingsBody {
  const was = valuesOf(business);
  const changed: SettingsBody = {};
  if (values.companyName.trim() !== was.companyName) changed.companyName = values.companyName.trim();
  const category = values.businessCategory.trim();
  // The API takes no empty category, and `null` leaves it as it is.
  if (category !== was.businessCategory && category) changed.businessCategory = category;
  if (values.timezone !== was.timezone) changed.timezone = values.timezone;
  const languages = languagesOf(values.languages);
  if (languages.join() !== business.languages.join()) changed.languages = languages;
  if (values.secondFactorRequiredOf !== was.secondFactorRequiredOf) {
    changed.secondFactorRequiredOf = values.secondFactorRequiredOf;
  }
  if (values.marketingWithoutConsent !== was.marketingWithoutConsent) {
    changed.marketingWithoutConsent = values.marketingWithoutConsent;
  }
  const confirmation = values.stopConfirmation.trim();
  if (confirmation !== was.stopConfirmation) changed.stopConfirmation = confirmation || null;
  return changed;
}
