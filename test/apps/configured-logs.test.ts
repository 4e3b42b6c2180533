import {mkdirSync, writeFileSync} from 'node:fs';
import {expect, it, onTestFinished} from 'vitest';
import {createCommandRunner} from '../../src/adapters/programs/command-runner.ts';
import {systemClock} from '../../src/adapters/machine/system-clock.ts';
import {environmentFeeds, type OpenOptions} from '../../src/apps/configured-logs.ts';
import {createSecrets} from '../../src/adapters/machine/secrets.ts';
import {environment} from '../../src/service/service.ts';
import {json, loopback, queryOf} from '../adapters/loopback.ts';
import {lines, numbers, scratch, upTo} from '../adapters/log-files/files.ts';
import {recorder} from '../adapters/recorder.ts';

function feeds(sources: unknown, directory = '/') {
	const secrets = createSecrets({env: {LOG_KEY: 'the-key-of-logs'}, run: createCommandRunner(), baseDirectory: directory});
	return environmentFeeds({environment: environment.parse({name: 'production', sources}), secrets, clock: systemClock, directory});
}

async function read(list: ReturnType<typeof feeds>, name: string, options: OpenOptions = {follow: false}) {
	const sink = recorder();
	const feed = list.find((each) => each.name === name)?.open(options);
	if (!feed) throw new Error(`no feed ${name}`);
	onTestFinished(() => feed.stop());
	await feed.start(sink);
	await feed.finished;
	return sink;
}

it('is empty where nothing is configured', () => {
	expect(feeds({})).toEqual([]);
});

it('opens files next to rounds.yaml, by pattern too, and a command there', async () => {
	const at = scratch();
	mkdirSync(at('logs'));
	mkdirSync(at('logs/a.log.d'));
	writeFileSync(at('logs/b.log'), lines(5, 10));
	writeFileSync(at('logs/a.log'), lines(0, 5));
	writeFileSync(at('logs/axlog'), 'not this one\n');
	const list = feeds(
		{
			logs: [
				{name: 'batch', files: ['logs/*.log']},
				{name: 'here', command: ['ls', 'logs']},
			],
		},
		at('.'),
	);
	expect(list.map(({name, title}) => [name, title])).toEqual([
		['batch', 'logs/*.log'],
		['here', 'ls logs'],
	]);
	expect(numbers((await read(list, 'batch')).texts)).toEqual(upTo(10));
	expect(numbers((await read(list, 'batch', {follow: false, newest: 1})).texts)).toEqual([4, 9]);
	expect((await read(list, 'here')).texts).toEqual(['a.log', 'a.log.d', 'axlog', 'b.log']);
	expect(() => feeds({logs: [{name: 'none'}]})).toThrow('a command or files, one of the two');
});

it('says that a pattern fits nothing', async () => {
	const at = scratch();
	await expect(read(feeds({logs: [{name: 'batch', files: ['*.log']}]}, at('.')), 'batch')).rejects.toThrow(/\*\.log does not exist/);
});

it('asks Loki with the tenant and the token, for the query given or configured', async () => {
	const asked: unknown[] = [];
	const url = await loopback((request, response) => {
		asked.push([queryOf(request).get('query'), request.headers['x-scope-orgid'], request.headers.authorization]);
		json(response, {data: {resultType: 'streams', result: []}});
	});
	const list = feeds({loki: {url, query: '{app="a"}', tenant: 'payments', token: 'env:LOG_KEY'}});
	await read(list, 'loki');
	await read(list, 'loki', {follow: false, query: '{app="b"}'});
	expect(asked).toEqual([
		['{app="a"}', 'payments', 'Bearer the-key-of-logs'],
		['{app="b"}', 'payments', 'Bearer the-key-of-logs'],
	]);
	expect(() => feeds({loki: {url}})[0]?.open({follow: true})).toThrow('set sources.loki.query');
});

it('asks Elasticsearch with the key, or the token', async () => {
	const asked: unknown[] = [];
	const url = await loopback((request, response) => {
		asked.push([request.url, request.headers.authorization]);
		json(response, {timed_out: false, hits: {total: {value: 1}, hits: []}});
	});
	await read(feeds({elasticsearch: {url, index: 'a,b-*', apiKey: 'env:LOG_KEY'}}), 'elasticsearch');
	await read(feeds({elasticsearch: {url, index: 'a,b-*', token: 'env:LOG_KEY'}}), 'elasticsearch');
	const path = '/a,b-*/_search?allow_partial_search_results=false';
	expect(asked.filter((_, index) => index % 2 === 0)).toEqual([
		[path, 'ApiKey the-key-of-logs'],
		[path, 'Bearer the-key-of-logs'],
	]);
});
