import { expect, test } from 'vitest';
import { composer, newCustomer, row, signedIn, thread, withBrowser } from './story';

withBrowser();

test('keyboard only: to a conversation, an answer with a quote, and out again', async () => {
  const first = await newCustomer('Key First');
  await first.says('one');
  const second = await newCustomer('Key Second');
  await second.says('two');
  const page = await signedIn();
  await row(page, 'Key Second').waitFor();

  await page.keyboard.press('Alt+j');
  await composer(page).waitFor();
  await thread(page).getByText('two', { exact: true }).waitFor();
  await page.keyboard.press('Alt+j');
  await thread(page).getByText('one', { exact: true }).waitFor();
  await page.keyboard.press('Control+Alt+Shift+BracketLeft');
  await thread(page).getByText('two', { exact: true }).waitFor();

  await page.keyboard.press('ArrowUp');
  await page.getByText('Replying to').waitFor();
  await page.keyboard.type('Second line');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.type('of it');
  await page.keyboard.press('Enter');
  const sent = thread(page).getByRole('article').filter({ hasText: 'Second line' });
  await sent.waitFor();
  await sent.getByRole('button', { name: /Key Second/ }).waitFor();
  expect(await composer(page).inputValue()).toBe('');
  expect(await composer(page).evaluate((box) => box === document.activeElement)).toBe(true);

  await page.keyboard.press('Alt+n');
  await page.keyboard.press('Escape');
  await page.getByText('Choose a conversation').waitFor();
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog', { name: 'Commands' }).waitFor();
});

test('an emoji is picked by keyboard and goes where the caret was', async () => {
  const page = await signedIn();
  const emil = await newCustomer('Emil Moji');
  await emil.says('smile');
  await row(page, 'Emil Moji').click();
  await composer(page).fill('ab');
  await page.keyboard.press('ArrowLeft');
  await page.getByRole('button', { name: 'Emoji' }).press('Enter');
  await page.getByRole('option', { name: '😀' }).waitFor();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await expect.poll(() => composer(page).inputValue()).toBe('a😃b');
});
