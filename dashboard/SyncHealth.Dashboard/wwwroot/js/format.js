// The twin of Quantity.cs: numbers on axes and in tooltips read like those on the page. A test holds both to the same cases.
const space = '\u00a0';

const trim = (value, digits) => Number(value.toFixed(digits)).toLocaleString('en-US', { maximumFractionDigits: digits });

function age(seconds) {
  const units = [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']];
  const rounded = Math.max(0, Math.round(seconds));
  const first = units.findIndex(([size]) => rounded >= size);
  if (first < 0) return `0${space}s`;
  const [size, name] = units[first];
  const whole = Math.floor(rounded / size);
  const text = `${whole}${space}${name}`;
  if (first + 1 >= units.length || (size === 60 && whole >= 10)) return text;
  const [smaller, smallerName] = units[first + 1];
  const rest = Math.floor((rounded - whole * size) / smaller);
  return rest === 0 ? text : `${text}${space}${rest}${space}${smallerName}`;
}

function milliseconds(value) {
  if (value < 999.5) return `${trim(value, 0)}${space}ms`;
  if (value < 9950) return `${trim(value / 1000, 1)}${space}s`;
  return value < 120000 ? `${trim(value / 1000, 0)}${space}s` : age(value / 1000);
}

function percent(value) {
  const digits = (value > 99.9 && value < 100) || (value > 0 && value < 0.1) ? 2 : 1;
  let shown = Number(value.toFixed(digits));
  if (value > 0 && value < 100 && (shown === 0 || shown === 100)) shown = value < 50 ? 0.01 : 99.99;
  return `${trim(shown, digits)}${space}%`;
}

const devices = value => `${trim(value, 0)}${space}${Math.round(value) === 1 ? 'device' : 'devices'}`;

/** A value with its unit; `short` leaves out the unit that an axis title says already. */
export function format(unit, value, short) {
  switch (unit) {
    case 'percent': return percent(value);
    case 'milliseconds': return milliseconds(value);
    case 'seconds': return age(value);
    case 'per100': return trim(value, short ? 1 : 2);
    case 'items': return trim(value, value < 10 ? 1 : 0);
    case 'devices': return short ? trim(value, 0) : devices(value);
    default: return trim(value, 0);
  }
}

const clock = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });

const utc = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: 'UTC' });

/** In the viewer's zone. */
export const moment = time => clock.format(time);

/** In the viewer's zone, with UTC: for what is shown on hover and has no hover of its own. */
export const momentWithUtc = time => `${clock.format(time)} (${utc.format(time)} UTC)`;

/** ApexCharts writes names into the page as HTML; a version may be named anything. */
export const escapeHtml = text => text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
