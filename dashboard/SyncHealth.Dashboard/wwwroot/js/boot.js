// This client (9.0) scrolls to the top after every navigation, its successor only when the path changes.
// A filter must not take the page away under the reader, so the older one is taught the newer one's manners.
const scroll = window.scrollTo.bind(window);
let path = location.pathname;
window.scrollTo = (...where) => {
  const stayed = path === location.pathname;
  path = location.pathname;
  if (!(stayed && where[0] === 0 && where[1] === 0)) scroll(...where);
};

// Starts the circuit. A restarted server is awaited for as long as it takes: the numbers stay on the page meanwhile.
const longestPauseMs = 5000;

Blazor.start({
  circuit: {
    reconnectionOptions: {
      maxRetries: 100000,
      retryIntervalMilliseconds: attempt => Math.min(250 * 2 ** Math.min(attempt, 10), longestPauseMs),
    },
  },
});

// The new process does not know the old circuit. The address holds the whole state of the page, so loading it again resumes.
const banner = document.getElementById('components-reconnect-modal');
new MutationObserver(() => {
  const states = ['components-reconnect-rejected', 'components-reconnect-failed'];
  if (states.some(state => banner.classList.contains(state))) location.reload();
}).observe(banner, { attributes: true, attributeFilter: ['class'] });
