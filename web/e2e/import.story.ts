import { expect, test } from 'vitest';
import { signedIn, withBrowser } from './story';

withBrowser();

const FILE =
  'Name,Phone,City\nIda Import,+919876511111,Pune\nIvo Import,+919876511112,Agra\nBroken,12,Delhi\n';

test('a file is uploaded, mapped, checked and imported, and the leads are tagged in bulk and undone', async () => {
  const page = await signedIn('/leads');
  await page.getByRole('link', { name: 'Import' }).click();
  await page
    .getByLabel('Choose a file')
    .first()
    .setInputFiles({ name: 'leads.csv', mimeType: 'text/csv', buffer: Buffer.from(FILE) });
  await page.getByRole('heading', { name: '2. Say what each column holds' }).waitFor();
  await page.getByRole('button', { name: 'Check the rows' }).click();
  await page.getByRole('heading', { name: '3. The check' }).waitFor();
  await page.getByRole('button', { name: 'Import 2 rows' }).click();
  await page.getByRole('heading', { name: 'The import is done.' }).waitFor();
  expect(await page.getByRole('link', { name: 'Download the report' }).count()).toBe(1);
  await page.getByRole('link', { name: 'See the leads' }).click();

  await page.getByRole('button', { name: 'Select', exact: true }).click();
  await page.getByText('Select Ida Import').click({ force: true });
  await page.getByText('Select Ivo Import').click({ force: true });
  await page.getByText('2 selected').waitFor();
  await page.getByRole('button', { name: 'Add tags' }).click();
  await page.getByLabel('Tags for every lead').fill('imported');
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByText('2 changed.').waitFor();
  await page.getByText('imported', { exact: true }).first().waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('imported', { exact: true }).first().waitFor({ state: 'detached' });
});
