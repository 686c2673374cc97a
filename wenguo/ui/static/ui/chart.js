/* Draws what `_chart.html` brings: the option is JSON beside the table it was made from. Without ECharts the table stays. */

let library;

function load(address) {
  library ??= import(address).then(() => globalThis.echarts);
  return library;
}

function coloured(part, palette) {
  if (typeof part === "string" && part.startsWith("@")) return palette.getPropertyValue(`--${part.slice(1)}`).trim();
  if (Array.isArray(part)) return part.map((each) => coloured(each, palette));
  if (part && typeof part === "object") return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, coloured(value, palette)]));
  return part;
}

function dressed(option) {
  const palette = getComputedStyle(document.documentElement);
  const full = coloured(option, palette);
  full.textStyle = { ...full.textStyle, fontFamily: getComputedStyle(document.body).fontFamily };
  full.tooltip = { ...full.tooltip, backgroundColor: coloured("@card", palette), borderColor: coloured("@line-strong", palette), textStyle: { color: coloured("@ink", palette), fontSize: 12 } };
  return full;
}

function show(figure, drawn) {
  figure.querySelector(".chart-drawing").hidden = !drawn;
  figure.querySelector(".chart-table").hidden = drawn;
  figure.querySelector("[data-chart-table]").setAttribute("aria-pressed", String(!drawn));
}

function save(chart, name) {
  const link = document.createElement("a");
  link.download = `${name}.png`;
  link.href = chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: getComputedStyle(document.documentElement).getPropertyValue("--card").trim() });
  link.click();
}

async function draw(figure) {
  const data = figure.querySelector("script[type='application/json']");
  if (!data || figure.dataset.drawn) return;
  figure.dataset.drawn = "yes";
  const echarts = await load(figure.dataset.chart).catch(() => null);
  if (!echarts) return;
  const option = JSON.parse(data.textContent);
  show(figure, true);
  const place = figure.querySelector(".chart-drawing");
  const chart = echarts.init(place, null, { renderer: "canvas" });
  chart.setOption(dressed(option));
  chart.on("click", (point) => { if (point.data?.href) location.assign(point.data.href); });
  new ResizeObserver(() => { if (place.clientWidth) chart.resize(); }).observe(place);
  document.addEventListener("wenguo:theme", () => chart.setOption(dressed(option), true));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => chart.setOption(dressed(option), true));
  figure.addEventListener("click", (event) => {
    if (event.target.closest("[data-chart-table]")) show(figure, place.hidden);
    if (event.target.closest("[data-chart-png]")) save(chart, figure.dataset.name);
  });
  const paper = () => chart.resize();
  addEventListener("beforeprint", paper);
  addEventListener("afterprint", paper);
}

export function startCharts(root = document) {
  const figures = root.querySelectorAll(".chart[data-chart]");
  if (!figures.length) return;
  const watcher = new IntersectionObserver((seen) => {
    for (const { isIntersecting, target } of seen) if (isIntersecting) { watcher.unobserve(target); draw(target); }
  }, { rootMargin: "300px" });
  for (const figure of figures) watcher.observe(figure);
}
