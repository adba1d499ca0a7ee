// What a viewer does on a chart beside clicking: walk over its points by keyboard, and drag over a stretch of time. Knows nothing of ApexCharts.
import { format, moment } from './format.js';

// A shorter drag is a click with a trembling hand.
const leastDragPx = 8;

const clamp = (value, least, most) => Math.min(most, Math.max(least, value));

/**
 * @param plot the focusable element around the chart, with its .cursor, .brush and [data-spoken]
 * @param read the chart's spec as it is drawn now
 * @param area where the plot lies in the element, and which x values its edges have: { left, top, width, height, min, max }
 * @param act { pick(series), zoom(from, to), zoomOut() }
 */
export function attach(plot, read, area, act) {
  const [cursor, brush, spoken] = ['.cursor', '.brush', '[data-spoken]'].map(selector => plot.querySelector(selector));
  let point = null, series = 0, anchor = null, drag = null, pending = null;

  const count = () => (read().times.length || read().categories.length);
  const zoomable = () => 'zoomable' in plot.dataset && read().times.length > 1;
  const valueAt = index => read().times.length ? read().times[index] + (read().kind === 'line' ? 0 : read().stepMs / 2) : index + 1;
  const place = value => { const { left, width, min, max } = area(); return left + width * (value - min) / (max - min); };
  const timeAt = x => { const { left, width, min, max } = area(); return min + (max - min) * clamp((x - left) / width, 0, 1); };

  function stretch(element, from, to) {
    const { top, height } = area();
    Object.assign(element.style, { left: `${Math.min(from, to)}px`, width: `${Math.abs(to - from)}px`, top: `${top}px`, height: `${height}px` });
    element.hidden = false;
  }

  // Whole steps: what one drags over is shown whole.
  function rangeOf(one, other) {
    const { times, stepMs } = read();
    const [from, to] = [Math.min(one, other), Math.max(one, other)];
    return [times[0] + Math.floor((from - times[0]) / stepMs) * stepMs, Math.min(times.at(-1) + stepMs, times[0] + Math.ceil((to - times[0]) / stepMs) * stepMs)];
  }

  function say() {
    const spec = read();
    const when = spec.times.length ? moment(spec.times[point]) : spec.categories[point];
    const still = point >= (spec.incompleteFrom ?? Infinity) ? ', still arriving' : '';
    const values = spec.series.map((one, index) => {
      const value = one.values[point];
      const text = `${one.name} ${value === null || value === undefined ? 'nothing' : format(spec.unit, value, false)}`;
      return index === series && spec.series.length > 1 ? `${text}, chosen` : text;
    });
    const range = anchor === null || anchor === point ? '' : `From ${moment(spec.times[Math.min(anchor, point)])}. `;
    spoken.textContent = `${range}${when}${still}: ${values.join('; ')}`;
  }

  function draw() {
    stretch(cursor, place(valueAt(point)), place(valueAt(point)));
    if (anchor === null) brush.hidden = true;
    else stretch(brush, place(valueAt(anchor)), place(valueAt(point)));
  }

  function leave() {
    point = anchor = null;
    cursor.hidden = brush.hidden = true;
    spoken.textContent = '';
  }

  function move(to, extends_) {
    anchor = extends_ && zoomable() ? anchor ?? point ?? count() - 1 : null;
    point = clamp(to, 0, count() - 1);
    draw();
    say();
  }

  function enter() {
    if (point === null) return;
    if (anchor === null || anchor === point) act.pick(series);
    else {
      const { times, stepMs } = read();
      const range = [times[Math.min(anchor, point)], times[Math.max(anchor, point)] + stepMs];
      leave();
      act.zoom(...range);
    }
  }

  function onKey(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || count() === 0) return;
    const last = count() - 1;
    const chosen = step => () => {
      series = (series + step + read().series.length) % read().series.length;
      point ??= last;
      draw();
      say();
    };
    const keys = {
      ArrowLeft: () => move((point ?? last + 1) - 1, event.shiftKey),
      ArrowRight: () => move((point ?? -1) + 1, event.shiftKey),
      Home: () => move(0, event.shiftKey),
      End: () => move(last, event.shiftKey),
      ArrowUp: chosen(-1),
      ArrowDown: chosen(1),
      Enter: enter,
      Escape: leave,
    };
    const action = keys[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  }

  const xOf = event => event.clientX - plot.getBoundingClientRect().left;

  function onDown(event) {
    pending = null;
    if (event.button !== 0 || !zoomable()) return;
    const { left, width } = area();
    const x = xOf(event);
    if (x < left || x > left + width) return;
    drag = { from: x, to: x };
  }

  function onMove(event) {
    if (!drag) return;
    const { left, width } = area();
    drag.to = clamp(xOf(event), left, left + width);
    if (isDragged()) stretch(brush, drag.from, drag.to);
  }

  const isDragged = () => drag !== null && Math.abs(drag.to - drag.from) >= leastDragPx;

  function onUp() {
    const [dragged, picked] = [isDragged() ? drag : null, pending];
    drag = pending = null;
    if (dragged) {
      leave();
      act.zoom(...rangeOf(timeAt(dragged.from), timeAt(dragged.to)));
    } else if (picked !== null) act.pick(picked);
  }

  function onCancel() {
    drag = pending = null;
    if (anchor === null) brush.hidden = true;
  }

  const listeners = [
    [plot, 'keydown', onKey], [plot, 'blur', leave], [plot, 'pointerdown', onDown], [plot, 'dblclick', () => zoomable() && act.zoomOut()],
    [window, 'pointermove', onMove], [window, 'pointerup', onUp], [window, 'pointercancel', onCancel],
  ];
  // Captured, so that a press is known before the chart tells what lies under it.
  for (const [target, name, listener] of listeners) target.addEventListener(name, listener, true);

  return {
    /** A press on a series: a drag that begins on it is no click. */
    press(index) {
      pending = index;
    },
    /** The chart was drawn anew. */
    redrawn() {
      if (point === null) return;
      point = clamp(point, 0, count() - 1);
      series = clamp(series, 0, read().series.length - 1);
      draw();
    },
    detach() {
      for (const [target, name, listener] of listeners) target.removeEventListener(name, listener, true);
    },
  };
}
