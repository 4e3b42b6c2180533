import {
	appendFileSync,
	copyFileSync,
	mkdirSync,
	renameSync,
	rmSync,
	symlinkSync,
	truncateSync,
	unlinkSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import {expect, it} from 'vitest';
import {machineFiles, type FileAccess} from '../../../src/adapters/log-files/file-access.ts';
import {line, lines, numbers, run, scratch, upTo} from './files.ts';

it('reads on while the file grows, also in the middle of a line', async () => {
	const path = scratch()('app.log');
	writeFileSync(path, lines(0, 10));
	const {sink} = await run({paths: [path], follow: true});
	await sink.until(() => sink.caught.length > 0);
	appendFileSync(path, line(10).slice(0, 30));
	appendFileSync(path, `${line(10).slice(30)}\n${lines(11, 500)}`);
	await sink.until(() => sink.texts.length >= 500);
	expect(numbers(sink.texts)).toEqual(upTo(500));
	expect(sink.stateOf(path)?.kind).toBe('live');
	expect(sink.notes).toEqual([]);
});

it('loses and repeats nothing while a writer rotates by renaming', async () => {
	const at = scratch();
	const path = at('app.log');
	writeFileSync(path, lines(0, 100));
	const {sink} = await run({paths: [path], follow: true});
	let next = 100;
	for (let round = 0; round < 20; round++) {
		appendFileSync(path, lines(next, next + 50));
		next += 50;
		// As logrotate does: the writer continues in the renamed file until it is told.
		renameSync(path, at(`app.log.${20 - round}`));
		appendFileSync(at(`app.log.${20 - round}`), lines(next, next + 10));
		writeFileSync(path, lines(next + 10, next + 20));
		next += 20;
		// Some rotations follow each other faster than any look.
		if (round % 3 === 0) await sink.until(() => sink.texts.length >= next);
	}
	await sink.until(() => sink.texts.length >= next);
	expect(numbers(sink.texts).toSorted((a, b) => a - b)).toEqual(upTo(next));
	expect(sink.streams).toHaveLength(1);
	expect(sink.notes.every(({kind, text}) => kind === 'mark' && text === 'rotated: following the new file')).toBe(true);
});

it('reads the renamed file on after the new one has begun', async () => {
	const at = scratch();
	const path = at('app.log');
	writeFileSync(path, lines(0, 5));
	const {sink} = await run({paths: [path], follow: true});
	await sink.until(() => sink.texts.length === 5);
	renameSync(path, at('app.log.1'));
	writeFileSync(path, lines(5, 6));
	await sink.until(() => sink.texts.length === 6);
	appendFileSync(at('app.log.1'), lines(6, 7));
	await sink.until(() => sink.texts.length === 7);
	expect(numbers(sink.texts)).toEqual(upTo(7));
});

it('follows a log and its rotated files at once without reading one twice', async () => {
	const at = scratch();
	writeFileSync(at('app.log.1'), lines(0, 10));
	writeFileSync(at('app.log'), lines(10, 20));
	const {sink} = await run({paths: [at('app.log'), at('app.log.1')], follow: true});
	await sink.until(() => sink.caught.length === 2);
	renameSync(at('app.log.1'), at('app.log.2'));
	renameSync(at('app.log'), at('app.log.1'));
	writeFileSync(at('app.log'), lines(20, 30));
	await sink.until(() => sink.texts.length === 30);
	appendFileSync(at('app.log.1'), lines(30, 31));
	await sink.until(() => sink.texts.length === 31);
	appendFileSync(at('app.log'), lines(31, 32));
	await sink.until(() => sink.texts.length === 32);
	expect(numbers(sink.texts)).toEqual(upTo(32));
});

it('follows a symbolic link that is set anew', async () => {
	const at = scratch();
	writeFileSync(at('one'), lines(0, 5));
	writeFileSync(at('two'), lines(5, 10));
	symlinkSync('one', at('current'));
	const {sink} = await run({paths: [at('current')], follow: true});
	await sink.until(() => sink.texts.length === 5);
	rmSync(at('current'));
	symlinkSync('two', at('current'));
	await sink.until(() => sink.texts.length === 10);
	expect(numbers(sink.texts)).toEqual(upTo(10));
});

it('notices that the file was cut, and says that lines may be missing', async () => {
	const path = scratch()('app.log');
	writeFileSync(path, lines(0, 100));
	const {sink} = await run({paths: [path], follow: true});
	await sink.until(() => sink.texts.length === 100);
	truncateSync(path);
	await sink.until(() => sink.notes.length > 0);
	// The look that found it is over: it tells of it once.
	const told = sink.states.length;
	await sink.until(() => sink.states.length > told);
	appendFileSync(path, lines(100, 110));
	await sink.until(() => sink.texts.length >= 110);
	expect(numbers(sink.texts)).toEqual(upTo(110));
	expect(sink.notes).toMatchObject([{kind: 'gap', text: 'cut to zero: what was written since it was last read may be missing'}]);
	expect(sink.notes[0]?.from).toBeLessThanOrEqual(sink.notes[0]?.to ?? 0);
});

it('notices a cut also where the file is longer again than before', async () => {
	const path = scratch()('app.log');
	writeFileSync(path, lines(0, 10));
	const {sink} = await run({paths: [path], follow: true});
	await sink.until(() => sink.texts.length === 10);
	// One call: no look can come between.
	writeFileSync(path, lines(10, 40));
	await sink.until(() => sink.texts.length >= 40);
	expect(numbers(sink.texts)).toEqual(upTo(40));
	expect(sink.notes.map(({kind}) => kind)).toEqual(['gap']);
});

it('finds in the copy of copytruncate what it had not read yet', async () => {
	const at = scratch();
	const path = at('app.log');
	writeFileSync(path, lines(0, 10));
	const {sink} = await run({paths: [path], follow: true});
	await sink.until(() => sink.texts.length === 10);
	let next = 10;
	for (let round = 1; round <= 10; round++) {
		// All in one turn: none of these lines can be read before the cut.
		appendFileSync(path, `${lines(next, next + 20)}${line(next + 20).slice(0, 25)}`);
		appendFileSync(path, `${line(next + 20).slice(25)}\n`);
		copyFileSync(path, at(`app.log.${round}`));
		truncateSync(path);
		appendFileSync(path, lines(next + 21, next + 22));
		next += 22;
		await sink.until(() => sink.texts.length >= next);
	}
	expect(numbers(sink.texts)).toEqual(upTo(next));
	expect(sink.notes).toHaveLength(10);
	expect(sink.notes[0]?.text).toBe('cut to zero after it was copied to app.log.1: what was written in between is lost');
});

it('finds the copy also where the file is as empty as before', async () => {
	const at = scratch();
	const path = at('app.log');
	writeFileSync(path, '');
	utimesSync(path, 1, 1);
	const {sink} = await run({paths: [path], follow: true});
	await sink.until(() => sink.stateOf(path)?.kind === 'live');
	appendFileSync(path, lines(0, 20));
	copyFileSync(path, at('app.log.1'));
	truncateSync(path);
	await sink.until(() => sink.texts.length >= 20);
	expect(numbers(sink.texts)).toEqual(upTo(20));
});

it('waits for a file that does not exist yet, and says so', async () => {
	const path = scratch()('app.log');
	const {sink} = await run({paths: [path], follow: true, newest: 2});
	await sink.until(() => sink.stateOf(path)?.kind === 'queued' && sink.notices.length > 0);
	expect(sink.notices).toEqual([`${path} does not exist yet`]);
	writeFileSync(path, lines(0, 5));
	await sink.until(() => sink.texts.length === 5 && sink.notices.length === 2);
	expect(sink.notices.at(-1)).toBeUndefined();
	expect(sink.stateOf(path)?.kind).toBe('live');
});

it('says that a file was deleted, and reads on when it is back', async () => {
	const at = scratch();
	mkdirSync(at('logs'));
	const path = at('logs/app.log');
	writeFileSync(path, lines(0, 5));
	const {sink} = await run({paths: [path], follow: true});
	await sink.until(() => sink.texts.length === 5);
	unlinkSync(path);
	rmSync(at('logs'), {recursive: true});
	await sink.until(() => sink.stateOf(path)?.kind === 'queued');
	expect(sink.notes).toMatchObject([{kind: 'mark', text: 'deleted. Following resumes when the file comes back.'}]);
	mkdirSync(at('logs'));
	writeFileSync(path, lines(5, 10));
	await sink.until(() => sink.texts.length === 10 && sink.stateOf(path)?.kind === 'live');
	expect(numbers(sink.texts)).toEqual(upTo(10));
});

/** Files that may be read only while `allowed` says so. */
function guarded(allowed: () => boolean): FileAccess {
	return {
		...machineFiles,
		open: (path) =>
			allowed() ? machineFiles.open(path) : Promise.reject(Object.assign(new Error('EACCES: permission denied'), {code: 'EACCES'})),
	};
}

it('says that a file may not be read, and reads it as soon as it may', async () => {
	const path = scratch()('app.log');
	writeFileSync(path, lines(0, 5));
	let allowed = false;
	const {sink} = await run({paths: [path], follow: true, files: guarded(() => allowed)});
	await sink.until(() => sink.stateOf(path)?.kind === 'denied');
	expect(sink.stateOf(path)).toMatchObject({error: `${path} may not be read (permission denied)`});
	allowed = true;
	await sink.until(() => sink.texts.length === 5 && sink.stateOf(path)?.kind === 'live');
	expect(numbers(sink.texts)).toEqual(upTo(5));
});

it('keeps what it has of an old file while the new one may not be read', async () => {
	const at = scratch();
	const path = at('app.log');
	writeFileSync(path, lines(0, 5));
	let allowed = true;
	const {sink} = await run({paths: [path], follow: true, files: guarded(() => allowed)});
	await sink.until(() => sink.texts.length === 5);
	allowed = false;
	renameSync(path, at('app.log.1'));
	writeFileSync(path, lines(6, 10));
	await sink.until(() => sink.stateOf(path)?.kind === 'denied');
	appendFileSync(at('app.log.1'), lines(5, 6));
	await sink.until(() => sink.texts.length === 6);
	allowed = true;
	await sink.until(() => sink.texts.length === 10);
	expect(numbers(sink.texts)).toEqual(upTo(10));
});

it('ends a denied file where it does not follow', async () => {
	const path = scratch()('app.log');
	writeFileSync(path, lines(0, 5));
	const {feed, sink} = await run({paths: [path], files: guarded(() => false)});
	await feed.finished;
	expect(sink.stateOf(path)?.kind).toBe('denied');
});
