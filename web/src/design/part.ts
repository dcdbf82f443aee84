import { lazy, type ComponentType } from 'react';

const loads: (() => void)[] = [];

/** A part of the page that is loaded when it is first shown, before that by its `preload`, or by `preloadParts`. */
export function part<P>(load: () => Promise<ComponentType<P>>) {
  // A load that fails here is tried again when the part is shown.
  const preload = () => void load().catch(() => undefined);
  loads.push(preload);
  return Object.assign(
    lazy(async () => ({ default: await load() })),
    { preload },
  );
}

/** Loads every part once the page has come to rest: it opens at once then, and without a connection too. */
export function preloadParts(): void {
  const run = () => loads.forEach((load) => load());
  // Safari has no idle callback.
  if ('requestIdleCallback' in window) requestIdleCallback(run, { timeout: 10_000 });
  else setTimeout(run, 2000);
}
