/** What every story needs: a signed-in page, a customer, and looking until something is so. */
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, inject } from 'vitest';
import { customersOf } from './customer';

export const stack = inject('stack');
export const newCustomer = customersOf(stack.url);

let browser: Browser;
/** Longer than a busy machine takes: a story that fails has met a fault, not a slow disk. */
const WITHIN = 30_000;

export function withBrowser(): void {
  beforeAll(async () => {
    browser = await chromium.connect(inject('browser'));
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await keepPictures(task.name);
    await Promise.all(browser.contexts().map((context) => context.close()));
  });
  afterAll(() => browser.close());
}

/** What a failed story saw, as `test-results/NAME-N.png`. */
async function keepPictures(name: string): Promise<void> {
  const pages = browser.contexts().flatMap((context) => context.pages());
  const file = name.replace(/\W+/g, '-');
  for (const [at, page] of pages.entries()) {
    await page.screenshot({ path: `test-results/${file}-${at}.png` }).catch(() => undefined);
  }
}

/** A page at an address, in a browser of its own. */
export async function openPage(url: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(WITHIN);
  await page.goto(url);
  return page;
}

export const openConsole = (path: string, options: BrowserContextOptions = {}): Promise<Page> =>
  openPage(stack.console + path, options);

export async function signIn(page: Page): Promise<void> {
  await page.getByLabel('Email').fill(stack.ownerEmail);
  await page.getByLabel('Password', { exact: true }).fill(stack.ownerPassword);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('navigation').waitFor();
}

/** The console, signed in, at `path`. */
export async function signedIn(path = '/inbox?tab=all', options: BrowserContextOptions = {}): Promise<Page> {
  const page = await openConsole(`/sign-in?next=${encodeURIComponent(path)}`, options);
  await signIn(page);
  return page;
}

export const row = (page: Page, name: string | RegExp) =>
  page.getByRole('region', { name: 'Conversations' }).getByRole('link', { name });
export const thread = (page: Page) => page.getByRole('region', { name: 'Messages' });
export const composer = (page: Page) => page.getByRole('textbox', { name: /^Reply to/ });

export async function openThread(page: Page, name: string): Promise<void> {
  await row(page, name).click();
  await thread(page).waitFor();
}

/** Looks again and again until it is so. */
export async function until(is: () => Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + WITHIN;
  while (!(await is())) {
    if (Date.now() > end) throw new Error(`did not come true: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

let token: Promise<string> | undefined;

async function freshToken(): Promise<string> {
  const response = await fetch(`${stack.url}/api/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: stack.ownerEmail, password: stack.ownerPassword }),
  });
  return ((await response.json()) as { accessToken: string }).accessToken;
}

/** A list of the API, as the owner reads it, whatever a page shows. */
export async function listed<T>(path: string): Promise<T[]> {
  token ??= freshToken();
  const headers = { authorization: `Bearer ${await token}` };
  const response = await fetch(`${stack.url}${path}`, { headers });
  return ((await response.json()) as { items: T[] }).items;
}

/** A call of the API as the owner, whatever a page shows. */
export async function posted(path: string, body: object): Promise<void> {
  token ??= freshToken();
  const response = await fetch(`${stack.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
}

interface Mail {
  to: string;
  text: string;
}

/** The link of the newest mail to `address` that leads to `path`, as this console serves it. */
export async function mailedLink(address: string, path: string): Promise<string> {
  const info = (await (await fetch(`${stack.url}/local/info`)).json()) as { mailboxUrl: string };
  const link = new RegExp(`https?://[^/\\s]+(${path}#\\S+)`);
  const end = Date.now() + WITHIN;
  for (;;) {
    const { items } = (await (await fetch(`${info.mailboxUrl}.json`)).json()) as { items: Mail[] };
    const found = items.find(({ to, text }) => to === address && link.test(text));
    const linked = found && link.exec(found.text)?.[1];
    if (linked !== undefined) return stack.console + linked;
    if (Date.now() > end) throw new Error(`no mail to ${address} leads to ${path}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
