import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import {
  composer,
  listed,
  newCustomer,
  openConsole,
  openThread,
  row,
  signIn,
  thread,
  until,
  withBrowser,
} from './story';

withBrowser();

/** Stands between the page and its socket: cuts it and lets none be made, or swallows what comes in. */
async function socketOf(page: Page) {
  const state = { isCut: false, isDeaf: false, made: 0 };
  let close: () => Promise<unknown> = () => Promise.resolve();
  await page.route('**/api/realtime/ticket', (route) =>
    state.isCut ? route.abort('connectionreset') : route.continue(),
  );
  await page.routeWebSocket(/\/ws/, (socket) => {
    state.made += 1;
    const server = socket.connectToServer();
    server.onMessage((frame) => {
      if (!state.isDeaf) socket.send(frame);
    });
    close = () => Promise.all([socket.close({ code: 1001 }), server.close()]);
  });
  return Object.assign(state, {
    async cut() {
      state.isCut = true;
      await close();
    },
    mend() {
      state.isCut = false;
    },
  });
}

const isListed = async (name: string) =>
  (await listed<{ name: string }>('/api/conversations?limit=100')).some((one) => one.name === name);
const inThread = (page: Page, text: string) => thread(page).getByText(text, { exact: true });

test('the socket is cut: nothing stays missed, and nothing is shown twice', async () => {
  const page = await openConsole('/sign-in?next=%2Finbox%3Ftab%3Dall');
  const socket = await socketOf(page);
  await signIn(page);
  const sam = await newCustomer('Sam Cut');
  await sam.says('before');
  await openThread(page, 'Sam Cut');
  await inThread(page, 'before').waitFor();

  await socket.cut();
  const bar = page.getByText('The live connection is lost');
  await bar.waitFor();
  await sam.says('while it was cut');
  const nina = await newCustomer('Nina New');
  await nina.says('somebody new meanwhile');
  await until(() => isListed('Nina New'), 'the API has both');
  expect(await inThread(page, 'while it was cut').count()).toBe(0);
  expect(await row(page, 'Nina New').count()).toBe(0);

  const before = socket.made;
  socket.mend();
  await inThread(page, 'while it was cut').waitFor();
  await row(page, 'Nina New').waitFor();
  await bar.waitFor({ state: 'detached' });
  expect(socket.made).toBeGreaterThan(before);
  await sam.says('after');
  await inThread(page, 'after').waitFor();
  for (const text of ['before', 'while it was cut', 'after']) {
    expect(await inThread(page, text).count(), text).toBe(1);
  }
  expect(await row(page, 'Sam Cut').count()).toBe(1);
  expect(await row(page, 'Nina New').count()).toBe(1);
});

test('what one sends while the socket is cut goes out once, and its ticks come afterwards', async () => {
  const page = await openConsole('/sign-in?next=%2Finbox%3Ftab%3Dall');
  const socket = await socketOf(page);
  await signIn(page);
  const tom = await newCustomer('Tom Ticks');
  await tom.says('Hi');
  await openThread(page, 'Tom Ticks');
  await socket.cut();
  await page.getByText('The live connection is lost').waitFor();
  await composer(page).fill('answered meanwhile');
  await page.keyboard.press('Enter');
  const answer = thread(page).getByRole('article').filter({ hasText: 'answered meanwhile' });
  await answer.waitFor();
  const id = /\/inbox\/([^?]+)/.exec(page.url())?.[1] ?? '';
  const messages = () =>
    listed<{ text: string; status: string }>(`/api/conversations/${id}/messages?limit=100`);
  await until(
    async () =>
      (await messages()).some(({ text, status }) => text === 'answered meanwhile' && status === 'read'),
    'the API knows that it was read',
  );
  expect(await answer.getByText('Read', { exact: true }).count()).toBe(0);

  socket.mend();
  await answer.getByText('Read', { exact: true }).waitFor();
  expect(await answer.count()).toBe(1);
  const arrived = (await tom.received()).filter((turn) => turn.includes('answered meanwhile'));
  expect(arrived).toHaveLength(1);
});

test('frames are lost on an open socket: what they said is there once the tab is shown again', async () => {
  const page = await openConsole('/sign-in?next=%2Finbox%3Ftab%3Dall');
  const socket = await socketOf(page);
  await signIn(page);
  const dee = await newCustomer('Dee Deaf');
  await dee.says('heard');
  await openThread(page, 'Dee Deaf');
  await inThread(page, 'heard').waitFor();

  socket.isDeaf = true;
  await dee.says('not heard');
  const mia = await newCustomer('Mia Missed');
  await mia.says('not heard either');
  await until(() => isListed('Mia Missed'), 'the API has both');
  expect(await inThread(page, 'not heard').count()).toBe(0);

  socket.isDeaf = false;
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await inThread(page, 'not heard').waitFor();
  await row(page, 'Mia Missed').waitFor();
  await dee.says('heard again');
  await inThread(page, 'heard again').waitFor();
  for (const text of ['heard', 'not heard', 'heard again']) {
    expect(await inThread(page, text).count(), text).toBe(1);
  }
  expect(await row(page, 'Dee Deaf').count()).toBe(1);
});
