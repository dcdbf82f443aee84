import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { Customer } from './customer';
import { composer, newCustomer, openThread, signedIn, thread, until, withBrowser } from './story';

withBrowser();

interface Turn {
  id: string;
  direction: string;
  type: string;
  content: { caption?: string; voice?: boolean };
  reactions: { from: string; emoji: string }[];
}

const photo = new URL('../../local/meta-simulator/src/photo.png', import.meta.url);

const turnsOf = async (customer: Customer): Promise<Turn[]> =>
  (await customer.received()).map((turn) => JSON.parse(turn) as Turn);

/** The message of the business that the customer has, once they have it. */
async function received(customer: Customer, is: (turn: Turn) => boolean, what: string): Promise<Turn> {
  const find = async () => (await turnsOf(customer)).find((turn) => turn.direction === 'out' && is(turn));
  await until(async () => (await find()) !== undefined, `${customer.name} has ${what}`);
  const found = await find();
  if (!found) throw new Error(`${what} is gone again`);
  return found;
}

async function attach(page: Page, kind: string): Promise<void> {
  await page.getByRole('button', { name: 'Attach' }).click();
  await page.getByRole('menuitem', { name: kind }).click();
}

async function choose(page: Page, kind: string, file: { name: string; mimeType: string; buffer: Buffer }) {
  const chooser = page.waitForEvent('filechooser');
  await attach(page, kind);
  await (await chooser).setFiles(file);
}

test('a photo goes out with its caption, and opens large', async () => {
  const ida = await newCustomer('Ida Image');
  await ida.says('Which room is it?');
  const page = await signedIn();
  await openThread(page, 'Ida Image');
  await choose(page, 'Photo or video', {
    name: 'room.png',
    mimeType: 'image/png',
    buffer: await readFile(photo),
  });
  await page.getByRole('group', { name: 'Files to send' }).getByText('room.png').waitFor();
  await composer(page).fill('This *one*');
  await page.keyboard.press('Enter');
  const opener = thread(page).getByRole('button', { name: /^Open large/ });
  await opener.waitFor();
  const turn = await received(ida, ({ type }) => type === 'image', 'the photo');
  expect(turn.content.caption).toBe('This *one*');
  await opener.click();
  await page.getByRole('dialog', { name: 'Photo' }).getByRole('img').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
});

