import assert from 'node:assert/strict';
import { test } from 'node:test';
import { packageScript } from './scripts';

/** As npm 11 prints them. */
const refused =
  '{"message": "405 Method Not Allowed - POST https://registry.example/-/npm/v1/security/advisories/bulk", "statusCode": 405, "error": {"summary": "", "detail": ""}}';
const clean = '{"auditReportVersion": 2, "vulnerabilities": {}, "metadata": {}}';
const bad = JSON.stringify({
  auditReportVersion: 2,
  vulnerabilities: {
    glob: { name: 'glob', severity: 'moderate', range: '<8', via: ['minimatch'] },
    tar: {
      name: 'tar',
      severity: 'high',
      range: '<=7.5.2',
      via: [{ title: 'Arbitrary File Overwrite', url: 'https://github.com/advisories/GHSA-8qq5-rm4j-mr97' }],
    },
  },
});

test('a registry that refuses the question has not answered it', async () => {
  const { readAudit } = await packageScript('audit.mjs');
  const { answered, reason } = readAudit(refused);
  assert.equal(answered, false);
  assert.match(reason, /405 Method Not Allowed/);
  assert.equal(readAudit('<html>proxy</html>').answered, false);
});

test('an answer without advisories is an answer, one with them has the worst first', async () => {
  const { readAudit } = await packageScript('audit.mjs');
  assert.deepEqual(readAudit(clean), { answered: true, reason: '', found: [] });
  assert.deepEqual(readAudit(bad).found, [
    {
      name: 'tar',
      severity: 'high',
      range: '<=7.5.2',
      titles: ['Arbitrary File Overwrite: https://github.com/advisories/GHSA-8qq5-rm4j-mr97'],
    },
    { name: 'glob', severity: 'moderate', range: '<8', titles: ['through minimatch'] },
  ]);
});
