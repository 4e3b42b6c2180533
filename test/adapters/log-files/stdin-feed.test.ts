import {PassThrough} from 'node:stream';
import {expect, it} from 'vitest';
import {stdinFeed} from '../../../src/adapters/log-files/stdin-feed.ts';
import {fixedClock} from '../loopback.ts';
import {recorder} from '../recorder.ts';

const clock = fixedClock(Date.UTC(2026, 10, 20, 8));

it('gives lines as they come, the last one also without a line break', async () => {
	const [sink, stdin] = [recorder(), new PassThrough()];
	const feed = stdinFeed({stdin, clock});
	await feed.start(sink);
	stdin.write('one\nt');
	await sink.until(() => sink.texts.length === 1);
	expect(sink.stateOf('standard input')?.kind).toBe('live');
	stdin.end('wo\nthree');
	await feed.finished;
	expect(sink.texts).toEqual(['one', 'two', 'three']);
	expect(sink.states.filter(({kind}) => kind === 'ended')).toMatchObject([{why: 'end of input'}]);
});

it('says that the pipe broke', async () => {
	const [sink, stdin] = [recorder(), new PassThrough()];
	const feed = stdinFeed({stdin, name: 'pipe', clock});
	await feed.start(sink);
	stdin.destroy(new Error('read EIO'));
	await feed.finished;
	expect(sink.stateOf('pipe')).toMatchObject({kind: 'ended', why: 'the input broke off (read EIO)'});
});

it('takes nothing more once it is stopped', async () => {
	const [sink, stdin] = [recorder(), new PassThrough()];
	const feed = stdinFeed({stdin, clock});
	await feed.start(sink);
	await feed.stop();
	stdin.end('late\n');
	await feed.finished;
	expect(sink.texts).toEqual([]);
});
