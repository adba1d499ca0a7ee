// Keyboard and buttons that need no server: they work while the connection is away. Classic script, one listener each.
(() => {
  const help = () => {
    const dialog = document.getElementById('help');
    if (dialog && !dialog.open) dialog.showModal();
  };
  const theme = () => window.syncHealthTheme.next();
  const search = () => (document.querySelector('[data-search]') ?? document.querySelector('[data-first-filter]'))?.focus();
  const skip = () => {
    const main = document.querySelector('main');
    if (!main) return;
    main.tabIndex = -1;
    main.focus();
  };
  const copy = async (text, done, instead) => {
    const say = words => { document.getElementById('copied').textContent = words; };
    try {
      await navigator.clipboard.writeText(text);
      say(done);
    } catch {
      say(`The browser does not allow it: ${instead}`); // no https, or refused
    }
  };
  const actions = { '/': search, t: theme, '?': help };

  // `g`, then a letter: the link itself is clicked, so that it goes where its address says and stays a step back in the history.
  let going = false;
  const go = key => [...document.querySelectorAll('[data-go]')].find(link => link.dataset.go === key)?.click();

  document.addEventListener('keydown', event => {
    const typing = event.target.closest?.('input, textarea, select, [contenteditable], dialog');
    const chord = event.ctrlKey || event.metaKey || event.altKey;
    if (event.key === 'Shift') return;
    const first = going;
    going = !typing && !chord && !first && event.key === 'g';
    const action = first ? () => go(event.key) : actions[event.key];
    if (!action || typing || chord) return;
    event.preventDefault();
    action();
  });

  document.addEventListener('click', event => {
    const name = event.target.closest?.('[data-action]')?.dataset.action;
    if (name === 'theme') theme();
    else if (name === 'help') help();
    else if (name === 'skip') skip();
    else if (name === 'close') event.target.closest('dialog').close();
    else if (name === 'copy-link') copy(location.href, 'Link copied', 'copy the address above');
    else if (name === 'copy-text') copy(event.target.closest('[data-copy]').dataset.copy, 'Copied', 'select the sentence and copy it');
    else if (name === 'copy') navigator.clipboard?.writeText(event.target.closest('.snippet').querySelector('pre').textContent);
  });
})();
