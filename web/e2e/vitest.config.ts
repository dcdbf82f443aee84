import { defineConfig } from 'vitest/config';

/** `stories` by default, `all` with the sweep of all screens, `shots` for the screenshots alone. */
const files: Record<string, string[]> = {
  stories: ['*.story.ts'],
  all: ['*.story.ts', '*.sweep.ts'],
  shots: ['shots.ts'],
};

/** The browser's stories: one stack and one browser for all, one after the other. */
export default defineConfig({
  test: {
    root: import.meta.dirname,
    include: files[process.env['E2E'] ?? 'stories'] ?? [],
    globalSetup: './setup.ts',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
