/** The built program and its source maps: a crash names the line of the source, in the trace and in the report to Sentry. */
import {globSync, readFileSync} from 'node:fs';
import {readdir, readFile, writeFile} from 'node:fs/promises';
import {SourceMap} from 'node:module';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {expect, test} from 'vitest';
import {loopback} from '../adapters/loopback.ts';
import {homeAt, runCli, temporaryDirectory} from '../helpers/cli.ts';

const sourceLine = (file: string, line: number) => readFileSync(file, 'utf8').split('\n')[line - 1];

test('maps each error that is thrown to a line of the source that throws', () => {
	const wrong: string[] = [];
	let right = 0;
	for (const file of globSync('dist/**/*.js')) {
		const map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')));
		const code = readFileSync(file, 'utf8').split('\n');
		for (const [row, text] of code.entries()) {
			for (const {index} of text.matchAll(/throw new (?:User|Source)Error\(/g)) {
				const origin = map.findOrigin(row + 1, index + 1);
				if (!('fileName' in origin)) continue;
				const source = origin.fileName.replace(/^(\.\.\/)+/, '');
				if (!/^(src|views)\//.test(source)) continue;
				if (sourceLine(source, origin.lineNumber)?.includes('throw')) right++;
				else wrong.push(`${file}:${row + 1}:${index} is not ${source}:${origin.lineNumber}`);
			}
		}
	}
	expect(wrong).toEqual([]);
	expect(right).toBeGreaterThan(80);
});

test('names the line of the source when the program crashes', async () => {
	const sent: string[] = [];
	const url = await loopback((request, response) => {
		let text = '';
		request.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
		request.on('end', () => {
			sent.push(text);
			response.writeHead(200, {'content-type': 'application/json'}).end('{}');
		});
	});
	const directory = temporaryDirectory();
	const home = temporaryDirectory();
	await writeFile(
		join(directory, 'rounds.yaml'),
		'version: 1\ncrashReports: {dsn: "env:DSN"}\nservices: [{name: shop, owner: shop, environments: [{name: production}]}]\n',
	);
	// Node itself is told to fail as the report is printed: the product knows nothing of it.
	const trap = join(home, 'trap.mjs');
	await writeFile(
		trap,
		"const {stringify} = JSON; JSON.stringify = (...all) => { if (all[2] === 2) throw new Error('the trap snapped', {cause: new Error('a mouse')}); return stringify(...all); };\n",
	);
	const {exitCode, stderr} = await runCli(['check', '--format', 'json'], {
		cwd: directory,
		env: {...homeAt(home), NODE_OPTIONS: `--import=${pathToFileURL(trap).href}`, DSN: `${url.replace('http://', 'http://key@')}/42`},
	});
	expect({exitCode, stderr}).toMatchObject({exitCode: 70, stderr: expect.stringContaining('the trap snapped')});
	const crashes = join(home, 'state', 'rounds', 'crashes');
	const [file = ''] = await readdir(crashes);
	const trace = await readFile(join(crashes, file), 'utf8');
	const [, source = '', line = ''] = /at .*\((src\/checks\/kit\/check-report\.ts):(\d+):\d+\)/.exec(trace) ?? [];
	expect(trace).toContain('Caused by: Error: a mouse');
	expect(trace).not.toContain('dist/chunks');
	expect(sourceLine(source, Number(line))).toContain('JSON.stringify');
	const frames = sent.flatMap((text) => [...text.matchAll(/"filename":"([^"]+)"/g)].map(([, name]) => name));
	expect(frames).toContain('src/checks/kit/check-report.ts');
	expect(sent.join('')).toContain('"in_app":true');
});
