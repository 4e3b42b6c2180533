/**
 * `npm run new check NAME`: writes the folder, the runbook, the pane and the test of a check, and its lines in the
 * registries. The check works at once: it compares one PromQL figure with two limits. Change it into your own.
 */
import {existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {execFileSync} from 'node:child_process';
import path from 'node:path';
import {Script} from 'node:vm';

const [what, name, ...more] = process.argv.slice(2);

/** Ends with one sentence; nothing was written by then. */
function refuse(sentence, code) {
	console.error(`rounds: ${sentence}`);
	process.exit(code);
}

if (what !== 'check' || name === undefined || more.length > 0) refuse('npm run new expects: npm run new check NAME', 64);
if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) refuse(`"${name}": expected a name in lower case with dashes. Example: queue-depth`, 64);

const folder = `src/checks/${name}`;
const files = {
	types: `${folder}/types.ts`,
	index: `${folder}/index.ts`,
	judge: `${folder}/judge.ts`,
	runbook: `runbooks/${name}.md`,
	pane: `views/panes/${name}-pane.ts`,
	test: `test/checks/${name}/${name}.test.ts`,
};
for (const file of [folder, ...Object.values(files)]) if (existsSync(file)) refuse(`${file} already exists. Nothing was written.`, 73);

const id = name.replaceAll(/-(.)/g, (_, letter) => letter.toUpperCase());
const Type = id.charAt(0).toUpperCase() + id.slice(1);
const title = name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ');
const key = id === name ? id : `'${name}': ${id}`;

/** Names that the generated files import or declare themselves. */
const taken = [
	'defineCheck',
	'expect',
	'fillQuery',
	'finding',
	'formatNumber',
	'judged',
	'judging',
	'notConfigured',
	'now',
	'options',
	'plural',
	'set',
	'test',
];

/** True if JavaScript does not allow the name for a constant: `delete`, `default`. */
function isReserved(word) {
	try {
		return !(new Script(`'use strict'; const ${word} = 0;`) instanceof Script);
	} catch {
		return true;
	}
}
const registry = readFileSync('src/checks/index.ts', 'utf8');
if (isReserved(id) || taken.includes(id) || registry.includes(`import {${id}} from`))
	refuse(`"${name}": the name ${id} is taken in the code. Choose another. Nothing was written.`, 64);

const today = new Date().toISOString().slice(0, 10);

