import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';
import { startStack, type Stack } from './stack';

declare module 'vitest' {
  export interface ProvidedContext {
    stack: Stack;
    browser: string;
  }
}

export const chromiumPath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

export default async function setup(project: TestProject) {
  const { stack, stop } = await startStack();
  const browser = await chromium.launchServer({
    executablePath: chromiumPath,
    // The microphone of the stories beeps; without the permission it is refused as any other.
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--use-fake-device-for-media-stream'],
  });
  project.provide('stack', stack);
  project.provide('browser', browser.wsEndpoint());
  return async () => {
    await browser.close();
    await stop();
  };
}
