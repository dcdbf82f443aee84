import { expect, test } from 'vitest';
import { composer, newCustomer, openThread, row, signedIn, thread, withBrowser } from './story';

withBrowser();

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };
/** What reaches over the edge of the page, also where the edge cuts it off. */
const overflows = () =>
  Array.from(document.querySelectorAll('button, a, textarea, h1, p'))
    .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
    .map((one) => one.outerHTML.slice(0, 120));

test('phone width: list and thread stack, and one answers and comes back', async () => {
  const pia = await newCustomer('Pia Phone');
  await pia.says('From my phone to yours');
  const page = await signedIn('/inbox?tab=all', phone);
  expect(await page.evaluate(overflows)).toEqual([]);
  await openThread(page, 'Pia Phone');
  expect(await row(page, 'Pia Phone').isVisible()).toBe(false);
  expect(await page.evaluate(overflows)).toEqual([]);
  await composer(page).fill('Answered on the way');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await thread(page).getByRole('article').filter({ hasText: 'Answered on the way' }).waitFor();
  await page.getByRole('button', { name: 'Contact details' }).click();
  await page.getByRole('dialog', { name: 'Contact' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Back' }).click();
  await row(page, 'Pia Phone').waitFor();
});

test.each(['hi', 'pt-BR', 'es'])('%s fits at phone width and on a desk', async (language) => {
  const lia = await newCustomer(`Lia ${language}`);
  await lia.says('Hola');
  const page = await signedIn();
  await openThread(page, `Lia ${language}`);
  await page.evaluate((chosen) => localStorage.setItem('leadwire-language', chosen), language);
  for (const width of [1440, 1120, 800, 390]) {
    await page.setViewportSize({ width, height: 844 });
    await page.reload();
    await page.getByRole('article').first().waitFor();
    expect(await page.evaluate(overflows), `${language} ${width}`).toEqual([]);
    const cut = await page.evaluate(() =>
      Array.from(document.querySelectorAll('button, header p'))
        .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
        .map((one) => one.textContent),
    );
    expect(cut, `${language} ${width}`).toEqual([]);
  }
});
