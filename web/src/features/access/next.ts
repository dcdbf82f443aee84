/** Where sign-in leads to: a path of this console alone, never another site, and never back to the sign-in page. */
export function readNext(value: unknown): string | undefined {
  if (typeof value !== 'string' || !/^\/(?![/\\])/.test(value)) return undefined;
  const url = new URL(value, 'http://console.invalid');
  const isOurs =
    url.host === 'console.invalid' &&
    !/^\/(sign-in|sign-up|forgot-password|reset-password|join|verify-email)/.test(url.pathname);
  return isOurs ? url.pathname + url.search : undefined;
}
