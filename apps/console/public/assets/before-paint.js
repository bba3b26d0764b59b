// Before the first paint, so that nobody who chose dark is shown a white page. A file of its own: the console's content
// security policy allows no script in the page.
(() => {
  const chosen = localStorage.getItem('mantine-color-scheme-value') ?? 'auto';
  const dark = chosen === 'dark' || (chosen === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.mantineColorScheme = dark ? 'dark' : 'light';
  document.documentElement.lang =
    localStorage.getItem('recourse-language') ?? (navigator.language.startsWith('zh') ? 'zh' : 'en');
})();
