import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {expect, it, onTestFinished} from 'vitest';
import {systemClock} from '../../../src/adapters/machine/system-clock.ts';
import {commandFeed} from '../../../src/adapters/programs/command-feed.ts';
import {exitCodes, UserError} from '../../../src/base/user-error.ts';
import {scratch, upTo, numbers} from '../log-files/files.ts';
import {recorder} from '../recorder.ts';

const node = process.execPath;

async function run(script: string, more: {readonly args?: readonly string[]; readonly env?: Readonly<Record<string, string>>} = {}) {
	const sink = recorder();
	const feed = commandFeed({
		argv: [node, '-e', script, ...(more.args ?? [])],
		clock: systemClock,
		patienceMs: 50,
		...(more.env ? {env: more.env} : {}),
	});
	onTestFinished(() => feed.stop());
	await feed.start(sink);
	const name = sink.streams[0]?.name ?? '';
	return {feed, sink, name};
}

it('gives what the program prints, and its errors as a stream of their own', async () => {
	const {feed, sink, name} = await run(
		"for (let n = 0; n < 50000; n++) console.log('n=' + n); console.error('oh no\\nNo space left on device'); process.exitCode = 3",
	);
	await feed.finished;
	expect(numbers(sink.textsOf(name))).toEqual(upTo(50_000));
	expect(sink.textsOf(`stderr of ${node}`)).toEqual(['oh no', 'No space left on device']);
	expect(sink.stateOf(name)).toMatchObject({kind: 'ended', why: 'exit code 3: No space left on device'});
	expect(sink.stateOf(`stderr of ${node}`)?.kind).toBe('ended');
});

it('has no stream of errors where there are none, and passes arguments and environment as they are', async () => {
	const {feed, sink, name} = await run('console.log(process.argv[1], process.env.COLOUR)', {args: ['$HOME; *'], env: {COLOUR: 'teal'}});
	await feed.finished;
	expect(sink.texts).toEqual(['$HOME; * teal']);
	expect(sink.streams).toHaveLength(1);
	expect(sink.stateOf(name)).toMatchObject({kind: 'ended', why: 'exit code 0'});
});

it('tells which signal ended the program', async () => {
	const {feed, sink, name} = await run("process.kill(process.pid, 'SIGKILL')");
	await feed.finished;
	expect(sink.stateOf(name)).toMatchObject({kind: 'ended', why: 'ended by SIGKILL'});
});

it('stops the program and what it started, also where they do not want to', async () => {
	const file = scratch()('pids');
	writeFileSync(file, '');
	const stubborn =
		"process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); require('fs').appendFileSync(process.env.PIDS, process.pid + '\\n');";
	const {feed, sink, name} = await run(
		`${stubborn} require('child_process').spawn(process.execPath, ['-e', ${JSON.stringify(`${stubborn} console.log('ready')`)}], {stdio: 'inherit'})`,
		{env: {PIDS: file}},
	);
	await sink.until(() => sink.texts.includes('ready'));
	await feed.stop();
	expect(sink.stateOf(name)).toMatchObject({kind: 'ended', why: 'stopped'});
	const pids = readFileSync(file, 'utf8').trim().split('\n').map(Number);
	expect(pids).toHaveLength(2);
	expect(pids.filter((pid) => isRunning(pid))).toEqual([]);
});

/** A process that ended but was not yet waited for counts as gone. */
function isRunning(pid: number): boolean {
	const path = `/proc/${pid}/stat`;
	if (!existsSync('/proc/self')) {
		try {
			return process.kill(pid, 0);
		} catch {
			return false;
		}
	}
	return existsSync(path) && !/^\d+ \(.*\) [ZX]/.test(readFileSync(path, 'utf8'));
}

it('says in one sentence that the program cannot be started', async () => {
	const sink = recorder();
	const at = scratch();
	writeFileSync(at('plain'), 'text', {mode: 0o644});
	await expect(commandFeed({argv: ['no-such-program'], clock: systemClock}).start(sink)).rejects.toThrow(
		new UserError('no-such-program is not installed, or not in PATH.', exitCodes.unavailable),
	);
	await expect(commandFeed({argv: [at('plain')], clock: systemClock}).start(sink)).rejects.toThrow(`${at('plain')} is not executable.`);
	await expect(commandFeed({argv: [], clock: systemClock}).start(sink)).rejects.toThrow('The command is empty');
});
