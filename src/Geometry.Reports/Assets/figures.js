// Figures are made when they come into view, one after another with the screen drawn in between; drawn again when the theme changes;
// and let go of the graphics card when they leave.
const figures = [];

const watcher = new IntersectionObserver(entries => {
  for (const entry of entries) {
    const figure = figures.find(f => f.plot === entry.target);
    if (!figure) continue;
    figure.visible = entry.isIntersecting;
    if (entry.isIntersecting) figure.show();
    else if (figure.engine === 'full') figure.hide();
  }
}, { rootMargin: '150px' });

const queue = {
  last: Promise.resolve(),
  add(task) {
    const done = this.last.then(task);
    this.last = done.catch(problem => console.error(problem)).then(() => new Promise(resolve => setTimeout(resolve)));
    return done;
  },
};

/** A figure: height in pixels, a text that says what it shows, and a function that gives { data, layout } for plotly.js. */
function addFigure(parent, { name, height, alt, caption, draw, drawn }) {
  const plot = element('div', { class: 'plot', role: 'img', 'aria-label': alt });
  plot.style.height = `${height}px`;
  parent.append(element('figure', { 'data-figure': name }, plot, caption ? element('figcaption', null, caption) : null));
  const figure = {
    plot, made: draw, visible: false, shown: false, stale: false, engine: null,
    show() {
      if (this.shown) return;
      this.shown = true;
      queue.add(async () => {
        if (!this.shown) return;
        this.stale = false;
        const made = draw(), plotly = await loadEngine(engineFor(made.data));
        if (this.shown) await this.place(this.stale ? draw() : made, plotly);
      }).catch(() => {
        // What stands there from the start, the phase diagram as a picture, stays.
        plot.style.height = 'auto';
        if (!plot.dataset.failed) plot.append(note(`This figure cannot be drawn${plot.firstChild ? ' live' : ''} by this browser; one of 2023 or later can.`));
        plot.dataset.failed = 'yes';
      });
    },
    // All but the engine is there: nothing here waits, so that paper gets what is drawn in time.
    place({ data, layout }, plotly) {
      const engine = engineFor(data);
      const again = this.engine === engine;
      if (!again) this.clear();
      this.engine = engine;
      plot.style.height = `${layout.height ?? height}px`;
      return plotly[again ? 'react' : 'newPlot'](plot, data, { ...layout, width: printing.now ? plot.clientWidth : undefined, height: plot.clientHeight }, plotConfig(name)).then(() => {
        if (again || this.engine !== engine) return;
        plot.dataset.ready = 'yes';
        drawn?.(plot);
      });
    },
    hide() {
      if (!this.shown) return;
      this.shown = false;
      if (this.engine) this.clear();
    },
    clear() {
      if (this.engine) engines[this.engine].loaded.purge(plot);
      this.engine = null;
      delete plot.dataset.ready;
      plot.replaceChildren();
    },
    redraw(newAlt) {
      if (newAlt) plot.setAttribute('aria-label', newAlt);
      this.stale = true;
      if (!this.engine) return;
      const made = draw(), { loaded } = engines[engineFor(made.data)];
      if (loaded) this.place(made, loaded);
      else {
        this.hide();
        this.show();
      }
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

// For paper, everything is drawn at once, flat, in light colours, and as wide as the paper is.
window.addEventListener('beforeprint', () => {
  printing.now = true;
  document.documentElement.classList.add('paper');
  if (!engines.flat.loaded) return;
  for (const f of figures) {
    f.shown = true;
    f.place(f.made(), engines.flat.loaded);
  }
});
window.addEventListener('afterprint', () => {
  printing.now = false;
  document.documentElement.classList.remove('paper');
  for (const f of figures) {
    if (f.visible) f.redraw();
    else f.hide();
  }
});

// Scatter plots of many points go to the graphics card where there is one.
const scatterType = points => (points > 3000 && !printing.now && canDrawInSpace() ? 'scattergl' : 'scatter');
