/** The languages. English holds the keys. The words of an area are loaded with the first screen that says them. */
import i18next, { type BackendModule, type ReadCallback, type ResourceKey } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Resources } from './resources';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: Resources;
  }
}

export type Namespace = keyof Resources;

/** One file for each language and area, which exports its words under the area's name. */
const files = import.meta.glob<Record<string, ResourceKey>>('./*/*.ts');

const read = async (language: string, namespace: string) =>
  (await files[`./${language}/${namespace}.ts`]?.())?.[namespace];

const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language: string, namespace: string, done: ReadCallback) => {
    read(language, namespace).then(
      (words) => done(words ? null : `no words: ${language} ${namespace}`, words),
      (error: unknown) => done(error as Error, null),
    );
  },
};

/** What the first screen says, whichever it is. */
const first: Namespace[] = ['common', 'errors', 'inbox'];

/** Loads a screen and the words that it says together, so that nothing of it flickers. */
export const withWords =
  <T>(load: () => Promise<T>, ...namespaces: Namespace[]) =>
  async (): Promise<T> => {
    const [screen] = await Promise.all([load(), i18next.loadNamespaces(namespaces)]);
    return screen;
  };

export type Language = 'en' | 'hi' | 'pt-BR' | 'es';
export const languages: readonly { id: Language; label: string }[] = [
  { id: 'en', label: 'English' },
  { id: 'hi', label: 'हिन्दी' },
  { id: 'pt-BR', label: 'Português (Brasil)' },
  { id: 'es', label: 'Español' },
];

const STORED = 'leadwire-language';

/** What the person chose, else the first language of the browser that we speak. */
export function currentLanguage(): Language {
  const wanted = [localStorage.getItem(STORED), ...navigator.languages];
  for (const tag of wanted) {
    const found = languages.find(({ id }) => tag !== null && id.slice(0, 2) === tag.slice(0, 2));
    if (found) return found.id;
  }
  return 'en';
}

export async function startLanguage(): Promise<void> {
  const language = currentLanguage();
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: language,
      // Every language has every key: the types say so.
      fallbackLng: false,
      load: 'currentOnly',
      ns: first,
      defaultNS: 'common',
      interpolation: { escapeValue: false },
    });
  document.documentElement.lang = language;
}

/** Also loads the words in the new language that were loaded in the present one. */
export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
