// Runs in the page around the report's frame, and writes what it finds into #result.
const frame = document.querySelector('iframe');

/** Counts pairs of tick labels of the same axis that overlap. */
function overlaps(svg) {
  const boxes = [...svg.querySelectorAll('text')].map(text => text.getBoundingClientRect());
  let count = 0;
  boxes.forEach((a, i) => boxes.slice(i + 1).forEach(b => {
    if (a.left < b.right && b.left < a.right && a.top + 2 < b.bottom && b.top + 2 < a.bottom) {
      count++;
    }
  }));
  return count;
}

/** Counts labels that reach out of their drawing. */
function outside(svg) {
  const box = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')]
      .map(text => text.getBoundingClientRect())
      .filter(label => label.left < box.left - 1 || label.right > box.right + 1
          || label.top < box.top - 1 || label.bottom > box.bottom + 1).length;
}

function sum(elements, count) {
  return [...elements].reduce((total, element) => total + count(element), 0);
}

frame.addEventListener('load', () => {
  const page = frame.contentDocument;
  const all = selector => page.querySelectorAll(selector);
  page.querySelector('details')?.setAttribute('open', '');
  const charts = all('.chart > svg');
  document.querySelector('#result').textContent = JSON.stringify({
    title: page.title,
    h1: page.querySelector('h1').textContent,
    headings: [...all('h2')].map(heading => heading.textContent).join('|'),
    viewport: frame.contentWindow.innerWidth,
    width: page.documentElement.scrollWidth,
    charts: charts.length,
    lossPoints: charts.length ? charts[0].querySelectorAll('circle').length : 0,
    tooltips: all('.hit > title').length,
    bestMarks: all('path.best').length,
    tableRows: all('#epochs tbody tr').length,
    heatMaps: all('.posteriors image').length,
    tokens: all('.token rect').length,
    scripts: page.scripts.length,
    images: page.images.length,
    resources: frame.contentWindow.performance.getEntriesByType('resource')
        .filter(entry => !entry.name.startsWith('data:')).length,
    overlappingTicks: sum(charts, overlaps),
    labelsOutside: sum(charts, outside),
  });
});
