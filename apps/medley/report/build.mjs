// Joins page.html, style.css, the scripts and ECharts into the one page that the program embeds.
//   node build.mjs SOURCE_DIR NODE_MODULES OUTPUT
// What stands for the report's JSON, @DOCUMENT@, stays in the page: the program puts it in. The policy names
// each script by its hash, so that no other script runs.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [source, modules, output] = process.argv.slice(2);
const read = (...path) => readFileSync(join(...path), 'utf8');
const scripts = ['dom', 'chart', 'comparison', 'variations', 'map', 'lists', 'check', 'main'];

const charts = read(modules, 'echarts', 'dist', 'echarts.common.min.js').trim();
const page = `'use strict';\n(() => {\n${scripts.map((name) => read(source, `${name}.js`)).join('\n')}})();\n`;
for (const script of [charts, page]) {
  if (/<\/script|<!--/i.test(script)) throw new Error('a script would end its own element');
}
const hash = (script) => `'sha256-${createHash('sha256').update(script, 'utf8').digest('base64')}'`;
// ECharts sets the style attributes of its tooltips.
const policy = [
  "default-src 'none'",
  `script-src ${hash(charts)} ${hash(page)}`,
  "style-src 'unsafe-inline'",
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
const parts = { POLICY: policy, STYLE: read(source, 'style.css'), CHARTS: charts, PAGE: page };
writeFileSync(
  output,
  read(source, 'page.html').replace(/@(POLICY|STYLE|CHARTS|PAGE)@/g, (_, name) => parts[name]),
);
