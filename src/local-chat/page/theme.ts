/** The look of the page. */
export type Theme = 'light' | 'dark';

const storageKey = 'theme';

/** The theme in use now. */
export function currentTheme(): Theme {
  return document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light';
}

/** Turns to the other theme. Chosen the same as the system's, the page follows the system again. */
export function switchTheme(): void {
  const next: Theme = currentTheme() === 'dark' ? 'light' : 'dark';
  if (next === systemTheme()) localStorage.removeItem(storageKey);
  else localStorage.setItem(storageKey, next);
  document.documentElement.dataset.theme = next;
}

/** Follows the system until the person chooses; calls back after each change. */
export function followSystemTheme(changed: () => void): void {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    if (localStorage.getItem(storageKey) === null) document.documentElement.dataset.theme = systemTheme();
    changed();
  });
}

function systemTheme(): Theme {
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}
