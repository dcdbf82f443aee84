import { expect, test } from 'vitest';
import { newCustomer, openThread, row, signedIn, until, withBrowser } from './story';

withBrowser();

test('a lead is written down, edited, found by the palette, deleted and restored', async () => {
  const page = await signedIn('/leads');
  await page.getByRole('button', { name: 'New lead' }).click();
  const dialog = page.getByRole('dialog', { name: 'New lead' });
  await dialog.getByLabel('Name').fill('Lena Ledger');
  await dialog.getByLabel('Email').fill('lena@ledger.example');
  await dialog.getByLabel('Tags').fill('wholesale, vip');
  await dialog.getByRole('button', { name: 'Create lead' }).click();
  await page.waitForURL(/\/leads\/led_/);
  await page.getByText('wholesale', { exact: true }).waitFor();

  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabel('Value').fill('1500.5');
  await page.getByLabel('Currency').fill('eur');
  await page.getByRole('button', { name: 'Remove the tag vip' }).click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('€1,500.50').waitFor();
  expect(await page.getByText('vip', { exact: true }).count()).toBe(0);

  await page.getByRole('textbox', { name: 'Note', exact: true }).fill('Wants a discount');
  await page.getByRole('button', { name: 'Save note' }).click();
  await page.getByText(/^Note: Wants a discount/).waitFor();
  await page.getByRole('tab', { name: 'Task' }).click();
  await page.getByLabel('What is to be done').fill('Call Lena back');
  await page.getByRole('button', { name: 'Create task' }).click();
  await page.getByRole('checkbox', { name: 'Call Lena back' }).waitFor();

  await page.goto(new URL('/tasks', page.url()).href);
  await page.getByRole('link', { name: 'Lena Ledger' }).waitFor();
  await page.getByText('Call Lena back').click();
  await page.getByText('Call Lena back').waitFor({ state: 'detached' });

  await page.keyboard.press('Control+k');
  await page.getByPlaceholder('Type a command or a page').fill('ledger');
  await page.getByRole('menuitem', { name: /^Lena Ledger/ }).click();
  await page.waitForURL(/\/leads\/led_/);
  await page.getByRole('button', { name: 'Delete lead' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete lead' }).click();
  await page.waitForURL(/\/leads$/);
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Lena Ledger was restored.').waitFor();
  await page.getByRole('row', { name: /^Lena Ledger/ }).waitFor();
});

test('leads are narrowed to a tag, and a second lead with the same address names the first', async () => {
  const page = await signedIn('/leads');
  for (const [name, email] of [
    ['Tara Tagged', 'tara@tagged.example'],
    ['Tara Twin', 'tara@tagged.example'],
  ] as const) {
    await page.getByRole('button', { name: 'New lead' }).click();
    const dialog = page.getByRole('dialog', { name: 'New lead' });
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByLabel('Email').fill(email);
    await dialog.getByLabel('Tags').fill('tara-only');
    await dialog.getByRole('button', { name: 'Create lead' }).click();
    if (name === 'Tara Tagged') {
      await page.waitForURL(/\/leads\/led_/);
      await page.getByRole('link', { name: 'All leads' }).click();
    }
  }
  await page.getByRole('link', { name: 'Open the lead that exists' }).waitFor();
  await page.goto(new URL('/leads?tag=tara-only', page.url()).href);
  await until(async () => (await page.getByRole('row', { name: /^Tara Tagged/ }).count()) === 1, 'one lead');
  expect(await page.getByRole('row', { name: /^Tara Twin/ }).count()).toBe(0);
});

test('beside a thread stand the notes, and one is written there', async () => {
  const page = await signedIn();
  const nora = await newCustomer('Nora Noted');
  await nora.says('Hello');
  await row(page, 'Nora Noted').waitFor();
  await openThread(page, 'Nora Noted');
  const contact = page.getByRole('complementary', { name: 'Contact' });
  await contact.getByLabel('New note').fill('Prefers mornings');
  await contact.getByRole('button', { name: 'Save note' }).click();
  await contact.getByText('Prefers mornings', { exact: true }).waitFor();
});
