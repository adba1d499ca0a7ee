// Keyboard and buttons that need no server: they work while the connection is away. Classic script, one listener each.
(() => {
  const help = () => {
    const dialog = document.getElementById('help');
    if (dialog && !dialog.open) dialog.showModal();
  };
  const theme = () => window.syncHealthTheme.next();
  const filter = () => document.querySelector('[data-first-filter]')?.focus();
  const copyLink = async () => {
    const say = text => { document.getElementById('copied').textContent = text; };
    try {
      await navigator.clipboard.writeText(location.href);
      say('Link copied');
    } catch {
      say('The browser does not allow it: copy the address above'); // no https, or refused
    }
  };
  const actions = { '/': filter, t: theme, '?': help };

  document.addEventListener('keydown', event => {
    const typing = event.target.closest?.('input, textarea, select, [contenteditable]');
    const action = actions[event.key];
    if (!action || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    action();
  });

  document.addEventListener('click', event => {
    const name = event.target.closest?.('[data-action]')?.dataset.action;
    if (name === 'theme') theme();
    else if (name === 'help') help();
    else if (name === 'close') event.target.closest('dialog').close();
    else if (name === 'copy-link') copyLink();
    else if (name === 'copy') navigator.clipboard?.writeText(event.target.closest('.snippet').querySelector('pre').textContent);
  });
})();
