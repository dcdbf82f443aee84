import { test } from 'vitest';
import { newCustomer, posted, signedIn, until, withBrowser } from './story';

withBrowser();

interface Turn {
  direction: string;
  rendered?: { body?: string };
}

test('a campaign goes to the leads with a tag, and a reply shows in its funnel', async () => {
  const gita = await newCustomer('Gita Garden');
  await posted('/api/leads', { name: 'Gita Garden', phone: `+${gita.phone}`, tags: ['garden'] });
  const page = await signedIn('/templates');
  await page.getByRole('button', { name: 'Synchronise' }).click();
  await page.getByText(/^Read from WhatsApp on/).waitFor();

  await page.goto(new URL('/campaigns', page.url()).href);
  await page.getByRole('button', { name: 'New campaign' }).click();
  await page.getByLabel('Name').fill('Garden days');
  await page.getByRole('button', { name: /Stage Audience$/ }).click();
  await page.getByRole('option', { name: 'Tag' }).click();
  await page.getByLabel('Tag', { exact: true }).fill('garden');
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: /Template$/ }).click();
  await page.getByRole('option', { name: /^Appointment reminder \(en\)/ }).click();
  await page.getByLabel('Text for first_name').fill('Gita');
  await page.getByLabel('Text for day').fill('Friday');
  await page.getByLabel('Text for time').fill('11:00');
  const said = 'Hello Gita, we will see you on Friday at 11:00.';
  await page.getByRole('group', { name: 'Preview' }).getByText(said).waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('Send nothing in quiet hours of the recipient').click();
  await page.getByText('Send messages whose price is unknown').click();
  await page.getByRole('button', { name: 'Save and check' }).click();
  await page.getByRole('button', { name: 'Start campaign' }).click();
  await page.getByRole('heading', { name: 'Progress' }).waitFor();
  const turns = async () => (await gita.received()).map((turn) => JSON.parse(turn) as Turn);
  await until(async () => (await turns()).some(({ rendered }) => rendered?.body === said), 'Gita has it');
  await gita.says('I will be there');
  await page.getByRole('grid', { name: 'Recipients' }).waitFor();
  await until(async () => {
    const text = (await page.locator('dt', { hasText: 'Replied' }).first().locator('..').textContent()) ?? '';
    return text.includes('1');
  }, 'the funnel shows the reply');
});
