/** Looks up a thousand runbooks of 8 KB: a query in a running program, and the whole command next to a bare Node. */
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join, resolve} from 'node:path';
import {execa} from 'execa';
import {readRunbookFiles} from '../../src/runbooks/load-runbooks-file.ts';
import {createRunbookSearch} from '../../src/runbooks/search-runbooks.ts';
import {median, milliseconds, percentile, type Row} from './figures.ts';

const count = 1000;
const bytes = 8192;
const runs = 11;

const nouns =
	'queue broker volume certificate replica invoice webhook gateway cache index shard lease quota token migration snapshot'.split(' ');
const verbs = 'restart drain rotate resend archive scale throttle restore promote fence silence rebuild verify revoke expand replay'.split(
	' ',
);
const states = 'stuck stale full slow blocked expired corrupt orphaned saturated unreachable lagging flapping'.split(' ');
const pick = (words: readonly string[], k: number) => words[k % words.length] ?? '';

/** Runbook number `k`, in the shape of the embedded ones. */
function page(k: number): string {
	const [noun, state] = [pick(nouns, k * 7), pick(states, k * 5)];
	const sentence = (i: number) =>
		`${pick(verbs, k + (i % 4))} the ${pick(nouns, k * 3 + (i % 3))} of service-${(k * 13 + i * 7) % 400} when it is ${pick(states, k + (i % 3))}, and note ${i}.`;
	const head = `---\ntitle: The ${noun} of service-${k} is ${state}\nchecks: [${pick(['pods', 'logs', 'capacity', 'alerts'], k)}]\nmatches: ['${noun}.*${state}', 'Service${k}Down']\nservices: [service-${k}]\nowner: team-${k % 40}\nlast_reviewed_on: 2026-${String(1 + (k % 12)).padStart(2, '0')}-10\nreview_in: 180d\n---\n\n`;
	let body = '';
	for (let i = 0; head.length + body.length < bytes; i++) {
		if (i % 12 === 0) body += `\n## ${['Symptom', 'First look', 'Decide', 'Do', 'Undo', 'Who to call'][(i / 12) % 6]} ${i}\n\n`;
		body +=
			i % 12 === 6
				? `\n\`\`\`sh\nkubectl rollout status -n service-${k} deployment/${noun}-${i}\n\`\`\`\n\n`
				: `${i % 3 === 0 ? '- ' : ''}${sentence(i)}\n`;
	}
	return head + body;
}

/** What people type: one to three words, some with a letter wrong, some that are nowhere. */
const queries = Array.from({length: 200}, (_, k) => {
	const [noun, verb, state] = [pick(nouns, k), pick(verbs, k * 3), pick(states, k * 5)];
	const typo = `${noun.slice(0, 2)}${noun.slice(3)}`;
	return (
		[
			`${noun} ${state}`,
			`${verb} ${noun}`,
			`service ${k * 5} ${state}`,
			`${typo} ${state}`,
			verb,
			`nowhere${k}`,
			`Service${k * 3}Down`,
			`how to ${verb} the ${noun}`,
		][k % 8] ?? noun
	);
});

async function timed(argv: readonly string[], cwd: string): Promise<number> {
	const start = performance.now();
	await execa(process.execPath, [...argv], {cwd, stdout: 'ignore', env: {XDG_CONFIG_HOME: cwd}});
	return performance.now() - start;
}

export async function runbookSearch(): Promise<readonly Row[]> {
	const directory = await mkdtemp(join(tmpdir(), 'rounds-bench-runbooks-'));
	try {
		const team = join(directory, 'runbooks');
		await mkdir(team);
		await Promise.all(Array.from({length: count}, (_, k) => writeFile(join(team, `service-${k}.md`), page(k))));
		await writeFile(
			join(directory, 'rounds.yaml'),
			'services:\n  - {name: shop, owner: team, runbooks: runbooks, environments: [{name: production}]}\n',
		);

		const {files} = await readRunbookFiles({embeddedDirectory: resolve('runbooks'), teamDirectories: [team]});
		const search = createRunbookSearch(files);
		const times = queries.map((query) => {
			const start = performance.now();
			search.find(query, 20);
			return performance.now() - start;
		});

		const bare: number[] = [];
		const whole: number[] = [];
		const cli = resolve('dist/cli.js');
		for (let run = 0; run < runs; run++) {
			bare.push(await timed(['-e', '0'], directory));
			whole.push(await timed([cli, 'runbook', 'certificate', 'expired', '--limit', '10'], directory));
		}
		const over = median(whole) - median(bare);
		return [
			{
				what: `look-up in ${count.toLocaleString('en')} runbooks of 8 KB, query to result`,
				target: 'instant: p99 <= 100 ms',
				measured: `p50 ${milliseconds(median(times))}, p99 ${milliseconds(percentile(times, 0.99))}`,
				met: percentile(times, 0.99) <= 100,
			},
			{
				what: '`rounds runbook QUERY` over them, more than a bare `node -e 0`',
				target: '<= 400 ms',
				measured: milliseconds(over),
				met: over <= 400,
			},
		];
	} finally {
		await rm(directory, {recursive: true, force: true});
	}
}
