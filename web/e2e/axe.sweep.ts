import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { newCustomer, openConsole, openThread, signedIn, withBrowser } from './story';

withBrowser();

async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

beforeAll(async () => {
  const ada = await newCustomer('Ada Axe');
  await ada.says('Hello *there*');
  for (const type of ['image', 'voice', 'document', 'location', 'contacts', 'unknown', 'sticker']) {
    await ada.sends(type);
  }
});

const themes = ['light', 'dark'] as const;
const publicScreens = [
  '/sign-in',
  '/sign-up',
  '/forgot-password',
  '/reset-password',
  '/join',
  '/nothing-here',
];

test.each(themes)('axe finds nothing on the screens without a session, %s', async (colorScheme) => {
  for (const path of publicScreens) {
    const page = await openConsole(path, { colorScheme });
    await page.getByRole('heading').or(page.getByText('There is no such page')).first().waitFor();
    expect(await violations(page), path).toEqual([]);
    await page.context().close();
  }
});

test.each(themes)(
  'axe finds nothing on any screen of the navigation, %s',
  { timeout: 240_000 },
  async (colorScheme) => {
    const page = await signedIn('/inbox?tab=all', { colorScheme });
    await openThread(page, 'Ada Axe');
    await page.getByRole('article').first().waitFor();
    expect(await violations(page), 'thread').toEqual([]);
    const paths = await page
      .getByRole('navigation')
      .getByRole('link')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    for (const path of paths) {
      await page.getByRole('navigation').locator(`a[href="${path}"]`).click();
      await page.waitForLoadState('networkidle');
      expect(await violations(page), path).toEqual([]);
    }
  },
);

test.each(themes)('axe finds nothing at phone width, %s', async (colorScheme) => {
  const page = await signedIn('/inbox?tab=all', { colorScheme, viewport: { width: 390, height: 844 } });
  expect(await violations(page), 'list').toEqual([]);
  await openThread(page, 'Ada Axe');
  await page.getByRole('article').first().waitFor();
  expect(await violations(page), 'thread').toEqual([]);
});

test('axe finds nothing in the dialogs', async () => {
  const page = await signedIn();
  await openThread(page, 'Ada Axe');
  const dialogs = ['?', 'Control+k', 'Control+Alt+n'];
  for (const keys of dialogs) {
    await page.getByRole('region', { name: 'Messages' }).focus();
    await page.keyboard.press(keys);
    await page.getByRole('dialog').waitFor();
    expect(await violations(page), keys).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
});

const editors = ['Buttons', 'List', 'Link button', 'Form', 'Product', 'Product list', 'Location', 'Contact'];

test.each(themes)('axe finds nothing in the editors, %s', async (colorScheme) => {
  const page = await signedIn('/inbox?tab=all', { colorScheme });
  await openThread(page, 'Ada Axe');
  for (const editor of editors) {
    await page.getByRole('button', { name: 'Attach' }).click();
    await page.getByRole('menuitem', { name: editor, exact: true }).click();
    await page.getByRole('form', { name: editor }).getByRole('button', { name: 'Send', exact: true }).click();
    expect(await violations(page), editor).toEqual([]);
    await page.keyboard.press('Escape');
  }
});

test.each(themes)('axe finds nothing where messages are selected and forwarded, %s', async (colorScheme) => {
  const page = await signedIn('/inbox?tab=all', { colorScheme });
  await openThread(page, 'Ada Axe');
  const text = page.getByRole('article').filter({ hasText: 'Hello there' });
  await text.hover();
  await text.locator('..').getByRole('button', { name: 'Message actions' }).click();
  await page.getByRole('menuitem', { name: 'Select messages' }).click();
  await page.getByText('1 message selected').waitFor();
  expect(await violations(page), 'selection').toEqual([]);
  await page.getByRole('button', { name: 'Forward' }).click();
  await page.getByRole('dialog').getByRole('checkbox').first().waitFor();
  expect(await violations(page), 'forward').toEqual([]);
});
