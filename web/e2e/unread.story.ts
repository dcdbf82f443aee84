import { expect, test } from 'vitest';
import { newCustomer, openThread, row, signedIn, thread, withBrowser } from './story';

withBrowser();

test('a conversation marked as unread is marked in the list until it is opened again', async () => {
  const uma = await newCustomer('Uma Unread');
  await uma.says('I come back to you');
  const page = await signedIn();
  await openThread(page, 'Uma Unread');
  const inList = row(page, /Uma Unread/);
  await inList.getByText('1 unread message').waitFor({ state: 'detached' });
  await page.keyboard.press('Control+Alt+Shift+U');
  await thread(page).waitFor({ state: 'detached' });
  await inList.getByText('Marked as unread').waitFor();
  await page.reload();
  await inList.getByText('Marked as unread').waitFor();
  await inList.click();
  await inList.getByText('Marked as unread').waitFor({ state: 'detached' });
  expect(await thread(page).getByText('I come back to you').count()).toBe(1);
});
