// What all charts share. Colours come from the style sheet, so that a chart is drawn again when light turns dark.

const charts = [];
const palette = ['--c1', '--c2', '--c3', '--c4', '--c5', '--c6', '--c7', '--c8'];

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function series(at) {
  return colour(palette[at % palette.length]);
}

function axis(extra = {}) {
  return {
    axisLine: { lineStyle: { color: colour('--line') } },
    axisTick: { show: false },
    axisLabel: { color: colour('--quiet'), hideOverlap: true },
    nameTextStyle: { color: colour('--quiet') },
    splitLine: { lineStyle: { color: colour('--grid') } },
    ...extra,
  };
}

function valueAxis(name, extra = {}) {
  return axis({
    type: 'value', name, nameLocation: 'middle', nameGap: 30, scale: true,
    axisLabel: { color: colour('--quiet'), hideOverlap: true, formatter: (value) => share(value, 3).replace(/0+$/, '').replace(/\.$/, '') || '0' },
    ...extra,
  });
}

function tooltip(render) {
  return {
    trigger: 'item', confine: true, transitionDuration: 0,
    backgroundColor: colour('--card'), borderColor: colour('--line'),
    textStyle: { color: colour('--ink') },
    formatter: (point) => render(point),
  };
}

// A chart of `height` pixels. `options()` is asked again when the colours change or `redraw` is called; `text` says
// what is to be seen for those who do not see it.
function chart(text, height, options) {
  const box = el('div', { class: 'chart', role: 'img', 'aria-label': text });
  box.style.height = `${height}px`;
  const entry = {
    box,
    drawn: null,
    draw() {
      if (!box.isConnected) return;
      entry.drawn = entry.drawn || echarts.init(box, null, { renderer: 'canvas' });
      entry.drawn.setOption({
        animation: false, textStyle: { fontFamily: getComputedStyle(document.body).fontFamily }, ...options(box.clientWidth),
      }, true);
    },
    resize(pixels) {
      box.style.height = `${pixels}px`;
      if (entry.drawn) entry.drawn.resize();
    },
  };
  charts.push(entry);
  return entry;
}

function startCharts() {
  // A chart is drawn when it comes near the window: the page opens without waiting for those far below.
  const seen = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      charts.find(({ box }) => box === target).draw();
      seen.unobserve(target);
    }
  }, { rootMargin: '400px' });
  for (const { box } of charts) seen.observe(box);
  const again = () => {
    for (const entry of charts.filter(({ drawn }) => drawn)) {
      entry.drawn.resize();
      entry.draw();
    }
  };
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
  let waiting = 0;
  window.addEventListener('resize', () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(again);
  });
  window.addEventListener('beforeprint', () => charts.forEach((entry) => entry.draw()));
}