const contents = {
	types: `/** What the check is set up with and what it reads. */
import * as z from 'zod';
import type {Sample} from '../../ports/metric-source.ts';
import {placeholders} from '../kit/queries.ts';

export interface ${Type}Data {
	readonly query: string;
	readonly samples: readonly Sample[];
}

export const options = z.strictObject({
	query: z.string().min(1).describe(\`PromQL. \${placeholders}\`),
	warning: z.number().describe('A warning from this value on'),
	critical: z.number().describe('Critical from this value on'),
});

export type ${Type}Options = z.output<typeof options>;
`,
	index: `/** ${title}: one figure of Prometheus against two limits. */
import {defineCheck} from '../kit/check.ts';
import {notConfigured} from '../kit/missing-source.ts';
import {fillQuery} from '../kit/queries.ts';
import {judge${Type}} from './judge.ts';
import {options, type ${Type}Data, type ${Type}Options} from './types.ts';

export const ${id} = defineCheck<${Type}Data, ${Type}Options>({
	kind: '${name}',
	title: '${title}',
	why: 'A figure beyond its limit is a failure that has begun.',
	tips: [
		'An empty answer is not zero: the exporter may be down.',
		'Compare with the same hour of last week before you judge one point.',
		'Change a limit that was ignored three times.',
	],
	serves: 'performance',
	cadence: 'daily',
	runbook: '${name}',
	source: 'Prometheus',
	options,
	everyMs: 60_000,
	timeoutMs: 15_000,
	configured: () => false,
	async read(context) {
		const {metrics} = context.sources;
		if (!metrics) throw notConfigured('Prometheus', '\`sources: {prometheus: {url: …}}\`');
		const query = fillQuery(context.options.query, context);
		return {query, samples: await metrics.query(query, {signal: context.signal})};
	},
	judge: judge${Type},
});
`,
	judge: `/** Judges every sample by the two limits. No sample, and NaN, is unknown. Pure. */
import {formatNumber, plural} from '../../base/figures.ts';
import type {Status} from '../../base/status.ts';
import type {Sample} from '../../ports/metric-source.ts';
import type {Finding, JudgeContext, Reason} from '../kit/check.ts';
import {finding} from '../kit/finding.ts';
import type {${Type}Data, ${Type}Options} from './types.ts';

/** The labels of a sample, without the name of the metric. */
export function nameOf({labels}: Pick<Sample, 'labels'>): string {
	const own = Object.entries(labels).filter(([label]) => label !== '__name__');
	return own.map(([label, value]) => \`\${label}=\${value}\`).join(' ') || 'value';
}

function statusOf(value: number, {warning, critical}: ${Type}Options): Status {
	if (Number.isNaN(value)) return 'unknown';
	if (value >= critical) return 'critical';
	return value >= warning ? 'warning' : 'ok';
}

export function judge${Type}({samples, query}: ${Type}Data, {id, options}: JudgeContext<${Type}Options>): Finding {
	if (samples.length === 0) {
		const reason: Reason = {status: 'unknown', subject: 'Prometheus', text: \`no data for \${query}\`};
		return finding({summary: 'no data', short: \`\${id} no data\`, reasons: [reason]});
	}
	const reasons = samples.map((sample): Reason => ({status: statusOf(sample.value, options), subject: nameOf(sample), text: formatNumber(sample.value)}));
	const beyond = reasons.filter(({status}) => status !== 'ok').length;
	return finding({
		summary: beyond > 0 ? \`\${beyond} of \${samples.length} beyond their limits\` : \`\${plural(samples.length, 'value')} within limits\`,
		short: \`\${id} \${samples.length - beyond}/\${samples.length}\`,
		reasons,
		evidence: samples.map((sample) => ({id: \`${name}:\${nameOf(sample)}\`, check: id, text: \`\${nameOf(sample)} \${formatNumber(sample.value)}\`, at: sample.at})),
	});
}
`,
	runbook: `---
title: ${title} is beyond its limit
checks: [${name}]
matches: []
services: []
owner: the person on call
contacts: []
links: []
last_reviewed_on: ${today}
review_in: 180d
---

## Symptom

The check \`${name}\` is beyond its warning or critical limit, or has no data.

## First look

1. Open the query and widen the range to one week.
2. If there is no data, check that the exporter is up.

   \`\`\`console
   promtool query instant "$PROMETHEUS_URL" 'up == 0'
   \`\`\`

## Decide

| what you see | what it is |
|---|---|
| beyond the limit since a deploy | the deploy |
| beyond the limit at this hour every week | normal: compare with the same hour |
| no data | the exporter is down, or the metric was renamed |

## Do

1. Fix the cause.
2. If the limit is wrong, change it in rounds.yaml.

## Undo

If you changed a limit by mistake, take the old one from git.

\`\`\`console
git log -p -- rounds.yaml
\`\`\`

## Who to call

Call the owner of the service. The service page names the expert.
`,
	pane: `import {formatNumber} from '../../src/base/figures.ts';
import {nameOf} from '../../src/checks/${name}/judge.ts';
import type {${Type}Data} from '../../src/checks/${name}/types.ts';
import type {Sample} from '../../src/ports/metric-source.ts';
import {definePane} from '../kit/pane.ts';

export const ${id} = definePane<${Type}Data, Sample>({
	noun: ['sample', 'samples'],
	items: ({samples}) => samples,
	id: (sample) => \`${name}:\${nameOf(sample)}\`,
	columns: [
		{title: 'OF', width: 24, grow: 1, drop: 0, cell: (sample) => ({text: nameOf(sample)})},
		{title: 'VALUE', width: 12, align: 'right', drop: 0, cell: ({value}) => ({text: formatNumber(value)}), sort: ({value}) => -value},
	],
	search: nameOf,
	copy: (sample) => \`\${nameOf(sample)} \${sample.value}\`,
	isAbout: ({subject}, sample) => subject === nameOf(sample),
	evidence: (sample) => \`\${nameOf(sample)} is \${formatNumber(sample.value)}\`,
	head: ({query}) => [{text: query, tone: 'dim'}],
	empty: () => 'the query returned no data',
});
`,
	test: `import {expect, test} from 'vitest';
import {${id}} from '../../../src/checks/${name}/index.ts';
import {judging, now, reading} from '../fixtures.ts';

const set = {query: 'up', warning: 10, critical: 100};
const judged = (...values: readonly number[]) =>
	${id}.judge({query: 'up', samples: values.map((value, at) => ({labels: {pod: \`web-\${at}\`}, value, at: now}))}, judging('${name}', set));

test.each([
	['ok', 9],
	['warning', 10],
	['critical', 100],
	['unknown', Number.NaN],
] as const)('is %s when the value is %d', (status, value) => {
	expect(judged(value).status).toBe(status);
});

test('is unknown when there is no data', () => {
	expect(judged()).toMatchObject({status: 'unknown', summary: 'no data'});
});

test('names the value that is beyond its limit', () => {
	expect(judged(1, 200).reasons).toContainEqual({status: 'critical', subject: 'pod=web-1', text: '200'});
});

test('needs Prometheus', async () => {
	await expect(${id}.read(reading('${name}', {}, {set}))).rejects.toMatchObject({kind: 'not-configured'});
});
`,
};

