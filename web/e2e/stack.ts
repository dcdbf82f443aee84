/**
 * The stack under the stories: the binary that `LEADWIRE_BIN` names, on a fresh data folder. If it does not serve the
 * console itself, `dist/` is served before it.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { preview } from 'vite';

/** What `leadwire --json` says when it is ready. */
interface Ready {
  url: string;
  ownerEmail: string;
  ownerPassword: string;
  phoneNumberId: string;
}

export interface Stack extends Ready {
  /** Where the console is. */
  console: string;
}

async function readyOf(child: ChildProcess): Promise<Ready> {
  if (!child.stdout) throw new Error('the binary has no output');
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.startsWith('{')) return JSON.parse(line) as Ready;
  }
  throw new Error('the binary ended before it was ready');
}

async function servesConsole(url: string): Promise<boolean> {
  const page = await fetch(url, { headers: { accept: 'text/html' } }).catch(() => null);
  return (await page?.text())?.includes('id="root"') ?? false;
}

async function serveDist(url: string) {
  const web = new URL('..', import.meta.url).pathname;
  process.env['LEADWIRE_URL'] = url;
  const server = await preview({
    root: web,
    configFile: join(web, 'vite.config.ts'),
    preview: { port: 0, strictPort: false },
    logLevel: 'error',
  });
  const address = server.resolvedUrls?.local[0];
  if (address === undefined) throw new Error('the console is not served');
  return { address: address.replace(/\/$/, ''), close: () => server.close() };
}

export async function startStack(): Promise<{ stack: Stack; stop: () => Promise<void> }> {
  // A stack that runs already, for work on the stories: the same JSON, and `console`.
  const running = process.env['LEADWIRE_STACK'];
  if (running !== undefined) return { stack: JSON.parse(running) as Stack, stop: () => Promise.resolve() };
  const binary = process.env['LEADWIRE_BIN'];
  if (binary === undefined) throw new Error('LEADWIRE_BIN names no binary: set it to the path of `leadwire`');
  const data = await mkdtemp(join(tmpdir(), 'leadwire-e2e-'));
  // The console beside these stories, wherever the binary was built.
  const console = new URL('..', import.meta.url).pathname;
  const child = spawn(binary, ['--port', '0', '--data', data, '--console', console, '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, LOG_LEVEL: 'error' },
  });
  const ready = await readyOf(child);
  const own = (await servesConsole(ready.url)) ? null : await serveDist(ready.url);
  const stop = async () => {
    await own?.close();
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await ended;
    await rm(data, { recursive: true, force: true });
  };
  return { stack: { ...ready, console: own?.address ?? ready.url }, stop };
}
