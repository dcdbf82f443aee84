import { expect, test } from 'vitest';
import { signedIn, withBrowser } from './story';

withBrowser();

test('two leads are merged, the merge is undone, and a person is erased with a receipt', async () => {
  const page = await signedIn('/leads');
  for (const [name, email] of [
    ['Mira Double', 'mira@double.example'],
    ['M. Double', 'office@double.example'],
  ] as const) {
    await page.getByRole('button', { name: 'New lead' }).click();
    const dialog = page.getByRole('dialog', { name: 'New lead' });
    await dialog.getByLabel('Name').fill(name);
    await dialog.getByLabel('Email').fill(email);
    await dialog.getByRole('button', { name: 'Create lead' }).click();
    await page.waitForURL(/\/leads\/led_/);
    await page.goto(new URL('/leads', page.url()).href);
  }
  await page.getByRole('row', { name: /^Mira Double/ }).click();
  await page.waitForURL(/\/leads\/led_/);
  await page.getByRole('button', { name: 'Merge with another lead' }).click();
  const dialog = page.getByRole('dialog', { name: 'Merge into Mira Double' });
  await dialog.getByLabel('Search leads').fill('office double');
  await dialog.getByRole('button', { name: 'Merge M. Double' }).click();
  await dialog.getByText('Name: stays').waitFor();
  await dialog.getByRole('button', { name: 'Merge', exact: true }).click();
  await page.getByText('The leads were merged.').waitFor();
  await page.getByRole('button', { name: 'Undo the merge' }).click();
  await page.getByText('The merge was undone.').waitFor();

  await page.goto(new URL('/possible-duplicates', page.url()).href);
  await page.getByText('No possible duplicates').waitFor();

  await page.goto(new URL('/leads', page.url()).href);
  await page.getByRole('row', { name: /^M\. Double/ }).click();
  await page.getByRole('button', { name: 'Erase this person' }).click();
  const erase = page.getByRole('alertdialog', { name: 'Erase this person' });
  const confirm = erase.getByRole('button', { name: 'Erase this person' });
  expect(await confirm.isDisabled()).toBe(true);
  await erase.getByLabel('Type M. Double to confirm').fill('M. Double');
  await confirm.click();
  await erase.getByText('The erasure is running.', { exact: false }).waitFor();
});
