// The only module that touches ApexCharts. It turns a ChartSpec (see ChartSpec.cs) into a chart and keeps it up to date in place.
import ApexCharts from '../lib/apexcharts/apexcharts.esm.js';
import { attach } from './cursor.js';
import { format, momentWithUtc, escapeHtml } from './format.js';

const leastHeight = 248;

// Milliseconds after which a frame is no longer waited for: a tab that is hidden has none.
const longestFrame = 250;

const painted = () => new Promise(done => {
  setTimeout(done, document.hidden ? 0 : longestFrame);
  requestAnimationFrame(() => setTimeout(done));
});

// Numbers are painted before charts are drawn, and those one after the other: each takes longer than a frame, and together they held up what is read first.
let last = Promise.resolve();
function inTurn(draw) {
  const drawn = last.then(painted).then(draw);
  last = drawn.catch(() => {});
  return drawn;
}

const color = name => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

// ApexCharts' own logarithmic axis reserves room for labels it never writes, so the logarithm is taken here.
const scaled = (spec, value) => spec.logarithmic && value !== null ? Math.log10(value) : value;
const unscaled = (spec, value) => spec.logarithmic ? 10 ** value : value;

// A bar stands over its whole step, so that a marker inside the step stands on it; a point of a line is the start of its step.
const middle = spec => spec.kind === 'line' ? 0 : spec.stepMs / 2;

const pairs = (spec, series) => {
  const values = series.values.map(value => scaled(spec, value));
  return spec.times.length ? spec.times.map((time, i) => [time + middle(spec), values[i]]) : values;
};

// Few points make no line: they are shown as dots.
const measured = spec => Math.max(0, ...spec.series.map(series => series.values.filter(value => value !== null).length));

// The least of 1, 2, 4, 8 × 10ⁿ that holds every value: four ticks divide each of them into round steps.
function niceMax(spec) {
  const sums = (spec.series[0]?.values ?? []).map((_, i) => spec.series.map(series => series.values[i] ?? 0).reduce((sum, value) => spec.kind === 'stackedColumns' ? sum + value : Math.max(sum, value), 0));
  const most = Math.max(...sums, spec.unit === 'per100' ? 1 : 4);
  const decade = 10 ** Math.floor(Math.log10(most));
  return decade * [1, 2, 4, 8, 10].find(step => most <= step * decade);
}

function xaxis(spec) {
  const labels = { style: { colors: color('text-muted'), fontSize: '11px' } };
  const frame = { axisBorder: { color: color('line') }, axisTicks: { color: color('line') }, tooltip: { enabled: false } };
  if (!spec.times.length)
    return { type: 'category', categories: spec.ticks, labels: { ...labels, rotate: 0, hideOverlappingLabels: true }, ...frame };
  return {
    type: 'datetime',
    min: spec.times[0],
    max: spec.times.at(-1) + spec.stepMs,
    labels: { ...labels, datetimeUTC: false, datetimeFormatter: { year: 'yyyy', month: 'd MMM', day: 'd MMM', hour: 'HH:mm', minute: 'HH:mm' } },
    ...frame,
  };
}

function yaxis(spec) {
  const axis = {
    labels: { style: { colors: color('text-muted'), fontSize: '11px' }, formatter: value => value === null ? '' : format(spec.unit, unscaled(spec, value), true), minWidth: 52, maxWidth: 52 },
    tickAmount: 4,
  };
  if (spec.logarithmic) {
    const values = spec.series.flatMap(series => series.values.filter(value => value > 0)).map(Math.log10);
    axis.min = Math.floor(Math.min(...values));
    axis.max = Math.max(axis.min + 1, Math.ceil(Math.max(...values)));
    axis.tickAmount = axis.max - axis.min;
  }
  if (spec.min !== null) axis.min = spec.min;
  axis.max ??= spec.max ?? niceMax(spec);
  return axis;
}

function annotations(spec) {
  const found = { yaxis: [], xaxis: [] };
  if (spec.target)
    found.yaxis.push({ y: scaled(spec, spec.target.value), borderColor: color('text-muted'), strokeDashArray: 4 });
  if (spec.incompleteFrom !== null)
    found.xaxis.push({
      x: spec.times[spec.incompleteFrom], x2: spec.times.at(-1) + spec.stepMs,
      fillColor: color('text-muted'), opacity: 0.14, borderColor: 'transparent',
    });
  for (const marker of spec.markers)
    found.xaxis.push({
      x: marker.at, borderColor: color('text'), strokeDashArray: 2, opacity: 1,
      label: { text: marker.letter, orientation: 'horizontal', offsetY: -2, borderColor: color('text'), style: { color: color('surface'), background: color('text'), fontSize: '11px', fontWeight: 700, padding: { left: 4, right: 4, top: 1, bottom: 2 } } },
    });
  return found;
}

