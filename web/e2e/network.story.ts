import type { Route } from 'playwright-core';
import { expect, test } from 'vitest';
import {
  composer,
  newCustomer,
  openThread,
  row,
  signedIn,
  signIn,
  thread,
  until,
  withBrowser,
} from './story';

withBrowser();

test('offline: what is sent waits with a clock and goes out once', async () => {
  const olga = await newCustomer('Olga Off');
  await olga.says('Are you there?');
  const page = await signedIn();
  await openThread(page, 'Olga Off');
  await page.context().setOffline(true);
  await page.getByText('You are offline').waitFor();
  await composer(page).fill('Sent without a net');
  await page.keyboard.press('Enter');
  const bubble = thread(page).getByRole('article').filter({ hasText: 'Sent without a net' });
  await bubble.getByText('Waiting for a connection').waitFor();

  await page.context().setOffline(false);
  await bubble.getByText('Read', { exact: true }).waitFor();
  expect(await bubble.count()).toBe(1);
  const arrived = (await olga.received()).filter((turn) => turn.includes('Sent without a net'));
  expect(arrived).toHaveLength(1);
});

test('an answer that is lost is asked for again: the message goes out once', async () => {
  const lena = await newCustomer('Lena Lost');
  await lena.says('Hi');
  const page = await signedIn();
  await openThread(page, 'Lena Lost');
  let lost = 0;
  await page.route('**/api/messages', async (route) => {
    if (lost > 0) return route.continue();
    lost += 1;
    await route.fetch();
    return route.abort('connectionreset');
  });
  await composer(page).fill('Only once, please');
  await page.keyboard.press('Enter');
  const bubble = thread(page).getByRole('article').filter({ hasText: 'Only once, please' });
  await bubble.getByText('Read', { exact: true }).waitFor();
  expect(await bubble.count()).toBe(1);
  const arrived = (await lena.received()).filter((turn) => turn.includes('Only once, please'));
  expect(arrived).toHaveLength(1);
});

test('an answer that is older than a frame takes nothing back: ticks, messages and quotes stay', async () => {
  const tess = await newCustomer('Tess Slow');
  await tess.says('Is it free?');
  const page = await signedIn();
  await openThread(page, 'Tess Slow');
  await thread(page).getByText('Is it free?', { exact: true }).waitFor();
  // Reads of the thread answer with how it was long before.
  const held: (() => void)[] = [];
  await page.route(/\/messages\?limit=100/, async (route) => {
    const response = await route.fetch();
    await new Promise<void>((resolve) => held.push(resolve));
    await route.fulfill({ response });
  });
  await composer(page).fill('Shall I hold it?');
  await page.keyboard.press('Enter');
  const question = thread(page).getByRole('article').filter({ hasText: 'Shall I hold it?' });
  await question.getByText('Read', { exact: true }).waitFor();
  const turns = (await tess.received()).map((turn) => JSON.parse(turn) as { id: string; direction: string });
  await tess.says('Yes', { replyTo: turns.find(({ direction }) => direction === 'out')?.id });
  const answer = thread(page).getByRole('article').filter({ hasText: 'Yes' });
  await answer.waitFor();
  await until(() => Promise.resolve(held.length > 0), 'a read is on its way');
  const landed = page.waitForResponse(/\/messages\?limit=100/);
  held.forEach((release) => release());
  await (await landed).finished();
  await tess.says('Please');
  await thread(page).getByText('Please', { exact: true }).waitFor();
  await answer.getByRole('button').getByText('Shall I hold it?').waitFor();
  await question.getByText('Read', { exact: true }).waitFor();
  expect(await answer.count()).toBe(1);
});

test('what was not accepted when the page was reloaded goes out afterwards, once', async () => {
  const rena = await newCustomer('Rena Reload');
  await rena.says('Hi');
  const page = await signedIn();
  await openThread(page, 'Rena Reload');
  await page.route('**/api/messages', (route) => route.abort('connectionreset'));
  await composer(page).fill('Before the reload');
  await page.keyboard.press('Enter');
  const bubble = thread(page).getByRole('article').filter({ hasText: 'Before the reload' });
  await bubble.getByText('Waiting for a connection').waitFor();
  await page.reload();
  await page.unroute('**/api/messages');
  await bubble.getByText('Read', { exact: true }).waitFor();
  expect((await rena.received()).filter((turn) => turn.includes('Before the reload'))).toHaveLength(1);
});

