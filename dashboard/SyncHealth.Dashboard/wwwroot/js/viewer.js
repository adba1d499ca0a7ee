// Tells the server what it cannot know: the viewer's zone, and whether the tab can be seen.
export function watch(owner) {
  const tell = () => owner.invokeMethodAsync('SetVisible', !document.hidden);
  document.addEventListener('visibilitychange', tell);
  tell();
  return { stop: () => document.removeEventListener('visibilitychange', tell) };
}

export const offsetMinutes = () => -new Date().getTimezoneOffset();
