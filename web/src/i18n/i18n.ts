/** The languages. English holds the keys; a language is loaded when it is chosen. */
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { resources as english } from './en';
import type { kinds } from './en/kinds';

type Resources = typeof english & { kinds: typeof kinds };

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: Resources;
  }
}

const load = {
  en: () => import('./en'),
  hi: () => import('./hi'),
  'pt-BR': () => import('./pt-BR'),
  es: () => import('./es'),
};

/** Words that only parts of the inbox say: they are loaded with the first of these. */
const loadKinds = {
  en: () => import('./en/kinds'),
  hi: () => import('./hi/kinds'),
  'pt-BR': () => import('./pt-BR/kinds'),
  es: () => import('./es/kinds'),
};

export type Language = keyof typeof load;
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

let needsKinds = false;

async function addKindsIn(language: Language): Promise<void> {
  if (i18next.hasResourceBundle(language, 'kinds')) return;
  i18next.addResourceBundle(language, 'kinds', (await loadKinds[language]()).kinds);
}

/** Adds the words of the kinds of messages, and adds them with every language that is chosen later. */
export async function addKinds(): Promise<void> {
  needsKinds = true;
  await addKindsIn(currentLanguage());
}

async function add(language: Language): Promise<void> {
  if (needsKinds) await addKindsIn(language);
  if (i18next.hasResourceBundle(language, 'common')) return;
  const { resources } = await load[language]();
  for (const [namespace, words] of Object.entries(resources)) {
    i18next.addResourceBundle(language, namespace, words);
  }
}

export async function startLanguage(): Promise<void> {
  const language = currentLanguage();
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'common',
    resources: {},
    interpolation: { escapeValue: false },
  });
  await add(language);
  document.documentElement.lang = language;
}

export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(STORED, language);
  await add(language);
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}