/** The answer of the API to somebody whose session has ended. */
const signedOut = (route: Route) =>
  route.fulfill({
    status: 401,
    contentType: 'application/problem+json',
    body: JSON.stringify({
      type: '/problems/unauthenticated',
      title: 'Signed out',
      status: 401,
      detail: '',
    }),
  });

test('the session ends while one types: the draft is there after the next sign-in', async () => {
  const ella = await newCustomer('Ella Ends');
  await ella.says('Tell me more');
  const page = await signedIn();
  const read = page.waitForResponse(/\/read$/);
  await openThread(page, 'Ella Ends');
  await read;
  await composer(page).fill('A long answer that must not');
  await page.context().clearCookies();
  // The send is the first call that hears of it, whatever else the page asks meanwhile.
  await page.route('**/api/messages', signedOut);
  await composer(page).pressSequentially(' be lost');
  await page.keyboard.press('Enter');
  await page.getByLabel('Email').waitFor();
  await page.unroute('**/api/messages');
  await signIn(page);
  const bubble = thread(page).getByRole('article').filter({ hasText: 'A long answer that must not be lost' });
  await bubble.getByText('Read', { exact: true }).waitFor();
  expect(await bubble.count()).toBe(1);
});

test('another call hears that the session ended: what one typed is a draft after the next sign-in', async () => {
  const dora = await newCustomer('Dora Draft');
  await dora.says('Tell me more');
  const page = await signedIn();
  const read = page.waitForResponse(/\/read$/);
  await openThread(page, 'Dora Draft');
  await read;
  await composer(page).fill('Not sent, and not lost');
  await page.context().clearCookies();
  await page.route('**/api/**', signedOut);
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await page.getByLabel('Email').waitFor();
  await page.unroute('**/api/**');
  await signIn(page);
  await composer(page).waitFor();
  expect(await composer(page).inputValue()).toBe('Not sent, and not lost');
});

test('a draft survives a reload', async () => {
  const dan = await newCustomer('Dan Draft');
  await dan.says('Hi');
  const page = await signedIn();
  await openThread(page, 'Dan Draft');
  await composer(page).fill('half a sen');
  await page.reload();
  await expect.poll(() => composer(page).inputValue()).toBe('half a sen');
});

const faces = [
  [403, '/problems/forbidden', 'You may not do this'],
  [404, '/problems/not-found', 'Not found'],
  [429, '/problems/too-many-requests', 'Too many tries'],
  [500, '/problems/internal', 'Something went wrong on our side'],
] as const;

test.each(faces)('a thread that answers %i has a face and a next step', async (status, type, title) => {
  const fay = await newCustomer(`Fay ${status}`);
  await fay.says('Hi');
  const page = await signedIn();
  await row(page, `Fay ${status}`).waitFor();
  await page.route(/\/api\/conversations\/[^/]+\/messages/, (route) =>
    route.fulfill({
      status,
      contentType: 'application/problem+json',
      headers: { 'x-request-id': 'req_1', 'retry-after': '1' },
      body: JSON.stringify({ type, title: 'English of the API', status, detail: 'What the API says.' }),
    }),
  );
  await page.clock.install();
  await row(page, `Fay ${status}`).click();
  const face = page.getByRole('alert').getByText(title);
  await until(async () => {
    // The pauses between the console's tries are no part of this story.
    await page.clock.fastForward(2000);
    return face.isVisible();
  }, `${status} has a face`);
  await page.unroute(/\/api\/conversations\/[^/]+\/messages/);
  await page.getByRole('button', { name: 'Try again' }).click();
  await thread(page).getByText('Hi', { exact: true }).waitFor();
});

test('a message that the API refuses turns red, and is sent again by a press', async () => {
  const rita = await newCustomer('Rita Red');
  await rita.says('Hi');
  const page = await signedIn();
  await openThread(page, 'Rita Red');
  await page.route('**/api/messages', (route) =>
    route.fulfill({
      status: 422,
      contentType: 'application/problem+json',
      body: JSON.stringify({ type: '/problems/window-closed', title: 'Closed', status: 422, detail: '' }),
    }),
  );
  await composer(page).fill('Too late?');
  await page.keyboard.press('Enter');
  await thread(page).getByRole('alert').waitFor();
  await page.unroute('**/api/messages');
  await page.getByRole('button', { name: 'Try again' }).click();
  const bubble = thread(page).getByRole('article').filter({ hasText: 'Too late?' });
  await bubble.getByText('Read', { exact: true }).waitFor();
  await until(async () => (await bubble.count()) === 1, 'it stands once');
});
