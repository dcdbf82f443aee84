/** The theme: what the person chose, or what the system says, as `data-theme` of the document. */
const STORED = 'leadwire-theme';
const dark = matchMedia('(prefers-color-scheme: dark)');

export type Theme = 'system' | 'light' | 'dark';

export function storedTheme(): Theme {
  const stored = localStorage.getItem(STORED);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

function show(): void {
  const theme = storedTheme();
  document.documentElement.dataset['theme'] = theme === 'system' ? (dark.matches ? 'dark' : 'light') : theme;
}

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(STORED, theme);
  show();
}

export function startTheme(): void {
  show();
  dark.addEventListener('change', show);
}
