// Compares what kustomize and Helm have rendered, and checks each object against its schema. Leaves the objects as TypeScript, for its compiler.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseAllDocuments } from 'yaml';

// Only Helm has these.
const ofHelm = /^(helm\.sh\/.*|app\.kubernetes\.io\/managed-by)$/;

// As YAML 1.1, in which Kubernetes reads 0440 as an octal number.
const objects = (file) =>
  parseAllDocuments(readFileSync(file, 'utf8'), { version: '1.1' }).map((part) => part.toJS()).filter(Boolean);

function withoutHelm(value) {
  if (Array.isArray(value)) return value.map(withoutHelm);
  if (value === null || typeof value !== 'object') return value;
  const kept = Object.entries(value).filter(([name]) => !ofHelm.test(name)).map(([name, inner]) => [name, withoutHelm(inner)]);
  return Object.fromEntries(kept.filter(([name, inner]) => name !== 'annotations' || Object.keys(inner).length > 0));
}

const byName = (all) => Object.fromEntries(all.map((object) => [`${object.kind} ${object.metadata.name}`, withoutHelm(object)]));

const typed = [];
async function check(object) {
  const library = object.apiVersion.startsWith('monitoring.coreos.com/') ? '@kubernetes-models/prometheus-operator' : 'kubernetes-models';
  const place = `${library}/${object.apiVersion}`;
  const { [object.kind]: Model } = await import(place);
  new Model(object).validate();
  const type = `T${typed.length}`;
  typed.push(`import type { I${object.kind} as ${type} } from '${place}';\nexport const object${type}: ${type} = ${JSON.stringify(object, null, 1)};`);
}

const [both, helm] = process.argv.slice(2).join(' ').split(' -- ').map((variants) => variants.split(' '));
for (const variant of both) {
  const rendered = objects(`${variant}.kustomize.yaml`);
  assert(rendered.length >= 6, `${variant} has objects`);
  assert.deepEqual(byName(objects(`${variant}.helm.yaml`)), byName(rendered), variant);
  for (const object of rendered) await check(object);
}
for (const variant of helm) {
  const rendered = objects(`${variant}.helm.yaml`);
  assert(rendered.length >= 6, `${variant} has objects`);
  for (const object of rendered) await check(object);
}
writeFileSync('objects.ts', typed.join('\n'));
