import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { composer, mailedLink, newCustomer, openConsole, openThread, signedIn, withBrowser } from './story';

withBrowser();

async function fillAccount(page: Page, name: string, email: string) {
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('Email').fill(email);
  await page.getByLabel('Password', { exact: true }).fill('a long enough password');
  await page.getByRole('checkbox').check({ force: true });
}

async function joined(owner: Page, name: string): Promise<Page> {
  const email = `${name.toLowerCase().replace(' ', '.')}@example.com`;
  await owner.getByRole('navigation').getByRole('link', { name: 'Team' }).click();
  await owner.getByRole('button', { name: 'Invite' }).click();
  const dialog = owner.getByRole('dialog');
  await dialog.getByLabel('Email').fill(email);
  await dialog.getByRole('button', { name: 'Invite' }).click();
  await owner.getByRole('dialog', { name: 'Invitation sent' }).waitFor();
  await owner.getByRole('button', { name: 'Done' }).click();
  const link = new URL(await mailedLink(email, '/join'));
  const page = await openConsole(link.pathname + link.hash);
  await fillAccount(page, name, email);
  await page.getByRole('button', { name: 'Join' }).click();
  await page.getByRole('navigation').waitFor();
  return page;
}

test('two colleagues: each sees the other, and one of them gets the conversation', async () => {
  const owner = await signedIn();
  const agent = await joined(owner, 'Bo Lindgren');
  expect(await agent.getByText('Confirm your email').count()).toBe(0);
  const tara = await newCustomer('Tara Two');
  await tara.says('Who of you answers?');

  await owner.getByRole('navigation').getByRole('link', { name: 'Inbox' }).click();
  for (const page of [owner, agent]) {
    await page.getByRole('tab', { name: /^Unassigned/ }).click();
    await openThread(page, 'Tara Two');
  }
  await owner.getByText('Bo Lindgren is here too').waitFor();
  await agent.getByText(/is here too/).waitFor();
  await composer(agent).pressSequentially('I am on');
  await owner.getByText('Bo Lindgren is typing…').waitFor();

  // Both press while it looks free; the agent's claim arrives first.
  const claimed = owner.waitForResponse(/\/claim$/);
  await owner.route('**/claim', async (route) => {
    await agent.getByRole('button', { name: 'Claim' }).click();
    await agent.getByRole('button', { name: 'Claim' }).waitFor({ state: 'detached' });
    await route.continue();
  });
  await owner.getByRole('button', { name: 'Claim' }).click();
  expect((await claimed).status()).toBe(409);
  const told = owner.getByRole('status').filter({ hasText: 'Bo Lindgren has this conversation' });
  await told.getByRole('button', { name: 'Take over' }).click();
  await agent.getByText(/^(?!Bo).* has this conversation/).waitFor();
});

test('a new business is reminded of its address until the link is opened', async () => {
  const email = 'new.owner@example.com';
  const page = await openConsole('/sign-up');
  await fillAccount(page, 'Nell Owner', email);
  await page.getByRole('button', { name: 'Create account' }).click();
  const reminder = page.getByRole('region', { name: 'Confirm your email' });
  await reminder.waitFor();
  await reminder.getByRole('button', { name: 'Send the link again' }).click();
  await page.getByText(`A new link is on its way to ${email}.`).waitFor();
  const link = await mailedLink(email, '/verify-email');
  const other = await page.context().newPage();
  await other.goto(link);
  await other.getByText('Your email address is confirmed.').waitFor();
  await other.close();
  await page.bringToFront();
  await page.evaluate(() => dispatchEvent(new Event('visibilitychange')));
  await reminder.waitFor({ state: 'detached' });
});
