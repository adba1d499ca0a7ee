// Tells the server what it cannot know: the viewer's zone, and whether the tab can be seen.
export function watch(owner) {
  const tell = () => owner.invokeMethodAsync('SetVisible', !document.hidden);
  document.addEventListener('visibilitychange', tell);
  tell();
  // From here on buttons and forms answer; before, the page is only a picture of itself.
  document.documentElement.dataset.interactive = '1';
  return { stop: () => document.removeEventListener('visibilitychange', tell) };
}

export const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone ?? null;

export const offsetMinutes = () => -new Date().getTimezoneOffset();