/** Puts the line before the first one that begins with \`before\` behind \`from\`. */
function insert(text, file, {from, before, line}) {
	const begin = text.indexOf(from);
	const at = text.indexOf(before, begin);
	if (begin < 0 || at < 0) refuse(`${file} has no "${from}" with "${before}" in it: it changed its form`, 70);
	return `${text.slice(0, at)}${line}${text.slice(at)}`;
}

const edits = [
	['src/checks/index.ts', {from: 'import {security}', before: 'import {security}', line: `import {${id}} from './${name}/index.ts';\n`}],
	['src/checks/index.ts', {from: 'export const checks = {', before: '\n};', line: `\n\t${key},`}],
	['src/checks/index.ts', {from: 'export const openKinds', before: '];', line: `, '${name}'`}],
	['views/panes/index.ts', {from: 'import {security}', before: 'import {security}', line: `import {${id}} from './${name}-pane.ts';\n`}],
	['views/panes/index.ts', {from: 'export const panes', before: '\n};', line: `\n\t${key},`}],
	[
		'test/helpers/fake-readings.ts',
		{
			from: 'export const readings',
			before: '\n};',
			line: `\n\t'${name}': {query: 'up', samples: [{labels: {pod: 'web-0'}, value: 200, at: morning}]},`,
		},
	],
];
const edited = new Map();
for (const [file, edit] of edits) edited.set(file, insert(edited.get(file) ?? readFileSync(file, 'utf8'), file, edit));

for (const [part, file] of Object.entries(files)) {
	mkdirSync(path.dirname(file), {recursive: true});
	writeFileSync(file, contents[part]);
}
for (const [file, text] of edited) writeFileSync(file, text);
// The generated tables of the manual name the check too.
execFileSync(process.execPath, ['test/docs/readme.ts'], {stdio: 'inherit'});
execFileSync(process.execPath, ['node_modules/oxfmt/bin/oxfmt', ...Object.values(files), ...edited.keys()], {stdio: 'ignore'});
console.log([...Object.values(files).map((file) => `wrote   ${file}`), ...[...edited.keys()].map((file) => `changed ${file}`)].join('\n'));
