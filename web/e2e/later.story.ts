import { expect, test } from 'vitest';
import { composer, newCustomer, openThread, signedIn, thread, until, withBrowser } from './story';

withBrowser();

test('a message is sent later: scheduled, changed, moved, and cancelled', async () => {
  const lena = await newCustomer('Lena Later');
  await lena.says('When do you open?');
  const page = await signedIn();
  await openThread(page, 'Lena Later');
  await composer(page).fill('At nine.');
  await page.getByRole('button', { name: 'Send later' }).click();
  await page.getByRole('menuitem', { name: /Tomorrow morning/ }).click();
  const bubble = thread(page).getByRole('article').filter({ hasText: 'Will be sent' });
  await bubble.filter({ hasText: 'At nine.' }).waitFor();

  await bubble.getByRole('button', { name: 'Edit' }).click();
  const form = page.getByRole('dialog', { name: 'Edit' });
  await form.getByText(/In your time zone/).waitFor();
  await form.getByLabel('Message').fill('At ten.');
  await form.getByLabel('Do not send if the customer writes before').check({ force: true });
  await form.getByRole('button', { name: 'Save' }).click();
  await bubble
    .filter({ hasText: 'At ten.' })
    .filter({ hasText: 'Not if the customer writes before.' })
    .waitFor();

  await bubble.getByRole('button', { name: 'Cancel sending' }).click();
  await until(async () => (await bubble.count()) === 0, 'it is gone');
  expect((await lena.received()).some((turn) => turn.includes('At ten.'))).toBe(false);
});
