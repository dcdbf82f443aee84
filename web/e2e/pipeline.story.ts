import { expect, test } from 'vitest';
import { signedIn, withBrowser } from './story';

withBrowser();

test('a field, a deal and a saved view: defined, filled in, sold along and found again', async () => {
  const page = await signedIn('/lead-settings');
  await page.getByRole('button', { name: 'New field' }).click();
  const field = page.getByRole('dialog', { name: 'New field' });
  await field.getByLabel('Name').fill('Reference');
  await field.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Text · reference').waitFor();

  await page.goto(new URL('/leads', page.url()).href);
  await page.getByRole('button', { name: 'New lead' }).click();
  const lead = page.getByRole('dialog', { name: 'New lead' });
  await lead.getByLabel('Name').fill('Dora Deal');
  await lead.getByRole('button', { name: 'Create lead' }).click();
  await page.waitForURL(/\/leads\/led_/);
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabel('Reference').fill('QX-77');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await page.getByText('QX-77').waitFor();

  await page.getByRole('button', { name: 'New deal' }).click();
  const deal = page.getByRole('dialog', { name: 'New deal' });
  await deal.getByLabel('What is sold').fill('Braces');
  await deal.getByLabel('Value').fill('900');
  await deal.getByLabel('Currency').fill('EUR');
  await deal.getByRole('button', { name: 'Create deal' }).click();
  await page.getByText('€900.00').waitFor();

  await page.goto(new URL('/board', page.url()).href);
  await page.getByRole('button', { name: /The board shows/ }).click();
  await page.getByRole('option', { name: /^Deals: / }).click();
  await page.getByRole('button', { name: 'Actions for Braces' }).click();
  await page.getByRole('menuitem', { name: 'Move to Qualified' }).click();
  await page.getByText('Braces is now in Qualified.').waitFor();
  await page.getByRole('region', { name: 'Qualified' }).getByText('Braces').waitFor();

  await page.goto(new URL('/leads', page.url()).href);
  await page.getByRole('button', { name: 'New view' }).click();
  const view = page.getByRole('dialog', { name: 'New view' });
  await view.getByLabel('Name of the view').fill('Qualified leads');
  await view.getByRole('button', { name: 'Add a condition' }).click();
  await page.getByRole('menuitem', { name: 'Stage', exact: true }).click();
  await view.getByRole('button', { name: 'Qualified' }).click();
  await view.getByRole('button', { name: 'Save view' }).click();
  await page.waitForURL(/segment=seg_/);
  await page.getByRole('row', { name: /^Dora Deal/ }).waitFor();
  expect(await page.getByRole('row').count()).toBe(2);
});
