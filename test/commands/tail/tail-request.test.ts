/** From the words of `rounds tail` to one request. */
import {expect, test} from 'vitest';
import {pastOf, tailRequest, type TailWords} from '../../../src/commands/tail/tail-request.ts';

const now = Date.parse('2026-11-20T08:33:00Z');
const asked = (part: Partial<TailWords>): TailWords => ({
	words: [],
	after: [],
	options: {},
	exists: (path) => path === 'app.log' || path === '/var/log/web.log',
	named: ['journal'],
	now,
	...part,
});
const selection = (part: Partial<TailWords>) => {
	const request = tailRequest(asked(part));
	if (request.kind !== 'cluster') throw new Error(`it became ${request.kind}`);
	return request.selection;
};

test('no words: every pod, ten minutes or a hundred lines, whichever shows more', () => {
	expect(selection({})).toEqual({
		contexts: [],
		namespaces: [],
		workloads: [],
		from: now - 600_000,
		newest: 100,
		previous: false,
		follow: true,
	});
});

test('words are pod patterns and workloads; several patterns are one of them each', () => {
	expect(selection({words: ['deploy/api', 'web-.*', 'worker']})).toMatchObject({workloads: ['deploy/api'], pods: '(?:web-.*)|(?:worker)'});
	expect(selection({words: ['api']})).toMatchObject({workloads: [], pods: 'api'});
});

test.each([
	[{words: ['app.log'], options: {container: 'api'}}, '--container chooses among the pods of a cluster, and this is a file: leave it out'],
	[{words: ['-'], options: {previous: true}}, '--previous chooses among the pods of a cluster, and this is standard input: leave it out'],
	[{after: ['docker', 'logs'], options: {selector: 'app=api'}}, '--selector chooses among the pods of a cluster, and this is a command'],
	[{words: ['journal'], options: {allNamespaces: true}}, '--all-namespaces chooses among the pods of a cluster, and this is a log of'],
])('what chooses among pods is not passed over in silence elsewhere: %o', (part, sentence) => {
	expect(() => tailRequest(asked(part))).toThrow(sentence);
});

test.each(['since', 'tail'])('standard input has no past for --%s to choose from', (option) => {
	expect(() => tailRequest(asked({words: ['-'], options: {[option]: '3'}}))).toThrow(`no past that --${option} could choose from`);
	expect(tailRequest(asked({words: ['-']}))).toEqual({kind: 'stdin'});
});

test('options narrow the pods and choose the past', () => {
	const options = {
		namespace: 'a,b',
		selector: 'app=api',
		container: '^app$',
		exclude: 'canary',
		excludeContainer: 'istio',
		context: 'eu-1,us-1',
		since: '2h',
		previous: true,
	};
	expect(selection({words: ['api'], options})).toEqual({
		contexts: ['eu-1', 'us-1'],
		namespaces: ['a', 'b'],
		workloads: [],
		pods: 'api',
		excludePods: 'canary',
		containers: '^app$',
		excludeContainers: 'istio',
		selector: 'app=api',
		from: now - 7_200_000,
		previous: true,
		follow: false,
	});
	expect(selection({options: {allNamespaces: true, follow: false, tail: '5'}})).toMatchObject({
		namespaces: 'all',
		follow: false,
		newest: 5,
	});
});

test('files, standard input, a command, a named log, a query', () => {
	expect(tailRequest(asked({words: ['app.log', '/var/log/web.log']}))).toEqual({kind: 'files', paths: ['app.log', '/var/log/web.log']});
	expect(tailRequest(asked({words: ['-']}))).toEqual({kind: 'stdin'});
	expect(tailRequest(asked({after: ['journalctl', '-f']}))).toEqual({kind: 'command', argv: ['journalctl', '-f']});
	expect(tailRequest(asked({words: ['journal']}))).toEqual({kind: 'named', name: 'journal'});
	expect(tailRequest(asked({options: {loki: '{app="api"}'}}))).toEqual({kind: 'named', name: 'loki', query: '{app="api"}'});
	expect(tailRequest(asked({options: {elasticsearch: true}}))).toEqual({kind: 'named', name: 'elasticsearch'});
});

test.each([
	[{words: ['-', 'api']}, 'One source at a time: standard input and api are too many'],
	[{after: ['docker'], options: {loki: true}}, 'One source at a time: a command after -- and --loki are too many'],
	[{words: ['gone.log']}, 'There is no file gone.log'],
	[{words: ['app.log', 'api']}, 'api is not a file, and app.log is. Name only files, or only pods.'],
	[{words: ['api(']}, /^The pod pattern "api\(" is not a regular expression: /],
	[{options: {container: '['}}, /^--container "\[" is not a regular expression: /],
	[{options: {excludeContainer: '['}}, /^--exclude-container "\[" is not a regular expression: /],
	[{options: {since: 'soon'}}, '--since "soon" is neither a duration such as 10m nor a time such as 2026-11-20T08:33:04'],
	[{options: {tail: '-3'}}, '--tail "-3": expected a number of lines, such as 100'],
] as const)('%j is refused in words', (part, words) => {
	expect(() => tailRequest(asked(part as Partial<TailWords>))).toThrow(words);
});

test('a time of the past may be written out', () => {
	expect(pastOf({since: '2026-11-20T08:00:00Z'}, now)).toEqual({from: now - 33 * 60_000});
	expect(pastOf({since: '10m', tail: '50'}, now)).toEqual({from: now - 600_000, newest: 50});
});
