import { test } from 'vitest';
import { signedIn, withBrowser } from './story';

withBrowser();

test('a budget is added, changed and deleted on the page of costs', async () => {
  const page = await signedIn('/costs');
  await page.getByRole('button', { name: 'Add budget' }).click();
  const add = page.getByRole('dialog', { name: 'Add budget' });
  // It warns, so that no other story's messages are held.
  await add.getByLabel('Amount').fill('much');
  await add.getByRole('button', { name: 'Save' }).click();
  await add.getByText(/expected an amount/).waitFor();
  await add.getByLabel('Amount').fill('100');
  await add.getByRole('button', { name: 'Save' }).click();
  const table = page.getByRole('grid', { name: 'Budgets' });
  const row = table.getByRole('row', { name: /^All numbers/ });
  await row.getByText('Warn only').waitFor();
  await row.getByRole('button', { name: 'Edit budget' }).click();
  const edit = page.getByRole('dialog', { name: 'Edit budget' });
  await edit.getByLabel('Amount').fill('250');
  await edit.getByRole('button', { name: 'Save' }).click();
  await row.getByText(/250/).waitFor();
  await row.getByRole('button', { name: 'Delete budget' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete budget' }).click();
  await page.getByText('There is no budget.').waitFor();
});
