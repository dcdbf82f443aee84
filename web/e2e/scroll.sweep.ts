import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { newCustomer, openThread, row, signedIn, thread, withBrowser } from './story';

withBrowser();

/** A task that takes longer is felt. Slower machines may say more. */
const LONGEST = Number(process.env['LONGEST_TASK'] ?? 50);

interface Listed {
  id: string;
}

/** Answers a list with `count` copies of its first item, on one page: what is measured is scrolling, not loading. */
async function many(page: Page, path: RegExp, count: number, copy: (item: Listed, index: number) => object) {
  await page.route(path, async (route) => {
    const response = await route.fetch();
    const { items } = (await response.json()) as { items: Listed[] };
    const [first] = items;
    if (!first) return route.fulfill({ response });
    const copies = Array.from({ length: count }, (_, index) => copy(first, index));
    return route.fulfill({ json: { items: copies, nextCursor: null } });
  });
}

/** An event of Chromium's trace; times in microseconds, `tdur` without what other programs took of the processor. */
interface Traced {
  name: string;
  pid: number;
  tid: number;
  dur?: number;
  tdur?: number;
  args: { name?: string };
}

/** Scrolls through, by wheel, and says how much of the processor the longest task of the page's thread took, in ms. */
async function longestTask(page: Page, steps: number, by: number): Promise<number> {
  const devtools = await page.context().newCDPSession(page);
  const events: Traced[] = [];
  devtools.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as Traced[])));
  await devtools.send('Tracing.start', { traceConfig: { includedCategories: ['toplevel', '__metadata'] } });
  for (let step = 0; step < steps; step += 1) {
    await page.mouse.wheel(0, by);
    await page.waitForTimeout(16);
  }
  const complete = new Promise((resolve) => devtools.once('Tracing.tracingComplete', resolve));
  await devtools.send('Tracing.end');
  await complete;
  const threadOf = ({ pid, tid }: Traced) => `${pid} ${tid}`;
  const named = events.filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain');
  const threads = new Set(named.map(threadOf));
  const tasks = events.filter((event) => event.name.endsWith('RunTask') && threads.has(threadOf(event)));
  expect(tasks.length).toBeGreaterThan(steps);
  const longest = (time: (event: Traced) => number | undefined) =>
    Math.max(...tasks.map((event) => time(event) ?? 0)) / 1000;
  const taken = longest(({ tdur }) => tdur);
  expect(taken).toBeGreaterThan(0);
  console.log(`longest task: ${taken} ms of the processor, ${longest(({ dur }) => dur)} ms by the clock`);
  return taken;
}

test('10,000 conversations scroll without a long task', async () => {
  const one = await newCustomer('Many Rows');
  await one.says('Hi');
  const page = await signedIn('/inbox?tab=all');
  await row(page, 'Many Rows').waitFor();
  const start = Date.now();
  await many(page, /\/api\/conversations\?/, 10_000, (item, index) => ({
    ...item,
    id: index === 0 ? item.id : `${item.id}${index}`,
    name: `Row ${index}`,
    lastMessageAt: new Date(start - index * 1000).toISOString(),
  }));
  await page.reload();
  await row(page, 'Row 12').waitFor();
  await page.mouse.move(200, 500);
  expect(await longestTask(page, 150, 400)).toBeLessThanOrEqual(LONGEST);
});

test('a thread of 50,000 messages scrolls without a long task, and nothing jumps', async () => {
  const two = await newCustomer('Long Thread');
  await two.says('Hi');
  const page = await signedIn('/inbox?tab=all');
  const start = Date.now();
  await many(page, /\/api\/conversations\/[^/]+\/messages\?/, 50_000, (item, index) => ({
    ...item,
    id: index === 0 ? item.id : `${item.id}${index}`,
    text: `Message ${index}`,
    content: { type: 'text', body: `Message ${index} ${'word '.repeat(index % 40)}` },
    at: new Date(start - index * 30_000).toISOString(),
    arrivedAt: new Date(start - index * 30_000).toISOString(),
  }));
  await openThread(page, 'Long Thread');
  await thread(page)
    .getByText(/^Message 0/)
    .waitFor();
  await page.mouse.move(700, 400);
  expect(await longestTask(page, 150, -600)).toBeLessThanOrEqual(LONGEST);
});
