/** `rounds check` and `rounds` in a pipe, as a script or a CI server runs them. */
import {beforeAll, describe, expect, test} from 'vitest';
import {reportSchema} from '../../src/checks/kit/report-schema.ts';
import {type CliResult, runCli, temporaryDirectory} from '../helpers/cli.ts';

const run = (...args: readonly string[]) => runCli(args, {cwd: temporaryDirectory()});

/** The elements of the document with their attributes; throws where it is not well formed. */
function parseXml(text: string): readonly {readonly name: string; readonly attributes: Readonly<Record<string, string>>}[] {
	const open: string[] = [];
	const elements = [];
	let at = 0;
	for (const match of text.matchAll(/<(\?[^>]*\?|\/?[\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>/g)) {
		const between = text.slice(at, match.index);
		if (/[<>]|&(?!(amp|lt|gt|quot|apos);)/.test(between)) throw new Error(`no text of XML: ${between}`);
		at = match.index + match[0].length;
		const [, name = '', attributes = '', empty] = match;
		if (name.startsWith('/')) {
			const closed = open.pop();
			if (closed !== name.slice(1)) throw new Error(`${name} closes ${closed}`);
		} else if (!name.startsWith('?')) {
			const pairs = [...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value] as const);
			elements.push({name, attributes: Object.fromEntries(pairs)});
			if (empty === '') open.push(name);
		}
	}
	if (text.slice(at).trim() !== '' || open.length > 0) throw new Error(`open at the end: ${open.join(' ')}${text.slice(at)}`);
	return elements;
}

describe('the morning', () => {
	let text: CliResult;
	let json: CliResult;
	let junit: CliResult;
	beforeAll(async () => {
		text = await run('check', '--demo');
		json = await run('check', '--demo', 'morning', '--format', 'json');
		junit = await run('check', '--demo', '--format', 'junit');
	});

	const reported = () => reportSchema.parse(JSON.parse(json.stdout)).checks;

	test('ends with 2, critical, in every format, and with nothing on the standard error', () => {
		expect([text, json, junit].map(({exitCode, stderr}) => ({exitCode, stderr}))).toEqual(
			Array.from({length: 3}, () => ({exitCode: 2, stderr: ''})),
		);
	});

	test('the text is aligned, without colour in a pipe, and ends with the count and the time it took', () => {
		const lines = text.stdout.split('\n');
		// oxlint-disable-next-line no-control-regex -- it is what must not be there
		expect(text.stdout).not.toMatch(/\u001B/);
		expect(lines[0]).toMatch(/^checkout · production · eu-1 {2,}\w{3} \d+ \w+ \d{4} \d\d:\d\d [+-]\d\d:\d\d$/);
		const summaries = lines.map((line) => /^ {2}(ok|warning|critical|unknown) +([\w-]+) +/.exec(line)).filter((match) => match !== null);
		expect(summaries.map(([, , id]) => id)).toEqual(reported().map(({id}) => id));
		const [column] = new Set(summaries.map(([start]) => start.length));
		expect(new Set(summaries.map(([start]) => start.length)).size).toBe(1);
		// A reason is below its check's summary, in the same column.
		const reasons = lines.slice(2, -3).filter((line) => !/^ {2}\w/.test(line));
		expect(reasons.length).toBeGreaterThan(10);
		expect(reasons.filter((line) => line.search(/\S/) !== column)).toEqual([]);
		expect(lines.at(-2)).toMatch(/^critical: \d+ critical, \d+ warning(, \d+ ok)? in \d+\.\d s$/);
	});

	test('the JSON is what its schema says', () => {
		const report = reportSchema.parse(JSON.parse(json.stdout));
		expect(report.status).toBe('critical');
		expect(report.checks.map(({id}) => id)).toEqual(
			expect.arrayContaining(['health', 'alerts', 'pods', 'errors', 'logs', 'payments', 'rate-limits', 'backups', 'capacity', 'security']),
		);
		expect(report.checks.find(({id}) => id === 'pods')?.data).toMatchObject({
			pods: expect.arrayContaining([expect.objectContaining({ready: '0/1', status: expect.any(String), restarts: expect.anything()})]),
		});
		expect(report.checks.filter(({error}) => error)).toEqual([]);
	});

	test('the JUnit document is well formed and counts what it holds', () => {
		const elements = parseXml(junit.stdout);
		const [root, suite] = elements;
		const count = (name: string) => elements.filter((element) => element.name === name).length;
		expect([root?.name, suite?.name]).toEqual(['testsuites', 'testsuite']);
		expect(suite?.attributes).toMatchObject({
			name: 'checkout/production',
			tests: String(count('testcase')),
			failures: String(count('failure')),
			errors: String(count('error')),
		});
		expect(count('testcase')).toBe(reported().length);
		expect(count('failure')).toBeGreaterThan(5);
	});
});

test('a clear morning ends with 0 and an outage with 2', async () => {
	const clear = await run('check', '--demo', 'all-clear');
	expect(clear.stdout).toMatch(/^ok: \d+ ok in /m);
	expect(clear.exitCode).toBe(0);
	const outage = await run('check', 'health', '--demo', 'outage');
	expect(outage.stdout).toMatch(/^ {2}critical +health /m);
	expect(outage.exitCode).toBe(2);
});

test('ids choose the checks; a wrong one is named with the nearest right one', async () => {
	const chosen = await run('check', 'rate-limits', 'health', '--demo', 'all-clear', '--format', 'json');
	expect(reportSchema.parse(JSON.parse(chosen.stdout)).checks.map(({id}) => id)).toEqual(['health', 'rate-limits']);
	expect(chosen.exitCode).toBe(0);
	const wrong = await run('check', 'pobs', '--demo', 'all-clear');
	expect(wrong).toMatchObject({exitCode: 64, stdout: ''});
	expect(wrong.stderr).toMatch(/"pobs".*pods/);
});

test('the demo in a pipe prints the report and ends with 0, whatever it found', async () => {
	const {exitCode, stdout} = await run('demo');
	expect(stdout).toMatch(/^critical: /m);
	expect(exitCode).toBe(0);
});
