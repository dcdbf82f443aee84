import { expect, test } from 'vitest';
import { composer, listed, newCustomer, openThread, signedIn, stack, thread, withBrowser } from './story';

withBrowser();

/** WhatsApp accepts the next message, and says afterwards that it failed. */
async function failNext(code: number): Promise<void> {
  const response = await fetch(`${stack.url}/_sim/settings`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ faults: [{ mode: 'failed_status', code, next: 1 }] }),
  });
  if (!response.ok) throw new Error(await response.text());
}

interface Sent {
  id: string;
  text: string;
  retryOf?: string;
}

test('a failed message names its cause, and is sent again as a new one that names it', async () => {
  const fred = await newCustomer('Fred Fails');
  await fred.says('Are you there?');
  const page = await signedIn();
  await openThread(page, 'Fred Fails');
  await failNext(131_000);
  await composer(page).fill('We are');
  await page.keyboard.press('Enter');
  const bubbles = thread(page).getByRole('article').filter({ hasText: 'We are' });
  const failed = bubbles.filter({ hasText: 'WhatsApp had an error of its own. Send it again.' });
  await failed.getByRole('button', { name: 'Try again' }).click();
  await bubbles.filter({ hasText: 'WhatsApp had an error of its own. Sent again below.' }).waitFor();
  await bubbles.getByText('Read', { exact: true }).waitFor();
  expect(await page.getByRole('button', { name: 'Try again' }).count()).toBe(0);
  const id = /\/inbox\/([^?]+)/.exec(page.url())?.[1] ?? '';
  const sent = (await listed<Sent>(`/api/conversations/${id}/messages`)).filter(
    ({ text }) => text === 'We are',
  );
  expect(sent.map(({ retryOf }) => retryOf)).toEqual([sent[1]?.id, undefined]);
});

test('where the window was shut a template is the next step, and nothing is offered that would fail again', async () => {
  const wim = await newCustomer('Wim Window');
  await wim.says('Hi');
  const page = await signedIn();
  await openThread(page, 'Wim Window');
  await failNext(131_047);
  await composer(page).fill('Too late');
  await page.keyboard.press('Enter');
  const words = 'The 24-hour window was closed. Wait until the customer writes, or send a template.';
  const failed = thread(page).getByRole('article').filter({ hasText: words });
  await failed.waitFor();
  expect(await failed.getByRole('button', { name: 'Try again' }).count()).toBe(0);
  await failed.getByRole('button', { name: 'Send a template' }).click();
  // The choice of a template stands in place of the text box.
  await composer(page).waitFor({ state: 'detached' });
});
