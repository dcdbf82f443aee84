/** Makes the pictures of the main screens into `docs/`. */
import type { Page } from 'playwright-core';
import { beforeAll, test } from 'vitest';
import { composer, newCustomer, openThread, row, signedIn, stack, thread, until, withBrowser } from './story';

withBrowser();

const docs = new URL('../../docs/', import.meta.url).pathname;
const shot = async (page: Page, name: string) => {
  // No tooltip and no caret: where the pointer stood is nothing to show.
  await page.mouse.move(0, 0);
  await page.screenshot({ path: `${docs}${name}.png`, animations: 'disabled', caret: 'hide' });
};
const large = { viewport: { width: 1440, height: 900 }, locale: 'en-GB' };

const others = [
  ['Rahul M.', 'Tried to call you, please ring back'],
  ['Elif F.', 'Thank you, all good'],
  ['Thandi W.', 'What are your opening hours?'],
  ['Nour B.', 'See you on Friday'],
  ['João Oliveira', 'Obrigado! Até sexta.'],
  ['Priya Shah', 'The invoice did not arrive'],
  ['Mehmet Kaya', 'Is the room with the sea view free?'],
  ['Lucía Gómez', 'Hola, ¿tienen habitaciones para el sábado?'],
] as const;

beforeAll(async () => {
  for (const [name, text] of others) {
    const customer = await newCustomer(name);
    await customer.says(text);
  }
  const asha = await newCustomer('Asha Rao');
  await asha.says('Hi! Do you have a room with a view for next weekend?');
  await asha.says('We are two adults and a small child.');
  const page = await signedIn();
  await openThread(page, 'Asha Rao');
  await page.getByRole('button', { name: 'Claim' }).click();
  await page.getByRole('button', { name: 'Claim' }).waitFor({ state: 'detached' });
  await composer(page).fill('We do: the front room, with a cot. *240 €* for two nights. Shall I hold it?');
  await page.keyboard.press('Enter');
  await thread(page).getByText('Read', { exact: true }).first().waitFor();
  await asha.sends('image', { content: { caption: 'The one with this view, please' } });
  await asha.sends('location');
  await thread(page).getByText('Open map').waitFor();
  await composer(page).fill('That is the one. It is yours until eight tonight.');
  await page.keyboard.press('Enter');
  await until(
    async () => (await thread(page).getByText('Read', { exact: true }).count()) === 2,
    'both are read',
  );
  await page.context().close();
  await asha.says('Perfect. Thank you!');
});

test.each([
  ['inbox', 'light'],
  ['inbox-dark', 'dark'],
] as const)('%s', async (name, colorScheme) => {
  const page = await signedIn('/inbox?tab=all', { ...large, colorScheme });
  await openThread(page, 'Asha Rao');
  await thread(page).getByText('Perfect. Thank you!').waitFor();
  await composer(page).fill('Of course. See you on Saturday');
  await row(page, 'Mehmet Kaya').waitFor();
  await shot(page, name);
});

test('phone', async () => {
  const size = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, locale: 'en-GB' };
  const page = await signedIn('/inbox?tab=all', size);
  await row(page, 'Asha Rao').waitFor();
  await shot(page, 'inbox-phone');
  await openThread(page, 'Asha Rao');
  await thread(page).getByText('Perfect. Thank you!').waitFor();
  await shot(page, 'thread-phone');
});

test('the other screens, where they are in the navigation', async () => {
  const page = await signedIn('/inbox?tab=all', large);
  for (const name of ['leads', 'board', 'numbers', 'team', 'settings']) {
    const link = page.getByRole('navigation').locator(`a[href^="/${name}"]`);
    if ((await link.count()) === 0) continue;
    await page.goto(`${stack.console}/${name}`);
    await page.waitForLoadState('networkidle');
    await shot(page, name);
  }
});
