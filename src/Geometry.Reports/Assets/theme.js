// The page's colours as plotly.js wants them; figures are drawn again when the theme changes.
const darkness = window.matchMedia('(prefers-color-scheme: dark)');
const printing = { now: false };
const cssColor = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function theme() {
  const light = printing.now || !darkness.matches;
  return {
    light,
    ink: printing.now ? '#000000' : cssColor('--ink'),
    soft: printing.now ? '#444444' : cssColor('--soft'),
    line: printing.now ? '#bbbbbb' : cssColor('--line'),
    back: printing.now ? '#ffffff' : cssColor('--back'),
  };
}

function baseLayout(extra) {
  const t = theme();
  const axis = { gridcolor: t.line, linecolor: t.line, zerolinecolor: t.line, tickcolor: t.line, automargin: true };
  const layout = {
    paper_bgcolor: 'rgba(0,0,0,0)', plot_bgcolor: 'rgba(0,0,0,0)',
    font: { family: 'system-ui, "Segoe UI", "DejaVu Sans", sans-serif', size: 13, color: t.ink },
    margin: { l: 60, r: 40, t: 20, b: 50 },
    modebar: { orientation: 'v', bgcolor: 'rgba(0,0,0,0)', color: t.soft, activecolor: t.ink },
    hoverlabel: { align: 'left', bgcolor: t.back, bordercolor: t.line, font: { color: t.ink } },
    ...extra,
    legend: { orientation: 'h', yref: 'container', y: 0, yanchor: 'bottom', itemsizing: 'constant', maxheight: 0.3 },
  };
  for (const name of Object.keys(layout)) if (/^[xy]axis\d*$/.test(name)) layout[name] = { ...axis, ...layout[name] };
  if (!layout.xaxis) layout.xaxis = { ...axis };
  if (!layout.yaxis) layout.yaxis = { ...axis };
  return layout;
}

const plotConfig = name => ({
  displaylogo: false, displayModeBar: 'hover', responsive: true,
  toImageButtonOptions: { format: 'svg', filename: name },
  modeBarButtonsToRemove: ['select2d', 'lasso2d', 'autoScale2d'],
});
