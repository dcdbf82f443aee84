import { expect, test } from 'vitest';
import {
  listed,
  newCustomer,
  openThread,
  posted,
  row,
  signedIn,
  stack,
  thread,
  until,
  withBrowser,
} from './story';

withBrowser();

interface Turn {
  direction: string;
  type: string;
  content: { body?: string };
}

test("a customer's photo and text are forwarded in their order, and only where the window is open", async () => {
  const fay = await newCustomer('Fay From');
  const toni = await newCustomer('Toni To');
  await toni.says('Send me the offer');
  await fay.sends('image');
  await fay.says('This is the villa');
  // Other stories may have connected more numbers.
  const channels = await listed<{ id: string; phoneNumberId: string }>('/api/channels');
  const channelId = channels.find(({ phoneNumberId }) => phoneNumberId === stack.phoneNumberId)?.id;
  await posted('/api/conversations', { phone: '+4915123456780', name: 'Nora Never', channelId });
  const page = await signedIn();
  await openThread(page, 'Fay From');
  await thread(page)
    .getByRole('button', { name: /^Open large/ })
    .waitFor();
  const text = thread(page).getByRole('article').filter({ hasText: 'This is the villa' });
  await text.hover();
  await text.locator('..').getByRole('button', { name: 'Message actions' }).click();
  await page.getByRole('menuitem', { name: 'Select messages' }).click();
  await page.getByText('1 message selected').waitFor();
  const boxes = thread(page).getByRole('checkbox');
  await boxes.first().check({ force: true });
  await page.getByText('2 messages selected').waitFor();
  await page.getByRole('button', { name: 'Forward' }).click();

  const dialog = page.getByRole('dialog', { name: 'Forward 2 messages' });
  const never = dialog.getByRole('checkbox', { name: /Nora Never/ });
  await never.waitFor();
  expect(await never.isDisabled()).toBe(true);
  await dialog
    .getByRole('listitem')
    .filter({ hasText: 'Nora Never' })
    .getByText('window is closed')
    .waitFor();
  await dialog.getByRole('searchbox').fill('toni');
  await dialog.getByRole('checkbox', { name: /Toni To/ }).check({ force: true });
  await dialog.getByRole('button', { name: 'Forward' }).click();
  await dialog.waitFor({ state: 'detached' });

  const received = async () =>
    (await toni.received())
      .map((turn) => JSON.parse(turn) as Turn)
      .filter(({ direction }) => direction === 'out');
  await until(async () => (await received()).length === 2, 'both arrive');
  expect((await received()).map(({ type }) => type)).toEqual(['image', 'text']);
  await row(page, /Toni To/).click();
  await thread(page)
    .getByRole('button', { name: /^Open large/ })
    .waitFor();
  await thread(page).getByText('This is the villa').waitFor();
});
