import { expect, test } from 'vitest';
import { openPage, signedIn, stack, until, withBrowser } from './story';

withBrowser();

test("a number is connected on Meta's page, and a phone is linked by its QR code", async () => {
  const page = await signedIn('/numbers');
  await page.getByRole('button', { name: 'Connect with Facebook' }).click();
  await page.getByRole('button', { name: /Share \+15550783883/ }).click();
  await page.getByText(/is connected/).waitFor();
  await page.getByText(/The PIN of the two-step verification is \d{6}/).waitFor();
  await page.getByRole('link', { name: 'Numbers' }).click();
  await page.getByRole('heading', { name: 'Leadwire Third' }).waitFor();

  await page.getByRole('button', { name: 'Link a phone by QR' }).click();
  const dialog = page.getByRole('dialog', { name: 'Link a WhatsApp number' });
  const code = dialog.getByRole('img', { name: 'QR code' });
  await code.waitFor();
  expect(await code.getAttribute('src')).toMatch(/^data:image\/svg\+xml;base64,/);
  const link = await dialog
    .getByText(/\/numbers\/link\?scan=/)
    .first()
    .textContent();

  const phone = await openPage(`${stack.url}/customer/phone`);
  await phone.getByLabel('Link in the QR code').fill(link ?? '');
  await phone.getByRole('button', { name: 'Open' }).click();
  await phone.getByRole('button', { name: 'Continue to Meta' }).click();
  await phone.getByRole('button', { name: /Share \+15550783882/ }).click();
  await phone.getByText('The phone is linked. You can close this page.').waitFor();

  await until(async () => (await dialog.getByText(/Connected/).count()) > 0, 'the dialog says so');
  await dialog.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('heading', { name: 'Leadwire Second' }).waitFor();
});
