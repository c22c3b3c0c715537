const KEY = 'harbor-clinic-theme';
const system = matchMedia('(prefers-color-scheme: dark)');

/** Shows the colors that were chosen here before; the system's where none were. */
export function applyTheme(): void {
  const chosen = new URLSearchParams(location.search).get('theme') ?? localStorage.getItem(KEY);
  if (chosen === 'dark' || chosen === 'light') document.documentElement.dataset['theme'] = chosen;
}

/** Whether the page is dark now. */
export const isDark = (): boolean =>
  (document.documentElement.dataset['theme'] ?? (system.matches && 'dark')) === 'dark';

/** Changes to the other colors and remembers it. */
export function switchTheme(): void {
  const theme = isDark() ? 'light' : 'dark';
  document.documentElement.dataset['theme'] = theme;
  localStorage.setItem(KEY, theme);
}

/** Calls back whenever the system changes its colors. */
export const onSystemTheme = (changed: () => void): void => system.addEventListener('change', changed);
