import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { newCustomer, openThread, row, signedIn, thread, until, withBrowser } from './story';

withBrowser();

const photo = new URL('../../local/meta-simulator/src/photo.png', import.meta.url);

interface Turn {
  direction: string;
  type: string;
  rendered?: { body?: string };
  content: { components?: { type: string; parameters: { type: string; image?: { id?: string } }[] }[] };
}

test('templates are read from WhatsApp, and one goes out while the window is closed and is answered', async () => {
  const tilda = await newCustomer('Tilda Template');
  const page = await signedIn('/templates');
  await page.getByRole('button', { name: 'Synchronise' }).click();
  await page.getByText(/^Read from WhatsApp on/).waitFor();
  const table = page.getByRole('grid', { name: 'Templates' });
  await table
    .getByRole('row', { name: /^Order ready/ })
    .first()
    .waitFor();
  await page.getByLabel('Search by name').fill('flash');
  await table.getByRole('row', { name: /^Flash sale/ }).click();
  const dialog = page.getByRole('dialog', { name: 'Flash sale' });
  await dialog.getByText('Paused', { exact: true }).waitFor();
  await dialog.getByRole('button', { name: 'Close' }).first().click();

  // Nobody wrote: the window is closed.
  await page.goto(new URL('/inbox?tab=all', page.url()).href);
  await page.getByRole('button', { name: 'New conversation' }).click();
  await page.getByLabel('Phone').fill(`+${tilda.phone}`);
  await page.getByRole('button', { name: 'Open conversation' }).click();
  await thread(page).waitFor();
  await page.getByRole('button', { name: 'Send a template' }).click();
  await page.getByLabel('Search by name').fill('appointment');
  await page.getByRole('button', { name: /^Appointment reminder en / }).click();
  const editor = page.getByRole('form', { name: 'Appointment reminder' });
  await editor.getByLabel('Value of first name').fill('Tilda');
  await editor.getByLabel('Value of day').fill('Tuesday');
  await editor.getByRole('button', { name: 'Send' }).click();
  await editor.getByText('Fill this in.').waitFor();
  await editor.getByLabel('Value of time').fill('10:00');
  const said = 'Hello Tilda, we will see you on Tuesday at 10:00.';
  await editor.getByRole('group', { name: 'Preview' }).getByText(said).waitFor();
  await editor.getByRole('button', { name: 'Send' }).click();
  await thread(page).getByText(said).waitFor();
  const turns = async () => (await tilda.received()).map((turn) => JSON.parse(turn) as Turn);
  await until(async () => (await turns()).some(({ rendered }) => rendered?.body === said), 'Tilda has it');

  await tilda.says('I will be there');
  await thread(page).getByText('I will be there').waitFor();
  await page.getByRole('textbox', { name: /^Reply to/ }).waitFor();
});

test('a template with a photo carries the file of the business', async () => {
  const pia = await newCustomer('Pia Photo');
  await pia.says('What is new?');
  const page = await signedIn();
  await openThread(page, 'Pia Photo');
  await page.getByRole('button', { name: 'Attach' }).click();
  await page.getByRole('menuitem', { name: 'Template' }).click();
  await page.getByRole('button', { name: /^Welcome offer/ }).click();
  const editor = page.getByRole('form', { name: 'Welcome offer' });
  await editor.getByLabel('Value of {{1}}').fill('Pia');
  const chooser = page.waitForEvent('filechooser');
  await editor.getByRole('button', { name: 'Choose a file' }).click();
  await (await chooser).setFiles({ name: 'new.png', mimeType: 'image/png', buffer: await readFile(photo) });
  await editor.getByText('new.png').waitFor();
  await editor.getByRole('button', { name: 'Send' }).click();
  await thread(page).getByText('Welcome, Pia! Your first order is on us.').waitFor();
  const sent = async () =>
    (await pia.received())
      .map((turn) => JSON.parse(turn) as Turn)
      .find(({ type, direction }) => type === 'template' && direction === 'out');
  await until(async () => (await sent()) !== undefined, 'Pia has the template');
  expect((await sent())?.content.components?.[0]?.parameters[0]?.image?.id).toBeTruthy();
  await row(page, 'Pia Photo').waitFor();
});

test('a template with a photo is created, approved, and shows its own file in every message', async () => {
  const page = await signedIn('/templates');
  await page.getByRole('button', { name: 'New template' }).click();
  const form = page.getByRole('dialog', { name: 'New template' });
  await form.getByLabel('Name').fill('summer look');
  await form.getByRole('button', { name: /Header/ }).click();
  await page.getByRole('option', { name: 'Photo' }).click();
  const chooser = page.waitForEvent('filechooser');
  await form.getByRole('button', { name: 'Choose a file' }).click();
  await (
    await chooser
  ).setFiles({ name: 'summer.png', mimeType: 'image/png', buffer: await readFile(photo) });
  await form.getByText('summer.png').waitFor();
  await form.getByLabel('Text', { exact: true }).fill('The summer look is here.');
  await form.getByRole('button', { name: 'Submit for review' }).click();
  await page.getByText(/Summer look is submitted/).waitFor();
  const table = page.getByRole('grid', { name: 'Templates' });
  const row = table.getByRole('row', { name: /^Summer look/ });
  await row.getByText('Approved').waitFor({ timeout: 30_000 });
  await row.click();
  const dialog = page.getByRole('dialog', { name: 'Summer look' });
  await dialog.getByText('The template’s own file is sent.').waitFor();
  await dialog.getByRole('button', { name: 'Change' }).click();
  const change = page.getByRole('dialog', { name: 'Change Summer look' });
  await change.getByLabel('Text', { exact: true }).fill('The summer look is here. Come by.');
  await change.getByRole('button', { name: 'Submit for review' }).click();
  await page.getByText(/Summer look is submitted/).waitFor();
  await row.getByText('Approved').waitFor({ timeout: 30_000 });
});
