// The same form and the same answers with @getodk/xforms-engine; prints times in milliseconds.
import { readFileSync } from 'node:fs';
import { JSDOM } from 'jsdom';

const { window } = new JSDOM('<!doctype html>', { url: 'http://localhost/' });
for (const name of Object.getOwnPropertyNames(window)) {
  if (!(name in globalThis)) {
    try { globalThis[name] = window[name]; } catch { /* what node guards stays its own */ }
  }
}
globalThis.__dirname = '.';  // its parser asks for it when it sees node
const engine = await import('@getodk/xforms-engine');

const [file, loads, answers, warm] = process.argv.slice(2);
const xml = readFileSync(file, 'utf8');
const now = () => performance.now();

async function opened() {
  const result = await engine.loadForm(xml);
  if (!result.createInstance) throw new Error(String(result.error));
  return result.createInstance().root;
}

await opened();
const loading = [];
let root;
for (let turn = 0; turn < Number(loads); turn++) {
  const began = now();
  root = await opened();
  loading.push(now() - began);
}

const named = (node) => new Map(node.currentState.children.map(
  (child) => [child.currentState.reference.split('/').pop(), child]));
const top = named(root);
const blocks = [...top.keys()].filter((name) => /^b\d+$/.test(name)).length;
const places = new Map();
for (let number = 0; number < blocks; number++) {
  places.set(number, named(top.get(`b${number}`)));
}
const seen = (node) => {
  const state = node.currentState;
  return [state.relevant, state.required, state.readonly, String(state.value),
    node.validationState?.violation?.message?.asString ?? '',
    state.label?.asString ?? '', state.valueOptions?.map((one) => one.label.asString) ?? []];
};
const answering = [];
for (let number = 0; number < Number(answers) + Number(warm); number++) {
  const block = places.get(number * 7 % blocks);
  const asked = block.get(`q${number % 6}`);
  const looked = [asked, block.get('q7'), block.get('q8'), block.get('q9'),
    top.get('total'), top.get('share')];
  const text = asked.currentState.value[0] === 'yes' ? 'no' : 'yes';
  const began = now();
  asked.selectValue(text);
  const views = looked.map(seen);
  const took = now() - began;
  if (number >= Number(warm)) answering.push(took);
  if (views[0][3] !== text) throw new Error(`answered ${text}, seen ${views[0][3]}`);
}
console.log(JSON.stringify({ loads: loading, answers: answering }));
