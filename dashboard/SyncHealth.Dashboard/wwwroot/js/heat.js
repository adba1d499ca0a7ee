// Arrows on a heatmap walk from cell to cell; each is said and stands below the map. One listener for all maps: cells are read from the page as they are now.
const clamp = (value, count) => Math.min(count - 1, Math.max(0, value));

function leave(heat) {
  delete heat.dataset.column;
  delete heat.dataset.row;
  heat.querySelector('.cursor').setAttribute('visibility', 'hidden');
  heat.querySelector('[data-spoken]').textContent = '';
}

// Rows count from below, as on the map; what is drawn and listed counts from above.
function show(heat, column, row) {
  const { columns, rows, whens } = heat.dataset;
  const [x, y] = [clamp(column, Number(columns)), Number(rows) - 1 - clamp(row, Number(rows))];
  Object.assign(heat.dataset, { column: x, row: Number(rows) - 1 - y });
  const cursor = heat.querySelector('.cursor');
  for (const [name, value] of [['x', x], ['y', y], ['visibility', 'visible']]) cursor.setAttribute(name, value);
  const cell = heat.querySelector(`rect[data-cell][x="${x}"][y="${y}"] title`);
  heat.querySelector('[data-spoken]').textContent =
    cell?.textContent ?? `${whens.split('|')[x]} · ${heat.querySelectorAll('.rows span')[y].textContent}: 0`;
}

const moves = {
  ArrowLeft: (column, row) => [column - 1, row],
  ArrowRight: (column, row) => [column + 1, row],
  ArrowUp: (column, row) => [column, row + 1],
  ArrowDown: (column, row) => [column, row - 1],
  Home: (_column, row) => [0, row],
  End: (_column, row, columns) => [columns - 1, row],
};

document.addEventListener('keydown', event => {
  const heat = event.target.closest?.('.heat');
  if (!heat || event.ctrlKey || event.metaKey || event.altKey) return;
  const columns = Number(heat.dataset.columns);
  if (event.key === 'Escape') leave(heat);
  else if (moves[event.key]) {
    event.preventDefault();
    // The first arrow lands on the newest column, in the lowest row: there is no cell to go on from.
    const begun = 'column' in heat.dataset;
    show(heat, ...moves[event.key](begun ? Number(heat.dataset.column) : event.key === 'ArrowRight' ? -1 : columns, begun ? Number(heat.dataset.row) : 0, columns));
  }
});

document.addEventListener('focusout', event => {
  const heat = event.target.closest?.('.heat');
  if (heat) leave(heat);
});
