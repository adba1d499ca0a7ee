// Pull-to-refresh: a list that is at its top and is dragged down by a finger. What is shown of it is two attributes; the look is in try.css.
const FAR = 72; // px that the list gives way; the sync starts when the finger leaves beyond this
const GIVES = 0.5; // px of the list for one of the finger, so that it feels held

export function watch(list, owner) {
  let from = null, pulled = 0;
  const show = () => {
    list.style.setProperty('--pulled', `${pulled}px`);
    list.toggleAttribute('data-pulled', pulled > 0);
    list.toggleAttribute('data-far', pulled >= FAR);
  };
  const start = event => {
    from = list.scrollTop <= 0 && event.touches.length === 1 ? event.touches[0].clientY : null;
  };
  const move = event => {
    if (from === null) return;
    pulled = Math.min(FAR * 1.5, Math.max(0, (event.touches[0].clientY - from) * GIVES));
    if (pulled > 0 && event.cancelable) event.preventDefault();
    show();
  };
  const end = () => {
    if (from !== null && pulled >= FAR) owner.invokeMethodAsync('PullAsync');
    from = null;
    pulled = 0;
    show();
  };
  list.addEventListener('touchstart', start, { passive: true });
  list.addEventListener('touchmove', move, { passive: false });
  list.addEventListener('touchend', end);
  list.addEventListener('touchcancel', end);
  list.dataset.pullable = '';
  return {
    stop: () => {
      list.removeEventListener('touchstart', start);
      list.removeEventListener('touchmove', move);
      list.removeEventListener('touchend', end);
      list.removeEventListener('touchcancel', end);
    },
  };
}
