import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { startFhirServer } from './fhir-server.ts';
import { missingData, sharedData } from './shared-data.ts';
import { ask } from './test-client.ts';

describe('sharedData', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'shared-data-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  function put(file: string, content: string): void {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), content);
  }

  function ids(): string[] {
    return [...sharedData(folder)].map(({ file, resource }) => `${file} ${resource.resourceType}/${resource.id}`);
  }

  it('finds a resource in a file, however deep', () => {
    put('a/b/slot.json', JSON.stringify({ resourceType: 'Slot', id: '1' }));

    assert.deepEqual(ids(), ['a/b/slot.json Slot/1']);
  });

  it('looks into Bundles, Parameters and the requests of CDS Hooks, but not into a resource', () => {
    const patient = { resourceType: 'Patient', id: '1', contained: [{ resourceType: 'Practitioner', id: '2' }] };
    const bundle = { resourceType: 'Bundle', entry: [{ resource: patient }, { fullUrl: 'urn:empty' }] };
    put('1.json', JSON.stringify({ resourceType: 'Parameters', parameter: [{ name: 'b', resource: bundle }] }));
    put('2.json', JSON.stringify({ hook: 'appointment-book', prefetch: { patient } }));

    assert.deepEqual(ids(), ['1.json Patient/1', '2.json Patient/1']);
  });

  it('reads one resource a line from NDJSON, and passes over blank lines', () => {
    put('slots.ndjson', '\n{"resourceType":"Slot","id":"1"}\r\n\r\n  \n{"resourceType":"Slot","id":"2"}\n\n');

    assert.deepEqual(ids(), ['slots.ndjson Slot/1', 'slots.ndjson Slot/2']);
  });

  it('passes over what is not FHIR', () => {
    put('list.json', '[1, null, "Slot", {"keys": [{}]}]');
    put('notes.txt', '{"resourceType":"Slot"}');

    assert.deepEqual(ids(), []);
  });

  it('names the file that is not JSON', () => {
    put('half.json', '{"resourceType":"Sl');

    assert.throws(ids, /half\.json/);
  });

  it('says which folder is missing and how to name another', () => {
    const missing = join(folder, 'none');

    assert.match(missingData(missing) ?? '', /none.*CLINIC_DATA/);
    assert.throws(() => [...sharedData(missing)], /none.*CLINIC_DATA/);
    assert.equal(missingData(folder), undefined);
  });

  it('takes the folder that CLINIC_DATA names', (context) => {
    put('slot.json', JSON.stringify({ resourceType: 'Slot', id: '1' }));
    const before = process.env['CLINIC_DATA'];
    process.env['CLINIC_DATA'] = folder;
    context.after(() => {
      if (before === undefined) delete process.env['CLINIC_DATA'];
      else process.env['CLINIC_DATA'] = before;
    });

    assert.equal([...sharedData()].length, 1);
  });
});

describe('The shared data', () => {
  it('can all be stored in the server and read back', { skip: missingData() ?? false }, async (context) => {
    const resources = [...sharedData()].map(({ resource }) => resource);
    const server = await startFhirServer({ seed: resources });
    context.after(() => server.close());

    assert.deepEqual(server.refused, []);
    for (const type of ['Appointment', 'Location', 'Patient', 'Practitioner', 'Schedule', 'Slot']) {
      const all = resources.filter(({ resourceType }) => resourceType === type);
      const { body } = await ask(server, `GET ${type}?_summary=count`);
      const withoutId = all.filter(({ id }) => id === undefined).length;
      assert.equal(body.total, new Set(all.map(({ id }) => id).filter(Boolean)).size + withoutId, type);
    }
  });
});
