import { expect, test } from 'vitest';
import {
  composer,
  newCustomer,
  openPage,
  openThread,
  signedIn,
  stack,
  thread,
  until,
  withBrowser,
} from './story';

withBrowser();

interface SpareNumber {
  phoneNumberId: string;
  wabaId: string;
  accessToken: string;
}

/** The second number of the simulator, which nobody has connected yet. */
async function spareNumber(): Promise<SpareNumber> {
  const response = await fetch(`${stack.url}/_sim/config`);
  const { numbers } = (await response.json()) as { numbers: SpareNumber[] };
  const second = numbers[1];
  if (second === undefined) throw new Error('the simulator has one number alone');
  return second;
}

test('a number is connected by its form, answers a customer, is paused, described and disconnected', async () => {
  const number = await spareNumber();
  const page = await signedIn('/numbers');
  await page.getByRole('button', { name: 'Connect a number' }).click();
  const form = page.getByRole('dialog', { name: 'Connect a number' });
  await form.getByLabel('Name', { exact: true }).fill('Second shop');
  await form.getByLabel('Phone number ID (Meta)').fill(number.phoneNumberId);
  await form.getByLabel('WhatsApp Business account ID (Meta)').fill(number.wabaId);
  await form.getByLabel('Access token').fill('EAAG-a-token-that-meta-refuses');
  await form.getByRole('button', { name: 'Connect', exact: true }).click();
  await form.getByText(/Meta reports: .*\(code 190\)/).waitFor();
  await form.getByLabel('Access token').fill(number.accessToken);
  await form.getByRole('button', { name: 'Connect', exact: true }).click();

  const made = page.getByRole('dialog', { name: 'Second shop is connected' });
  await made.getByText('Webhooks: OK').waitFor();
  await made.getByRole('button', { name: 'Copy: Verify token' }).waitFor();
  await made.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('heading', { name: 'Second shop' }).waitFor();

  const asha = await newCustomer('Asha Second');
  await asha.says('Is the second shop open?', { to: number.phoneNumberId });
  const inbox = await signedIn('/inbox?tab=all');
  await openThread(inbox, 'Asha Second');
  await composer(inbox).fill('Until six.');
  await inbox.keyboard.press('Enter');
  await until(
    async () => (await asha.received()).some((turn) => turn.includes('Until six.')),
    'it has arrived',
  );

  // The same customer, on the simulator's page.
  const phone = await openPage(`${stack.url}/customer`);
  await phone.getByRole('button', { name: 'Asha Second' }).click();
  const chat = phone.getByRole('log', { name: 'Conversation' });
  await phone.getByLabel('Number of the business').selectOption('Leadwire Demo');
  await chat.getByText('No messages yet').waitFor();
  await phone.getByLabel('Number of the business').selectOption('Leadwire Second');
  await chat.getByText('Until six.').waitFor();
  await phone.getByRole('textbox', { name: 'Message' }).fill('See you at five.');
  await phone.keyboard.press('Enter');
  await thread(inbox).getByText('See you at five.').waitFor();

  const card = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: 'Second shop', exact: true }) });
  const choose = async (action: string) => {
    await card.getByRole('button', { name: 'Actions for Second shop' }).click();
    await page.getByRole('menuitem', { name: action }).click();
  };
  await choose('Pause sending');
  await card.getByText('Sending is paused').waitFor();
  await card.getByRole('button', { name: 'Resume sending' }).click();
  await card.getByText('Connected, WhatsApp accepts sends').waitFor();
  await card.getByRole('button', { name: 'Check now' }).click();
  await page.getByText('Checked with Meta').first().waitFor();

  await choose('Business profile');
  const profile = page.getByRole('dialog', { name: 'Business profile of Second shop' });
  await profile.getByLabel('About').fill('Flowers, and more');
  await profile.getByLabel('Website 1').fill('https://example.com');
  await profile.getByRole('button', { name: 'Save' }).click();
  await card.getByText('Business profile: OK').waitFor();
  await choose('Business profile');
  expect(await profile.getByLabel('About').inputValue()).toBe('Flowers, and more');
  await profile.getByRole('button', { name: 'Cancel' }).click();

  await choose('Disconnect');
  const question = page.getByRole('alertdialog', { name: 'Disconnect Second shop?' });
  await question.getByRole('button', { name: 'Disconnect' }).click();
  await card.waitFor({ state: 'detached' });
  expect(await thread(inbox).getByText('Is the second shop open?').count()).toBe(1);
});

test('a short link and its QR code are made at Meta, and questions are set', async () => {
  const page = await signedIn('/numbers');
  await page
    .getByRole('button', { name: /^Actions for / })
    .first()
    .click();
  await page.getByRole('menuitem', { name: 'Links, questions and calls' }).click();
  const dialog = page.getByRole('dialog', { name: /^Links, questions and calls of / });
  await dialog.getByText(/^As Meta has it:/).waitFor();
  await dialog.getByLabel('First message').fill('I saw your window');
  await dialog.getByRole('button', { name: 'Add a link' }).click();
  await dialog.getByRole('img', { name: 'QR code of “I saw your window”' }).waitFor();
  await dialog.getByRole('button', { name: 'Add a question' }).click();
  await dialog.getByLabel('Question 1').fill('What are your hours?');
  await dialog.getByRole('button', { name: 'Save questions and commands' }).click();
  await dialog.getByText('Meta is making the change …').waitFor({ state: 'hidden' });
  await dialog.getByText('Book a table').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
});