function options(spec) {
  const line = spec.kind === 'line';
  return {
    series: spec.series.map(series => ({ name: escapeHtml(series.name), data: pairs(spec, series) })),
    colors: spec.series.map(series => color(series.color)),
    stroke: line
      ? { width: 2, curve: 'straight', dashArray: spec.series.map(series => series.dash) }
      : { width: 0 },
    fill: { type: 'solid', opacity: line ? 1 : 0.9 },
    markers: { size: line && measured(spec) < 3 ? 3 : 0, strokeWidth: 0, hover: { size: 5 } },
    plotOptions: { bar: { columnWidth: spec.times.length ? '92%' : '72%', borderRadius: spec.times.length ? 0 : 2, borderRadiusApplication: 'end' } },
    xaxis: xaxis(spec),
    yaxis: yaxis(spec),
    annotations: annotations(spec),
    grid: { borderColor: color('line'), strokeDashArray: 0, padding: { left: 4, right: 8, top: -16, bottom: -4 } },
    tooltip: {
      theme: document.documentElement.dataset.theme,
      shared: true,
      intersect: false,
      x: { formatter: (value, { dataPointIndex }) => spec.times.length ? momentWithUtc(spec.times[dataPointIndex]) + (dataPointIndex >= (spec.incompleteFrom ?? Infinity) ? ' · still arriving' : '') : spec.categories[dataPointIndex] },
      y: { formatter: value => value === null || value === undefined ? '–' : format(spec.unit, unscaled(spec, value), false) },
    },
  };
}

// Where the plot lies in its element, and what its edges stand for.
function areaOf(chart) {
  const { translateX, translateY, gridWidth, gridHeight, minX, maxX } = chart.w.globals;
  return { left: translateX, top: translateY, width: gridWidth, height: gridHeight, min: minX, max: maxX };
}

// The bars of a chart over categories are numbered from 1; its edges lie half a bar outside.
const categoryArea = (chart, spec) => ({ ...areaOf(chart), min: 0.5, max: spec.categories.length + 0.5 });

function fixed(spec, height, onPick) {
  return {
    chart: {
      type: spec.kind === 'line' ? 'line' : 'bar',
      stacked: spec.kind === 'stackedColumns',
      height,
      width: '100%',
      fontFamily: 'inherit',
      foreColor: color('text-muted'),
      background: 'transparent',
      animations: { enabled: false },
      toolbar: { show: false },
      zoom: { enabled: false },
      selection: { enabled: false },
      redrawOnParentResize: true,
      events: { markerClick: (_event, _chart, at) => onPick(at.seriesIndex), dataPointSelection: (_event, _chart, at) => onPick(at.seriesIndex) },
    },
    // The legend is HTML beside the chart: links that a keyboard reaches.
    legend: { show: false },
    dataLabels: { enabled: false },
  };
}

export async function create(plot, element, json, owner) {
  let spec = JSON.parse(json);
  let hand = null;
  const act = {
    pick: index => spec.series[index]?.pickable && owner.invokeMethodAsync('Pick', index),
    zoom: (from, to) => owner.invokeMethodAsync('Zoom', Math.round(from), Math.round(to)),
    zoomOut: () => owner.invokeMethodAsync('ZoomOut'),
  };
  const chart = new ApexCharts(element, { ...fixed(spec, Math.max(leastHeight, element.clientHeight), index => hand?.press(index)), ...options(spec) });
  await inTurn(() => chart.render());
  hand = attach(plot, () => spec, () => spec.times.length ? areaOf(chart) : categoryArea(chart, spec), act);
  element.dataset.ready = '1';

  let revision = 0;
  let gone = false;
  const redraw = async read => {
    await inTurn(() => {
      if (gone) return;
      spec = read();
      return chart.updateOptions(options(spec), false, false, false);
    });
    if (gone) return;
    hand.redrawn();
    element.dataset.revision = ++revision;
  };
  const recolor = () => redraw(() => spec);
  document.addEventListener('synchealth:theme', recolor);

  return {
    update: next => redraw(() => JSON.parse(next)),
    destroy() {
      gone = true;
      document.removeEventListener('synchealth:theme', recolor);
      hand.detach();
      chart.destroy();
    },
  };
}
