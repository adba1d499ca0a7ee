// Runs before the first paint, so that a dark page never flashes white. Classic script: the page's policy allows no inline ones.
(() => {
  const key = 'synchealth.theme';
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const choices = ['system', 'light', 'dark'];

  const read = () => {
    try {
      const kept = localStorage.getItem(key);
      return choices.includes(kept) ? kept : 'system';
    } catch {
      return 'system'; // storage is blocked: the choice lasts as long as the page
    }
  };

  const apply = choice => {
    root.dataset.themeChoice = choice;
    root.dataset.theme = choice === 'system' ? (system.matches ? 'dark' : 'light') : choice;
    document.dispatchEvent(new CustomEvent('synchealth:theme'));
  };

  const set = choice => {
    try {
      localStorage.setItem(key, choice);
    } catch {
      // as above
    }
    apply(choice);
  };

  system.addEventListener('change', () => root.dataset.themeChoice === 'system' && apply('system'));
  window.syncHealthTheme = {
    next: () => set(choices[(choices.indexOf(root.dataset.themeChoice) + 1) % choices.length]),
  };
  apply(read());
})();
