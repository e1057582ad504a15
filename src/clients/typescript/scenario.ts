import { deepEqual, equal, ok } from 'node:assert/strict';
import { Readable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import {
  CollectionsApi,
  Configuration,
  DocumentsApi,
  DocumentViewFromJSON,
  ImportLineResultFromJSON,
  ImportSummaryFromJSON,
  JobsApi,
  RevisionsApi,
  SearchApi,
  TransferApi,
} from './client/index.js';
import { header, lines, refused, step, unsuccessful } from './steps.js';

const [basePath, name] = process.argv.slice(2) as [string, string];
const configuration = new Configuration({ basePath });
const collections = new CollectionsApi(configuration);
const documents = new DocumentsApi(configuration);
const jobs = new JobsApi(configuration);
const revisions = new RevisionsApi(configuration);
const searching = new SearchApi(configuration);
const transfer = new TransferApi(configuration);

const IMPORTED = 200;
const metadataSchema = {
  type: 'object',
  properties: { year: { type: ['integer', 'null'] }, tags: { type: 'array' } },
};
let sequence = 0;

await step('creates a collection with a schema and a language', async () => {
  const created = await collections.createCollection({
    collectionRequest: {
      name,
      description: 'Recipes',
      language: 'english',
      embedding: { model: 'none', dimensions: 3 },
      metadataSchema,
    },
  });
  equal(created.version, 1);
  ok(created.createdAt instanceof Date);
});

await step('reads the collection', async () => {
  const found = await collections.getCollection({ name });
  deepEqual(found.metadataSchema, metadataSchema);
  equal(found.language, 'english');
  equal(found.embedding.dimensions, 3);
});

await step('finds it in the list, page by page', async () => {
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await collections.listCollections({ limit: 1, cursor });
    names.push(...page.items.map((item) => item.name));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  ok(names.includes(name));
});

await step('is told with a code that the name is taken', async () => {
  const problem = await refused(409, () =>
    collections.createCollection({
      collectionRequest: { name, embedding: { model: 'none', dimensions: 3 } },
    }),
  );
  equal(problem.code, 'collection.name.taken');
});

await step('removes the description with null', async () => {
  const patched = await collections.patchCollection({ name, collectionPatch: { description: null } });
  equal(patched.description, null);
  equal(patched.language, 'english');
});

await step('puts a document with null in its metadata', async () => {
  const answer = await documents.putDocumentRaw({
    name,
    key: 'tea',
    documentRequest: {
      title: 'Tea',
      content: 'Green tea is made of leaves and hot water.',
      metadata: { year: null, tags: ['drink'] },
      vector: [1, 0, 0],
    },
  });
  equal(answer.raw.status, 201);
  equal(header(answer.raw, 'ETag'), '"1"');
  deepEqual((await answer.value()).metadata, { year: null, tags: ['drink'] });
});

await step('posts a document with null as its title', async () => {
  const created = await documents.createDocument({
    name,
    documentRequest: { key: 'soup/hot ü', title: null, content: 'Soup of beans.', vector: [0, 1, 0] },
  });
  equal(created.title, null);
  equal((await documents.getDocument({ name, key: 'soup/hot ü' })).content, 'Soup of beans.');
});

await step('reads it again only if it has changed', async () => {
  const answer = await documents.getDocumentRaw({ name, key: 'tea' });
  const ifNoneMatch = header(answer.raw, 'ETag');
  await unsuccessful(304, () => documents.getDocument({ name, key: 'tea', ifNoneMatch }));
});

await step('is told the current version where If-Match does not hold', async () => {
  const problem = await refused(412, () =>
    documents.patchDocument({ name, key: 'tea', ifMatch: '"7"', documentPatch: { title: 'Other' } }),
  );
  equal(problem.currentVersion, 1);
});

await step('patches with null on two levels', async () => {
  const patched = await documents.patchDocument({
    name,
    key: 'tea',
    ifMatch: '"1"',
    documentPatch: { title: null, metadata: { year: 2024, tags: null }, vector: [1, 0, 0] },
  });
  equal(patched.title, null);
  equal(patched.content, 'Green tea is made of leaves and hot water.');
  deepEqual(patched.metadata, { year: 2024 });
});

await step('imports lines as a stream', async () => {
  async function* source(): AsyncGenerator<Uint8Array> {
    const encoder = new TextEncoder();
    for (let i = 0; i < IMPORTED; i++) {
      const line = {
        key: `line-${String(i).padStart(3, '0')}`,
        title: null,
        content: i % 2 === 0 ? `Lemon tea number ${i}` : `Coffee and lemon with tea, number ${i}`,
        metadata: { year: 2000 + (i % 10) },
        vector: [0, i + 1, 1],
      };
      yield encoder.encode(JSON.stringify(line) + '\n');
    }
    yield encoder.encode('{"key": "wrong", "titel": "?"}\n');
  }
  const body = Readable.toWeb(Readable.from(source())) as BodyInit;
  const answer = await transfer.importDocumentsRaw({ name, body: '' }, { body, duplex: 'half' } as RequestInit);
  const results: unknown[] = [];
  for await (const line of lines(answer.raw)) {
    results.push(line);
  }
  equal(results.length, 2);
  const refusal = ImportLineResultFromJSON(results[0]);
  equal(refusal.key, 'wrong');
  equal(refusal.error?.code, 'json.unknown_field');
  const summary = ImportSummaryFromJSON(results[1]).summary;
  equal(summary.created, IMPORTED);
  equal(summary.failed, 1);
  sequence = summary.sequence;
  ok(sequence > 0);
});

await step('exports line by line', async () => {
  const answer = await transfer.exportDocumentsRaw({ name });
  let count = 0;
  for await (const line of lines(answer.raw)) {
    ok(DocumentViewFromJSON(line).createdAt instanceof Date);
    count++;
  }
  equal(count, IMPORTED + 2);
});

await step('lists with a filter to the end', async () => {
  const keys = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await documents.listDocuments({
      name,
      filter: JSON.stringify({ year: { $gte: 2005, $lt: 2010 } }),
      sort: 'key',
      limit: 30,
      cursor,
    });
    page.items.forEach((item) => keys.add(item.key));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  equal(keys.size, IMPORTED / 2);
});

await step('asks for a list with a body', async () => {
  const page = await documents.queryDocuments({
    name,
    documentListRequest: { filter: { year: { $in: [2001, 2002] } }, sort: '-key', limit: 5, count: 'exact' },
  });
  equal(page.items.length, 5);
  equal(page.count, IMPORTED / 5);
});

await step('searches words that it has just written', async () => {
  const found = await searching.search({
    name,
    tandemSequence: sequence,
    searchRequest: {
      query: '"lemon tea" -coffee',
      syntax: 'simple',
      mode: 'keyword',
      limit: 200,
      include: ['document', 'highlights'],
    },
  });
  equal(found.items.length, IMPORTED / 2);
  ok(found.sequence >= sequence);
  const first = found.items[0];
  ok(first?.document?.content?.startsWith('Lemon tea'));
  ok(first?.highlights?.['content']?.[0]?.includes('<em>'));
});

await step('searches near a vector', async () => {
  const found = await searching.search({
    name,
    searchRequest: { vector: [1, 0, 0], mode: 'vector', limit: 1, include: [] },
  });
  equal(found.items[0]?.key, 'tea');
  equal(found.items[0]?.vectorRank, 1);
  equal(found.items[0]?.document, undefined);
});

await step('searches both ways and sees why', async () => {
  const found = await searching.search({
    name,
    searchRequest: {
      query: 'green leaves',
      vector: [1, 0, 0],
      mode: 'hybrid',
      fusion: { type: 'rrf', keywordWeight: 0.4, vectorWeight: 0.6, k: 60 },
      filter: { year: 2024 },
      explain: true,
    },
  });
  deepEqual(found.items.map((item) => item.key), ['tea']);
  ok((found.items[0]?.explanation?.vector ?? 0) > 0);
});

await step('is told where a document breaks the schema', async () => {
  const problem = await refused(422, () =>
    documents.putDocument({ name, key: 'bad', documentRequest: { title: 'Bad', metadata: { year: 'x' } } }),
  );
  equal(problem.code, 'request.rejected');
  equal(problem.errors?.[0]?.pointer, '/metadata/year');
});

await step('lists revisions', async () => {
  const page = await revisions.listRevisions({ name, key: 'tea' });
  deepEqual(page.items.map((item) => item.version), [2, 1]);
  deepEqual(page.items[0]?.changed, ['title', 'metadata']);
  equal(page.nextCursor, null);
});

await step('reads a revision', async () => {
  equal((await revisions.getRevision({ name, key: 'tea', version: 1 })).title, 'Tea');
});

await step('restores a revision', async () => {
  const restored = await revisions.restoreRevision({ name, key: 'tea', version: 1, ifMatch: '"2"' });
  equal(restored.version, 3);
  equal(restored.title, 'Tea');
});

await step('counts what a delete by filter would delete', async () => {
  const answer = await documents.deleteDocuments({
    name,
    deleteByFilterRequest: { filter: { year: 2001 }, dryRun: true },
  });
  equal(answer.matched, IMPORTED / 10);
});

await step('updates by filter, with null in the patch', async () => {
  const answer = await documents.updateDocuments({
    name,
    updateByFilterRequest: { filter: { year: 2001 }, patch: { metadata: { year: null, tags: ['old'] } } },
  });
  equal(answer.updated, IMPORTED / 10);
  const changed = await documents.getDocument({ name, key: 'line-001' });
  deepEqual(changed.metadata, { tags: ['old'] });
});

await step('reads documents by key, with their vectors', async () => {
  const answer = await documents.getDocuments({
    name,
    fetchRequest: { keys: ['line-003', 'nothing'], include: ['document', 'vector'] },
  });
  deepEqual(answer.items.map((item) => [item.key, item.vector]), [['line-003', [0, 4, 1]]]);
  deepEqual(answer.missing, ['nothing']);
});

await step('deletes documents by key', async () => {
  const answer = await documents.deleteDocuments({ name, deleteByFilterRequest: { keys: ['line-003', 'nothing'] } });
  equal(answer.deleted, 1);
  deepEqual(answer.missing, ['nothing']);
});

await step('follows a job to its end', async () => {
  let job = await collections.rebuildCollection({ name });
  const deadline = Date.now() + 60_000;
  while (job.state === 'queued' || job.state === 'running') {
    ok(Date.now() < deadline, 'the job does not end');
    await pause(100);
    job = await jobs.getJob({ id: job.id });
  }
  equal(job.state, 'succeeded');
  equal(job.error, null);
  ok(job.endedAt instanceof Date);
});

await step('finds the job and its errors', async () => {
  const page = await jobs.listJobs({ collection: name, state: 'succeeded' });
  equal(page.items.length, 1);
  const answer = await jobs.listJobErrorsRaw({ id: page.items[0]?.id ?? '' });
  for await (const line of lines(answer.raw)) {
    throw new Error(`The job has an error: ${JSON.stringify(line)}`);
  }
});

await step('counts what the collection has', async () => {
  const stats = await collections.getCollectionStats({ name });
  equal(stats.documents, IMPORTED + 1);
  equal(stats.embedding.oldestPendingSeconds, null);
  equal(stats.index.state, 'ok');
});

await step('is told with a code that a document is missing', async () => {
  const problem = await refused(404, () => documents.getDocument({ name, key: 'nothing' }));
  equal(problem.code, 'document.not_found');
  equal(problem.status, 404);
});

await step('deletes a document', async () => {
  const answer = await documents.deleteDocumentRaw({ name, key: 'tea' });
  equal(answer.raw.status, 204);
  ok(Number(header(answer.raw, 'Tandem-Sequence')) > 0);
});

await step('deletes the collection', async () => {
  await collections.deleteCollection({ name });
  const problem = await refused(404, () => collections.getCollection({ name }));
  equal(problem.code, 'collection.not_found');
});
