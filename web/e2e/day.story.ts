import { expect, test } from 'vitest';
import { composer, newCustomer, openThread, row, signedIn, thread, until, withBrowser } from './story';

withBrowser();

test("the agent's day: claim, answer, read, close, and reopened by the customer", async () => {
  const asha = await newCustomer('Asha Day');
  await asha.says('Do you have a room on Sunday?');
  const page = await signedIn('/inbox?tab=unassigned');
  await openThread(page, 'Asha Day');
  await thread(page).getByText('Do you have a room on Sunday?').waitFor();

  await page.getByRole('button', { name: 'Claim' }).click();
  await page.getByRole('button', { name: 'Claim' }).waitFor({ state: 'detached' });
  await page.getByRole('tab', { name: /^Mine/ }).click();
  await row(page, 'Asha Day').waitFor();

  await composer(page).fill('Yes, the front room is free.');
  await page.keyboard.press('Enter');
  const sent = thread(page).getByRole('article').filter({ hasText: 'Yes, the front room is free.' });
  await sent.waitFor();
  await sent.getByText('Read', { exact: true }).waitFor();
  expect(await sent.count()).toBe(1);
  await until(
    async () => (await asha.received()).some((turn) => turn.includes('the front room')),
    'it has arrived',
  );

  await page.keyboard.press('Alt+e');
  await page.getByText('Conversation closed').waitFor();
  await row(page, 'Asha Day').waitFor({ state: 'detached' });

  await asha.says('Great, I take it!');
  await row(page, 'Asha Day').waitFor();
  await thread(page).getByText('Great, I take it!').waitFor();
  expect(await page.getByText('This conversation is closed').count()).toBe(0);
});

test('a message stands in the inbox without a reload, and is read where it is seen', async () => {
  const page = await signedIn();
  const bo = await newCustomer('Bo Lind');
  await bo.says('Hello there');
  await row(page, 'Bo Lind').waitFor();
  await until(async () => (await page.title()).startsWith('('), 'the title counts it');
  await row(page, 'Bo Lind').getByText('1 unread message').waitFor();
  await openThread(page, 'Bo Lind');
  await row(page, 'Bo Lind').getByText('1 unread message').waitFor({ state: 'detached' });
});

test('a snoozed conversation says until when, and wakes by a press', async () => {
  const page = await signedIn();
  const dora = await newCustomer('Dora Later');
  await dora.says('Call me tomorrow');
  await openThread(page, 'Dora Later');
  await page.keyboard.press('Alt+m');
  await page.getByRole('menuitem', { name: /For an hour/ }).click();
  await page.getByText(/Snoozed until/).waitFor();
  await row(page, 'Dora Later').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Wake now' }).click();
  await row(page, 'Dora Later').waitFor();
});
