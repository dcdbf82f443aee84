/** What is worked out from a message's content before it is drawn. Pure. */
import type { Order } from '@/api/schema';
import type { MediaView } from '../kinds';

const DECIMAL = /^\d+(\.\d+)?$/;

export interface Money {
  amount: number;
  currency: string;
}

/** What an order costs in all; null if a price is missing, cannot be read or is in another currency. */
export function totalOf({ items }: Order): Money | null {
  const currency = items[0]?.currency;
  if (currency === undefined) return null;
  let amount = 0;
  for (const item of items) {
    if (item.currency !== currency || !DECIMAL.test(item.itemPrice ?? '')) return null;
    amount += Number(item.itemPrice) * (item.quantity ?? 1);
  }
  // The error of binary decimals is far smaller than the smallest coin.
  return { amount: Math.round(amount * 1e6) / 1e6, currency };
}

/** 249,99 €; an unknown currency stands behind the number as it is. */
export function moneyText({ amount, currency }: Money, language: string): string {
  try {
    return new Intl.NumberFormat(language, { style: 'currency', currency }).format(amount);
  } catch {
    return `${new Intl.NumberFormat(language).format(amount)} ${currency}`;
  }
}

export interface Answer {
  name: string;
  value: string;
}

/** Flows name their fields `screen_0_First_name_1`: people read "First name". */
const fieldName = (key: string): string =>
  key
    .replace(/^screen_\d+_/, '')
    .replace(/_\d+$/, '')
    .replace(/_/g, ' ')
    .trim() || key;

/** Options come as `0_Two_nights`. */
const valueText = (value: unknown): string => {
  if (typeof value === 'string') return value.replace(/^\d+_(?=\S)/, '').replace(/_/g, ' ');
  if (Array.isArray(value)) return value.map(valueText).join(', ');
  return value === null || value === undefined ? '' : JSON.stringify(value);
};

/** A form's answers field by field, from the JSON in a string that WhatsApp gives; null if it is none. */
export function answersOf(response: string): Answer[] | null {
  try {
    const read: unknown = JSON.parse(response);
    if (typeof read !== 'object' || read === null || Array.isArray(read)) return null;
    const fields = Object.entries(read).filter(([key]) => key !== 'flow_token');
    return fields.map(([key, value]) => ({ name: fieldName(key), value: valueText(value) }));
  } catch {
    return null;
  }
}

const WEEK = 7 * 86_400_000;

/** Whether WhatsApp may still have the customer's file: it keeps one for seven days. */
export function mayFetchAgain(media: MediaView, at: string, now: number): boolean {
  if (now - Date.parse(at) > WEEK) return false;
  switch (media.state) {
    case 'pending':
    case 'stored':
      return false;
    case 'expired':
      return true;
    case 'failed':
      return media.error !== 'too_large' && media.error !== 'unsafe_type';
  }
}

/** 1:07, as players show it. */
export function clockText(seconds: number): string {
  const whole = Number.isFinite(seconds) ? Math.max(0, Math.floor(seconds)) : 0;
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** An address from outside that may become a link. */
export function webLink(address: string | undefined): string | null {
  return address !== undefined && /^https?:\/\//i.test(address) ? address : null;
}

/** Digits and a leading plus, for a `tel:` link; null if nothing of it can be dialled. */
export function dialLink(phone: string): string | null {
  const digits = phone.replace(/[^\d+]/g, '');
  return /^\+?\d{3,}$/.test(digits) ? `tel:${digits}` : null;
}
