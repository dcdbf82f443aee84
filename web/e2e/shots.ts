/** Makes the pictures of the main screens into `docs/`. */
import type { Page } from 'playwright-core';
import { beforeAll, test } from 'vitest';
import { composer, newCustomer, openThread, row, signedIn, stack, thread, until, withBrowser } from './story';

withBrowser();

const docs = new URL('../../docs/', import.meta.url).pathname;
const shot = async (page: Page, name: string) => {
  // No tooltip and no caret: where the pointer stood is nothing to show.
  await page.mouse.move(0, 0);
  // Parts that load when they are first shown, and pictures.
  await page.waitForLoadState('networkidle');
  await page.screenshot({ path: `${docs}${name}.png`, animations: 'disabled', caret: 'hide' });
};
const large = { viewport: { width: 1440, height: 900 }, locale: 'en-GB' };

/** Who writes, what, and where the sale with them stands. */
const others = [
  ['Rahul Mehta', 'Tried to call you, please ring back', 'Contacted'],
  ['Elif Demir', 'Thank you, all good', 'Won'],
  ['Thandi Nkosi', 'What are your opening hours?', 'Incoming'],
  ['Sven Aas', 'We found something closer to the airport', 'Lost'],
  ['Nour Haddad', 'See you on Friday', 'Won'],
  ['Grace Okafor', 'Can you hold the price until Monday?', 'Negotiation'],
  ['João Oliveira', 'Obrigado! Até sexta.', 'Qualified'],
  ['Priya Shah', 'The offer looks good, I ask my sister', 'Proposal'],
  ['Kenji Mori', 'Two nights, three people', 'Qualified'],
  ['Mehmet Kaya', 'Is the room with the sea view free?', 'Incoming'],
  ['Lucía Gómez', 'Hola, ¿tienen habitaciones para el sábado?', 'Incoming'],
] as const;

interface Listed {
  items: { id: string; name: string }[];
}

/** Puts the sales where they stand, as the owner's program would. */
async function moveLeads(stages: ReadonlyMap<string, string>): Promise<void> {
  const call = async (method: string, path: string, body?: object, token?: string): Promise<unknown> => {
    const headers = {
      'content-type': 'application/json',
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    };
    const response = await fetch(stack.url + path, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const credentials = { email: stack.ownerEmail, password: stack.ownerPassword };
  const { accessToken } = (await call('POST', '/api/auth/login', credentials)) as { accessToken: string };
  const { items } = (await call('GET', '/api/leads?limit=100', undefined, accessToken)) as Listed;
  for (const { id, name } of items) {
    const stage = stages.get(name);
    if (stage !== undefined) await call('PATCH', `/api/leads/${id}`, { stage }, accessToken);
  }
}

beforeAll(async () => {
  for (const [name, text] of others) {
    const customer = await newCustomer(name);
    await customer.says(text);
  }
  const asha = await newCustomer('Asha Rao');
  await asha.says('Hi! Do you have a room with a view for next weekend?');
  await asha.says('We are two adults and a small child.');
  const page = await signedIn();
  await openThread(page, 'Asha Rao');
  await page.getByRole('button', { name: 'Claim' }).click();
  await page.getByRole('button', { name: 'Claim' }).waitFor({ state: 'detached' });
  await composer(page).fill('We do: the front room, with a cot. *240 €* for two nights. Shall I hold it?');
  await page.keyboard.press('Enter');
  await thread(page).getByText('Read', { exact: true }).first().waitFor();
  await asha.sends('image', { content: { caption: 'The one with this view, please' } });
  await asha.sends('location');
  await thread(page).getByText('Open map').waitFor();
  await composer(page).fill('That is the one. It is yours until eight tonight.');
  await page.keyboard.press('Enter');
  await until(
    async () => (await thread(page).getByText('Read', { exact: true }).count()) === 2,
    'both are read',
  );
  await page.context().close();
  await asha.says('Perfect. Thank you!');
  await moveLeads(
    new Map([...others.map(([name, , stage]) => [name, stage] as const), ['Asha Rao', 'Proposal']]),
  );
});

test.each([
  ['inbox', 'light'],
  ['inbox-dark', 'dark'],
] as const)('%s', async (name, colorScheme) => {
  const page = await signedIn('/inbox?tab=all', { ...large, colorScheme });
  await openThread(page, 'Asha Rao');
  await thread(page).getByText('Perfect. Thank you!').waitFor();
  await composer(page).fill('Of course. See you on Saturday');
  await row(page, 'Mehmet Kaya').waitFor();
  await shot(page, name);
});

test('phone', async () => {
  const size = { viewport: { width: 412, height: 915 }, deviceScaleFactor: 2, locale: 'en-GB' };
  const page = await signedIn('/inbox?tab=all', size);
  await openThread(page, 'Asha Rao');
  await thread(page).getByText('Perfect. Thank you!').waitFor();
  await shot(page, 'thread-phone');
});

test('board', async () => {
  const page = await signedIn('/board', { ...large, viewport: { width: 1900, height: 720 } });
  await page.getByText('Asha Rao').first().waitFor();
  await page.waitForLoadState('networkidle');
  await shot(page, 'board');
});
