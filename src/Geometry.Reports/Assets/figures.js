// Figures are made when they come into view, drawn again when the theme changes, and let go of the graphics card when they leave.
const figures = [];

// plotly.js takes longer to read than all the rest: the page is there first, and then it.
const plotly = new Promise(resolve => requestAnimationFrame(() => setTimeout(() => {
  const source = document.getElementById('plotly');
  document.head.append(element('script', null, source.textContent));
  source.remove();
  document.getElementById('plotly-version')?.append(Plotly.version);
  resolve();
})));

const space = { known: null };
function canDrawInSpace() {
  return (space.known ??= hasWebGL());
}

function hasWebGL() {
  try {
    const context = document.createElement('canvas').getContext('webgl');
    context?.getExtension('WEBGL_lose_context')?.loseContext();
    return !!context;
  } catch { return false; }
}

const watcher = new IntersectionObserver(entries => {
  for (const entry of entries) {
    const figure = figures.find(f => f.plot === entry.target);
    if (!figure) continue;
    figure.visible = entry.isIntersecting;
    if (entry.isIntersecting) figure.show();
    else if (figure.heavy) figure.hide();
  }
}, { rootMargin: '150px' });

/** A figure: height in pixels, a text that says what it shows, and a function that gives { data, layout } for plotly.js. */
function addFigure(parent, { name, height, alt, caption, heavy, draw, drawn }) {
  const plot = element('div', { class: 'plot', role: 'img', 'aria-label': alt });
  plot.style.height = `${height}px`;
  const captionElement = caption ? element('figcaption', null, caption) : null;
  parent.append(element('figure', { 'data-figure': name }, plot, captionElement));
  const figure = {
    plot, heavy, visible: false, shown: false,
    async show() {
      if (this.shown) return;
      this.shown = true;
      await plotly;
      if (!this.shown) return;
      const { data, layout } = draw();
      Plotly.newPlot(plot, data, { ...layout, height: plot.clientHeight }, plotConfig(name)).then(() => {
        plot.dataset.ready = 'yes';
        drawn?.(plot);
      });
    },
    hide() {
      if (!this.shown) return;
      this.shown = false;
      if (!plot.dataset.ready) return;
      Plotly.purge(plot);
      delete plot.dataset.ready;
    },
    redraw(newAlt) {
      if (newAlt) plot.setAttribute('aria-label', newAlt);
      if (!plot.dataset.ready) return;
      const { data, layout } = draw();
      plot.style.height = `${layout.height ?? height}px`;
      Plotly.react(plot, data, { ...layout, height: plot.clientHeight });
    },
    remove() {
      watcher.unobserve(plot);
      this.hide();
      figures.splice(figures.indexOf(this), 1);
    },
  };
  figures.push(figure);
  watcher.observe(plot);
  return figure;
}

darkness.addEventListener('change', () => figures.forEach(f => f.redraw()));

// For paper, everything is drawn at once and in light colours; what needs the graphics card stays as it is.
window.addEventListener('beforeprint', () => {
  printing.now = true;
  for (const f of figures) {
    if (f.shown) f.redraw();
    else if (!f.heavy) f.show();
  }
});
window.addEventListener('afterprint', () => {
  printing.now = false;
  figures.forEach(f => f.redraw());
});

// Scatter plots of many points go to the graphics card where there is one.
const scatterType = points => (points > 3000 && canDrawInSpace() ? 'scattergl' : 'scatter');
