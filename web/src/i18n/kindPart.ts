import { lazy, type ComponentType } from 'react';
import { withWords } from './i18n';

/** A part of a screen that is loaded when it is first shown, and the words of its kind with it. */
export const kindPart = <P>(load: () => Promise<ComponentType<P>>) =>
  lazy(withWords(async () => ({ default: await load() }), 'kinds'));
