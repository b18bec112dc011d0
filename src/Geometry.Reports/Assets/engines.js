// plotly.js, unpacked when a figure asks for it: reading it takes a browser longer than all the rest of the page. The small bundle
// draws what is flat; the full one, three times as large, what is in space or has very many points.
const engines = {
  flat: { loaded: null, promise: null },
  full: { loaded: null, promise: null },
};

// The page is on the screen, with the first diagram in it, before the first bundle is read: reading stops everything else.
const painted = new Promise(resolve => {
  new PerformanceObserver(resolve).observe({ type: 'paint', buffered: true });
  // Browsers that do not tell, and pages that are printed without ever being on a screen.
  setTimeout(resolve, 600);
});
const bundlesAreThere = new Promise(resolve => (document.readyState === 'loading' ? document.addEventListener('DOMContentLoaded', resolve) : resolve()));

function loadEngine(name) {
  return (engines[name].promise ??= bundlesAreThere.then(() => Promise.all([unpack(document.getElementById(`plotly-${name}`)), painted])).then(([source]) => {
    document.head.append(element('script', null, source));
    engines[name].loaded = window.Plotly;
    document.getElementById('plotly-version').textContent = ` ${window.Plotly.version}`;
    return window.Plotly;
  }));
}

/** The text of an element that holds the base64 of gzip. */
async function unpack(holder) {
  const packed = atob(holder.textContent), bytes = new Uint8Array(packed.length);
  for (let i = 0; i < packed.length; i++) bytes[i] = packed.charCodeAt(i);
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
}

const engineFor = data => (data.some(trace => /3d$|gl$/.test(trace.type)) ? 'full' : 'flat');

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
