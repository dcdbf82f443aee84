import { lazy, type ComponentType } from 'react';
import { addKinds } from './i18n';

/** A part of a screen that is loaded when it is first shown, and its words with it. */
export function kindPart<P>(load: () => Promise<ComponentType<P>>) {
  return lazy(async () => {
    const [part] = await Promise.all([load(), addKinds()]);
    return { default: part };
  });
}
