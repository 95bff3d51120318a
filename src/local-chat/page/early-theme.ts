// Runs before the first paint, as a classic script: a chosen theme must not flash the other one.
document.documentElement.dataset.theme =
  localStorage.getItem('theme') ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
