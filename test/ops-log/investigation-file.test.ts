/** Records of investigations against real files: named, written once, referred to, never over anything. */
import {execFileSync} from 'node:child_process';
import {chmod, mkdir, mkdtemp, readdir, readFile, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {beforeEach, expect, it} from 'vitest';
import {systemClock as clock} from '../../src/adapters/machine/system-clock.ts';
import {createCommandRunner} from '../../src/adapters/programs/command-runner.ts';
import {formatEntry, parseEntry} from '../../src/ops-log/entry.ts';
import {entryOf} from '../../src/ops-log/entry-of.ts';
import {anomalyReader} from '../../src/ops-log/mentions.ts';
import {performWrite, type PerformOptions, planWrites} from '../../src/ops-log/planned-writes.ts';
import {reduce} from '../../src/round/reduce.ts';
import type {RoundState} from '../../src/round/round.ts';
import {startInvestigation} from '../../src/round/investigation/investigation.ts';
import {round, startedAt, verdict} from '../round/samples.ts';
import {investigated} from '../triage/answered.ts';

const minute = 60_000;
const config = {path: 'docs/ops/ops-log.md', records: 'docs/ops/rounds', commit: true, push: false};
let root = '';
let state: RoundState;

const closed = (problem: string, id?: string) => ({
	...investigated(
		{problem, 'why.1': 'a cache without a bound', 'why.2': '', outcome: 'intermittent', 'follow-up': 'if it is still so at noon'},
		startInvestigation({step: 'pods', id, openedAt: startedAt + minute}),
	),
	closedAt: startedAt + 3 * minute,
});

beforeEach(async () => {
	root = await mkdtemp(join(tmpdir(), 'rounds-investigations-'));
	state = [
		{type: 'decided', step: 'pods', verdict: verdict('anomaly')} as const,
		{type: 'investigated', step: 'pods', investigation: closed('api dies, again & (again)')} as const,
		{type: 'closing'} as const,
	].reduce(reduce, round());
});

function options(over: Partial<PerformOptions> = {}): PerformOptions {
	return {
		config,
		root,
		state,
		entry: formatEntry(entryOf(state, {now: startedAt + 5 * minute})),
		clock,
		commands: createCommandRunner(),
		readOnly: false,
		keep: () => undefined,
		recorded: (ref, record) => {
			state = reduce(state, {type: 'investigation-recorded', ...ref, record});
		},
		...over,
	};
}

const name = '2026-11-20-pods-api-dies-again-again.md';
const directory = () => join(root, 'docs', 'ops', 'investigations');

it('plans them first, in full, and only when something was investigated', () => {
	const [first, second] = planWrites(options());
	expect(first).toMatchObject({id: 'investigations', title: `write the investigation docs/ops/investigations/${name}`, outside: false});
	expect(first?.detail).toContain('# api dies, again & (again)');
	expect(second?.id).toBe('entry');
	expect(planWrites(options({state: round()})).map(({id}) => id)).toEqual(['entry', 'record', 'commit']);
});

it('writes what was shown, and the line links to it and reads back', async () => {
	const [planned] = planWrites(options());
	expect(await performWrite('investigations', options())).toEqual({
		id: 'investigations',
		done: true,
		text: `written to docs/ops/investigations/${name}`,
	});
	expect(planned?.detail).toBe(`${name}\n\n${await readFile(join(directory(), name), 'utf8')}`);
	expect(state.steps[1]?.investigation?.record).toBe(`investigations/${name}`);
	const {entry} = options();
	expect(entry).toContain(`intermittent (a cache without a bound) [record](investigations/${name})`);
	const [anomaly = ''] = parseEntry(entry)?.anomalies ?? [];
	expect(anomalyReader([{id: 'pods', title: 'Pods'}])(anomaly, {findings: []})).toEqual({
		check: 'pods',
		problem: 'api dies, again & (again)',
		outcome: 'intermittent',
		cause: 'a cache without a bound',
	});
});

it('links the tickets too, in one line that reads back', () => {
	const url = 'https://tickets.example.com/A;B (1)·2';
	const steps = state.steps.map((step) =>
		step.id === 'pods' ? {...step, tickets: [{url, title: 'x', at: step.investigation?.openedAt ?? 0, operator: 'alice'}]} : step,
	);
	const entry = formatEntry(entryOf({...state, steps}, {now: state.startedAt}));
	expect(entry).not.toContain('\n');
	const [anomaly = ''] = parseEntry(entry)?.anomalies ?? [];
	expect(anomaly).toMatch(/ \[ticket\]\(https:\/\/tickets\.example\.com\/A%3BB%20%281%29%C2%B72\)$/);
	expect(anomalyReader([{id: 'pods', title: 'Pods'}])(anomaly, {findings: []})).toMatchObject({
		problem: 'api dies, again & (again)',
		outcome: 'intermittent',
		cause: 'a cache without a bound',
	});
});

it('never replaces a file: a taken name gets a number, its own edited record stays', async () => {
	await mkdir(directory(), {recursive: true});
	await writeFile(join(directory(), name), 'by hand, and nonsense \u0000 [');
	await performWrite('investigations', options());
	const second = name.replace('.md', '-2.md');
	expect(await readFile(join(directory(), name), 'utf8')).toBe('by hand, and nonsense \u0000 [');
	expect(state.steps[1]?.investigation?.record).toBe(`investigations/${second}`);
	expect(await performWrite('investigations', options())).toMatchObject({done: true, text: 'already written'});

	// Killed after the file and before the round knew: the same file is found again, whatever was done to it.
	const path = join(directory(), second);
	await writeFile(path, `${await readFile(path, 'utf8')}\nedited`);
	const {record: _, ...forgotten} = state.steps[1]?.investigation ?? closed('');
	state = {...state, steps: state.steps.map((step) => (step.id === 'pods' ? {...step, investigation: forgotten} : step))};
	expect(await performWrite('investigations', options())).toMatchObject({done: true, text: `written to docs/ops/investigations/${second}`});
	expect(await readFile(path, 'utf8')).toMatch(/edited$/);
	expect((await readdir(directory())).toSorted()).toEqual([second, name].toSorted());
});

it('writes each of several and commits them with the line', async () => {
	execFileSync('git', ['init', '-q', '-b', 'main'], {cwd: root});
	for (const [key, value] of [
		['user.email', 'alice@example.com'],
		['user.name', 'alice'],
	] as const)
		execFileSync('git', ['config', key, value], {cwd: root});
	state = reduce(state, {type: 'investigated', step: 'pods', investigation: closed('api dies, again & (again)', 'pods-2')});
	expect(planWrites(options())[0]?.title).toBe('write 2 investigations to docs/ops/investigations');
	for (const id of ['investigations', 'entry', 'record', 'commit'] as const) {
		// oxlint-disable-next-line no-await-in-loop -- one needs the other
		expect(await performWrite(id, options())).toMatchObject({id, done: true});
	}
	const files = execFileSync('git', ['show', '--name-only', '--format=', 'HEAD'], {cwd: root, encoding: 'utf8'}).trim().split('\n');
	expect(files).toEqual([
		`docs/ops/investigations/${name.replace('.md', '-2.md')}`,
		`docs/ops/investigations/${name}`,
		'docs/ops/ops-log.md',
		`docs/ops/rounds/${state.id}.json`,
	]);
	expect(parseEntry(options().entry)?.anomalies).toHaveLength(2);
});

it('reports an error of the file system in one sentence', async () => {
	await mkdir(join(root, 'docs', 'ops'), {recursive: true});
	await writeFile(directory(), 'a file');
	expect(await performWrite('investigations', options())).toMatchObject({
		done: false,
		text: expect.stringMatching(/^cannot write [^\n]*: a part of its path is a file, not a directory$/),
	});
	await chmod(directory(), 0o600);
	expect(state.steps[1]?.investigation?.record).toBeUndefined();
});
