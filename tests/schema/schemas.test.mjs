// Our JSON Schemas under ajv in strict mode: it takes what the engine takes, and of what the engine calls an error it
// refuses what a schema can say. What the engine says stands in the fixtures, which the Rust tests hold to.
//
// NOMINATION names the native command that prints the schemas.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import Ajv2020 from 'ajv/dist/2020.js';
import { all, changed, json, path } from './golden.mjs';

const command = process.env.NOMINATION ?? path('target/debug/nomination');
const printed = (...args) => JSON.parse(execFileSync(command, ['schema', ...args], { maxBuffer: 1 << 26 }));

/** A validator; the schema itself is held against the dialect's own schema. */
function compile(schema) {
  return new Ajv2020({ strict: true, validateSchema: true }).compile(schema);
}

const told = (validate) => validate.errors.map((error) => `${error.instancePath} ${error.message}`).join('; ');

test('the command prints the schema of campaign files that we ship', () => {
  assert.deepEqual(printed('campaign'), json('public/campaign.schema.json'));
});

test('every campaign of ours fulfils the schema of campaign files', () => {
  const validate = compile(json('public/campaign.schema.json'));
  const campaigns = [...all('public/campaigns'), ...all('tests/fixtures/campaigns')];
  for (const [name, campaign] of campaigns) assert.ok(validate(campaign), `${name}: ${validate.errors && told(validate)}`);
  console.log(`${campaigns.length} campaigns taken`);
});

// The other codes are about what stands elsewhere in the file, and so are bounds that cross each other.
const ofShape = [
  'wrong-shape', 'unknown-format', 'out-of-bounds', 'bad-key', 'unknown-codes', 'both', 'empty', 'unknown-format-name',
  'unknown-ground', 'not-a-column',
];
const crossing = / above `max`|at least `ok`| below the least of |fewer than the kinds/;

test('faults of shape are refused', () => {
  const validate = compile(json('public/campaign.schema.json'));
  const smallest = json('tests/fixtures/campaigns/smallest.json');
  let refused = 0;
  for (const [name, fault] of all('tests/fixtures/faults')) {
    if (fault.text !== undefined) continue;
    const seen = fault.faults.some(({ code, message }) => ofShape.includes(code) && !crossing.test(message));
    const taken = validate(changed(smallest, fault));
    assert.ok(!(taken && seen), `${name}: taken`);
    if (!taken) refused += 1;
  }
  console.log(`${refused} faulty campaigns refused`);
  assert.ok(refused >= 20);
});

/** What stands in a case, and what the engine says of it, by track. */
function cases() {
  const tracks = new Map();
  for (const folder of ['public/campaigns', 'tests/fixtures/campaigns']) {
    for (const [id, campaign] of all(folder)) {
      for (const track of campaign.tracks) tracks.set(track.id, { campaign: path(folder, `${id}.json`), track, cases: [] });
    }
  }
  const bases = new Map(all('tests/fixtures/verdicts/base'));
  for (const [name, golden] of all('tests/fixtures/verdicts')) {
    const sent = changed(bases.get(golden.base), golden);
    tracks.get(sent.track).cases.push({ name, sent, errors: golden.problems.filter(({ severity }) => severity === 'error') });
  }
  return [...tracks].filter(([, { cases }]) => cases.length > 0);
}

/** Whether a schema can see the error: shapes, and answers that have to be there. */
const seen = ({ rule }) => /^(shape|required|attach\.format):/.test(rule);

for (const [id, { campaign, track, cases: golden }] of cases()) {
  test(`the schema of ${id} says what the engine says`, () => {
    const validate = compile(printed('submission', campaign, track.id));
    const count = { taken: 0, refused: 0, left: 0 };
    for (const { name, sent, errors } of golden) {
      const taken = validate(sent);
      assert.ok(taken || errors.length > 0, `${name}: refused, ${validate.errors && told(validate)}`);
      assert.ok(!taken || !errors.some(seen), `${name}: taken`);
      count[taken ? (errors.length > 0 ? 'left' : 'taken') : 'refused'] += 1;
    }
    console.log(`${id}: ${count.taken} taken, ${count.refused} refused, ${count.left} left to the engine`);
    assert.ok(count.taken > 0, 'a complete nomination is among the cases');
  });
}

test('the schema of a nomination with answers of every kind takes it', () => {
  const validate = compile(printed('submission', path('tests/fixtures/campaigns/every-kind.json'), 'every-kind.one'));
  const { sent } = json('tests/fixtures/nominations/every-kind.json');
  assert.ok(validate(sent), validate.errors && told(validate));
  for (const key of ['name', 'resume', 'posthumous', 'opinions', 'obituary', 'top', 'asked']) {
    const answers = { ...sent.answers, [key]: undefined };
    assert.ok(!validate(JSON.parse(JSON.stringify({ ...sent, answers }))), `without ${key}: taken`);
  }
});

test('there is no schema of a track that a campaign does not have', () => {
  const wrong = () => execFileSync(command, ['schema', 'submission', path('public/campaigns/nm2022.json'), 'nobody'], { stdio: 'pipe' });
  assert.throws(wrong, (error) => error.status === 2 && /expected one of `nm2022.worker`/.test(error.stderr));
});
