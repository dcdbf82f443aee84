/** The parameters in a template's text, `{{1}}` or `{{first_name}}`, and what comes of it with values. Pure. */

const PARAMETER = /\{\{\s*([a-z0-9_]+)\s*\}\}/g;

/** Each once, in the order in which they first stand there. */
export function parametersOf(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(PARAMETER), ([, name = '']) => name))];
}

/** A parameter without a value stays as it is written. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(PARAMETER, (written, name: string) => values[name] || written);
}

/** `order_ready` as people read it: Order ready. */
export function plainName(name: string): string {
  const words = name.replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The name that WhatsApp takes, from what a person writes. */
export const asName = (text: string): string =>
  text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\s-]+/g, '_')
    .replace(/[^a-z0-9_]/g, '')
    .slice(0, 512);
