import { test } from 'vitest';
import { newCustomer, openThread, row, signedIn, thread, until, withBrowser } from './story';

withBrowser();

test("how long a customer's message takes into the inbox", async () => {
  const page = await signedIn();
  const quinn = await newCustomer('Quinn Quick');
  await quinn.says('warm');
  await row(page, 'Quinn Quick').waitFor();
  const took: number[] = [];
  for (let turn = 0; turn < 20; turn += 1) {
    const text = `measured ${turn}.`;
    const shown = page.evaluate(
      (wanted) =>
        new Promise<number>((resolve) => {
          const look = () => document.querySelector('main')?.textContent.includes(wanted);
          const observer = new MutationObserver(() => {
            if (!look()) return;
            observer.disconnect();
            resolve(Date.now());
          });
          observer.observe(document.body, { childList: true, characterData: true, subtree: true });
        }),
      text,
    );
    await page.evaluate(() => true);
    const sent = Date.now();
    await quinn.says(text);
    took.push((await shown) - sent);
  }
  took.sort((a, b) => a - b);
  console.log(`a message is in the inbox after p50 ${took[10]} ms, p95 ${took[18]} ms`);
  await until(async () => (await row(page, 'Quinn Quick').count()) === 1, 'it stands there once');
  await openThread(page, 'Quinn Quick');
  await thread(page).getByText('measured 19.').waitFor();
});
