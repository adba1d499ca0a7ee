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
