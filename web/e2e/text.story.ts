import { expect, test } from 'vitest';
import { newCustomer, openThread, row, signedIn, thread, withBrowser } from './story';

withBrowser();

const SCRIPT = `<script>document.title='owned'</script><img src=x onerror="document.title='owned'">`;

test("a script in a customer's name and words is shown as text", async () => {
  const eve = await newCustomer(`${SCRIPT} Eve`);
  await eve.says(`${SCRIPT} javascript:alert(1) [x](javascript:alert(1))`);
  const page = await signedIn();
  await row(page, /\bEve\b/).click();
  await thread(page).getByText('<script>').first().waitFor();
  expect(await page.title()).not.toContain('owned');
  expect(await page.locator('main img').count()).toBe(0);
  expect(await page.locator('a[href^="javascript"]').count()).toBe(0);
});

test('right-to-left overrides, long names and 4,096 emoji break nothing', async () => {
  const name = `\u202Eelttil ${'Very'.repeat(125)}`;
  const rolf = await newCustomer(name.slice(0, 500));
  await rolf.says(`\u202Edesrever ${'x'.repeat(900)}`);
  await rolf.says('😀'.repeat(2048));
  const page = await signedIn();
  await row(page, /elttil/).click();
  await thread(page)
    .getByText(/desrever/)
    .waitFor();
  const overflows = () => document.documentElement.scrollWidth > document.documentElement.clientWidth;
  expect(await page.evaluate(overflows)).toBe(false);
});

test('what WhatsApp sends and the console does not know is shown raw', async () => {
  const uma = await newCustomer('Uma Unknown');
  await uma.sends('unknown');
  const page = await signedIn();
  await openThread(page, 'Uma Unknown');
  await thread(page).getByRole('button', { name: 'Show raw data' }).click();
  await page
    .getByRole('dialog')
    .getByText(/"type"/)
    .waitFor();
});
