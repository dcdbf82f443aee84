import { lazy, type ComponentType } from 'react';
import { withWords } from '@/i18n/i18n';

/** A part of the inbox that is loaded when it is first shown, and its words with it. */
export const kindPart = <P>(load: () => Promise<ComponentType<P>>) =>
  lazy(withWords(async () => ({ default: await load() }), 'kinds'));
