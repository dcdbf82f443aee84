import { expect, test } from 'vitest';
import { passOn } from './customer';
import { newCustomer, openThread, row, signedIn, stack, thread, withBrowser } from './story';

withBrowser();

const phone = { viewport: { width: 360, height: 560 }, hasTouch: true, isMobile: true };

test('beside a thread stand the leads that may be the same person', async () => {
  const page = await signedIn();
  const paul = await newCustomer('Paul Passed');
  await paul.says('mine');
  await row(page, 'Paul Passed').waitFor();
  await passOn(stack.url, stack.phoneNumberId, paul.phone, 'Hedda Heir');
  await openThread(page, 'Hedda Heir');
  const contact = page.getByRole('complementary', { name: 'Contact' });
  await contact.getByRole('heading', { name: 'Possible duplicates' }).waitFor();
  await contact.getByRole('link', { name: 'Paul Passed' }).click();
  await page.waitForURL(/\/leads\/led_/);
  await page.getByRole('main').getByRole('link', { name: 'Hedda Heir' }).waitFor();
});

test('a menu and a list open by keyboard, choose, and give the focus back', async () => {
  const page = await signedIn();
  const mona = await newCustomer('Mona Menu');
  await mona.says('Hi');
  await row(page, 'Mona Menu').waitFor();
  const status = page.getByRole('button', { name: /Status$/ });
  await status.focus();
  await page.keyboard.press('ArrowDown');
  await page.getByRole('option', { name: 'Open', selected: true }).waitFor();
  await page.keyboard.type('Clo');
  await page.keyboard.press('Enter');
  await page.getByRole('listbox').waitFor({ state: 'detached' });
  await page.waitForURL(/status=closed/);
  expect(await status.textContent()).toBe('Closed');
  expect(await status.evaluate((button) => button === document.activeElement)).toBe(true);
  // The chosen one pressed again closes the list and changes nothing.
  await status.click();
  await page.getByRole('option', { name: 'Closed' }).click();
  await page.getByRole('listbox').waitFor({ state: 'detached' });
  expect(page.url()).toContain('status=closed');
  await status.click();
  await page.getByRole('option', { name: 'Open' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('listbox').waitFor({ state: 'detached' });
  expect(page.url()).toContain('status=closed');

  const account = page.getByRole('button', { name: /^Account/ });
  await account.focus();
  await page.keyboard.press('ArrowUp');
  const last = page.getByRole('menuitem', { name: 'Sign out' });
  await last.waitFor();
  await expect.poll(() => last.evaluate((item) => item === document.activeElement)).toBe(true);
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
  expect(await account.evaluate((button) => button === document.activeElement)).toBe(true);
});

test('on a short phone nothing covers a message at rest', async () => {
  const page = await signedIn('/inbox?tab=all', phone);
  const sue = await newCustomer('Sue Short');
  for (let turn = 1; turn <= 8; turn += 1) {
    await sue.says(`Line ${turn}: ${'a rather long sentence, as people write them. '.repeat(2)}`);
  }
  await row(page, 'Sue Short').getByText('8 unread messages').waitFor();
  await openThread(page, 'Sue Short');
  await thread(page)
    .getByText(/^Line 8/)
    .waitFor();
  const floating = thread(page).locator('xpath=preceding-sibling::div[@aria-hidden]');
  await thread(page).evaluate((pane) => {
    pane.scrollTop = pane.scrollHeight / 2;
  });
  await floating.getByText('Today').waitFor();
  await expect.poll(() => floating.evaluate(opacityOf)).toBe('1');
  await expect.poll(() => floating.evaluate(opacityOf), { timeout: 5000 }).toBe('0');
});

const opacityOf = (pill: Element) => getComputedStyle(pill).opacity;