test('the tray names a file that WhatsApp refuses before anything is uploaded', async () => {
  const eli = await newCustomer('Eli Empty');
  await eli.says('Send me the plan');
  const page = await signedIn();
  await openThread(page, 'Eli Empty');
  let uploads = 0;
  page.on('request', (request) => {
    if (request.url().endsWith('/api/media')) uploads += 1;
  });
  await choose(page, 'Document', { name: 'plan.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) });
  await page.getByRole('alert').getByText('plan.pdf is empty and cannot be sent.').waitFor();
  expect(await page.getByRole('button', { name: 'Send', exact: true }).isDisabled()).toBe(true);
  expect(uploads).toBe(0);
});

test('a voice message is recorded, heard before it goes out, and arrives as one', async () => {
  const vic = await newCustomer('Vic Voice');
  await vic.says('Tell me');
  const page = await signedIn('/inbox?tab=all', { permissions: ['microphone'] });
  await openThread(page, 'Vic Voice');
  await page.getByRole('button', { name: 'Record a voice message' }).click();
  await page.getByRole('timer').getByText('0:01').waitFor();
  await page.getByRole('button', { name: 'Stop' }).click();
  await page.getByRole('button', { name: 'Play' }).waitFor();
  await page.getByRole('button', { name: 'Send the recording' }).click();
  await thread(page).getByRole('group', { name: 'Voice message' }).waitFor();
  const turn = await received(vic, ({ type }) => type === 'audio', 'the voice message');
  expect(turn.content.voice).toBe(true);
  expect(await composer(page).evaluate((box) => box === document.activeElement)).toBe(true);
});

test('the recorder names a refused microphone, and the draft stays', async () => {
  const ria = await newCustomer('Ria Refused');
  await ria.says('Tell me');
  const page = await signedIn();
  await openThread(page, 'Ria Refused');
  await composer(page).fill('A draft');
  await page.getByRole('button', { name: 'Record a voice message' }).click();
  await page
    .getByRole('alert')
    .getByText(/microphone/i)
    .waitFor();
  await page.keyboard.press('Escape');
  expect(await composer(page).inputValue()).toBe('A draft');
});

test('the customer taps a button, and the answer stands under the question', async () => {
  const tim = await newCustomer('Tim Taps');
  await tim.says('Is it free?');
  const page = await signedIn();
  await openThread(page, 'Tim Taps');
  await composer(page).fill('Shall I hold it?');
  await attach(page, 'Buttons');
  await page.getByRole('textbox', { name: 'Button 1' }).fill('Yes, please');
  await page.getByRole('button', { name: 'Add a button' }).click();
  await page.getByRole('textbox', { name: 'Button 2' }).fill('x'.repeat(21));
  await page.getByText('At most 20 characters.').waitFor();
  await page.getByRole('textbox', { name: 'Button 2' }).fill('No');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  const { id } = await received(tim, ({ type }) => type === 'interactive', 'the buttons');
  await tim.sends('button_reply', { messageId: id, text: 'Yes, please', content: { id: 'Yes, please' } });
  const answer = thread(page).getByRole('article').filter({ hasText: 'Tapped' });
  await answer.getByText('Yes, please').waitFor();
  await answer.getByRole('button').getByText('Shall I hold it?').waitFor();
});

test('a link button goes out, and a wrong address is named at its field', async () => {
  const lil = await newCustomer('Lil Link');
  await lil.says('Where do I book?');
  const page = await signedIn();
  await openThread(page, 'Lil Link');
  await composer(page).fill('Book here');
  await attach(page, 'Link button');
  await page.getByRole('textbox', { name: 'Name of the button' }).fill('Book');
  const address = page.getByRole('textbox', { name: 'Web address' });
  await address.fill('example.com');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText('Begin with https:// or http://.').waitFor();
  await address.fill('https://example.com/book');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await thread(page).getByRole('link', { name: 'Book' }).waitFor();
  await received(lil, ({ type }) => type === 'interactive', 'the link button');
  expect(await composer(page).inputValue()).toBe('');
});

test('a product and a list of products go out with what their editors ask for', async () => {
  const pia = await newCustomer('Pia Products');
  await pia.says('What do you have?');
  const page = await signedIn();
  await openThread(page, 'Pia Products');
  await attach(page, 'Product list');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText('Name at least one product.').waitFor();
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill('Pick one');
  await page.getByRole('textbox', { name: 'Heading' }).fill('Villas');
  await page.getByRole('textbox', { name: 'Catalogue ID' }).fill('194836987003835');
  await page.getByRole('textbox', { name: 'Name of the section' }).fill('By the sea');
  await page.getByRole('textbox', { name: 'Product IDs, one a line' }).fill('VILLA-1\nVILLA-2');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await received(pia, ({ type }) => type === 'interactive', 'the list of products');
});

test('a reaction goes out and is taken back, and that of the customer stands beside it', async () => {
  const rex = await newCustomer('Rex Reacts');
  await rex.says('Here is the money');
  const page = await signedIn();
  await openThread(page, 'Rex Reacts');
  const article = thread(page).getByRole('article').filter({ hasText: 'Here is the money' });
  const react = async () => {
    await article.hover();
    await article.locator('..').getByRole('button', { name: 'Message actions' }).click();
    await page.getByRole('menuitem', { name: 'React' }).click();
  };
  const own = article.getByRole('img', { name: 'You reacted with 👍' });
  const has = async (count: number) =>
    until(async () => {
      const [first] = await turnsOf(rex);
      return first?.reactions.filter(({ from }) => from === 'out').length === count;
    }, `${count} reactions of the business`);
  await react();
  await page.getByRole('option', { name: '👍' }).click();
  await own.waitFor();
  await has(1);
  await react();
  await page.getByRole('button', { name: 'Take back 👍' }).click();
  await own.waitFor({ state: 'detached' });
  await has(0);
});
