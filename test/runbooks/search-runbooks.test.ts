import {describe, expect, test} from 'vitest';
import type {RunbookFile} from '../../src/runbooks/parse.ts';
import {createRunbookSearch} from '../../src/runbooks/search-runbooks.ts';

const file = (id: string, text: string, embedded = false): RunbookFile => ({id, path: `/team/${id}.md`, embedded, text});
const ids = (files: readonly RunbookFile[], query: string) =>
	createRunbookSearch(files)
		.find(query)
		.hits.map(({runbook}) => runbook.id);

const ranked = [
	file('a', '---\ntitle: Quiet\n---\n## Do\n\nThe broker waits.\n'),
	file('b', '---\ntitle: Silent\n---\n## The broker\n\nText.\n'),
	file('c', "---\ntitle: Calm\nmatches: ['broker']\n---\nText.\n"),
	file('d', '---\ntitle: The broker\n---\nText.\n'),
	file('e', '---\ntitle: Something else\n---\nText.\n'),
];

test('the title before the front matter before the headings before the text', () => {
	expect(ids(ranked, 'broker')).toEqual(['d', 'c', 'b', 'a']);
	expect(ids(ranked.toReversed(), 'broker')).toEqual(['d', 'c', 'b', 'a']);
});

test('a whole word before a beginning before a part', () => {
	const files = ['Brokerage', 'Pawnbroker', 'Broker'].map((title) => file(title, `---\ntitle: ${title}\n---\nx`));
	expect(ids(files, 'broker')).toEqual(['Broker', 'Brokerage', 'Pawnbroker']);
});

describe('several words', () => {
	const files = [
		file('both', 'The queue of the broker.'),
		file('title', '# Queue queue queue'),
		file('rare', 'broker'),
		...Array.from({length: 5}, (_, k) => file(`common-${k}`, 'the queue')),
	];
	test('all of them occur where any runbook holds them all', () => {
		expect(ids(files, 'broker queue')).toEqual(['both']);
	});
	test('where none does, those with the most, each saying what it lacks', () => {
		const {hits} = createRunbookSearch(files).find('broker queue nonsense');
		expect(hits.map(({runbook, missing}) => [runbook.id, missing])).toEqual([['both', ['nonsense']]]);
	});
	test('words that say nothing meet nothing by themselves, but count where all is met', () => {
		const two = [file('a', 'who is it of all of them'), file('b', 'who to call: the broker'), file('c', 'the broker')];
		expect(ids(two, 'nonsense of them all who')).toEqual(['a']);
		expect(ids(two, 'the nonsense of it')).toEqual([]);
		expect(ids(two, 'who to call the broker')).toEqual(['b']);
		expect(ids(two, 'who is it')).toEqual(['a']);
		expect(
			createRunbookSearch(two)
				.find('how to mend the broker')
				.hits.map(({missing}) => missing),
		).toEqual([['mend'], ['mend']]);
	});
	test('a rare word says more than a common one', () => {
		const two = [
			file('common', '# the the\n\nit'),
			file('rare', '# broker\n\nit'),
			...Array.from({length: 8}, (_, k) => file(`x${k}`, 'the')),
		];
		expect(ids(two, 'the broker nonsense')[0]).toBe('rare');
	});
});

describe('forgiving', () => {
	const files = [file('cert', '# A certificate ends'), file('hooks', '# Stuck webhooks'), file('size', '# Größe')];
	test.each([
		['certifcate', 'cert'],
		['certificste', 'cert'],
		['ecrtificate', 'cert'],
		['certi', 'cert'],
		['CERTIFICATES', 'cert'],
		['webhook', 'hooks'],
		['grosse größe', 'size'],
		['grö', 'size'],
		['große', 'size'],
	])('%s', (query, id) => {
		expect(ids(files, query)).toEqual([id]);
	});
	test('a word that is there is no typo of another', () => {
		expect(ids([file('x', 'broken'), file('y', 'broker')], 'broker')).toEqual(['y']);
	});
	test.each(['', '  ', '!?', 'nonsense'])('nothing for %j', (query) => {
		expect(createRunbookSearch(files).find(query)).toEqual({hits: [], found: 0});
	});
});

test('an alert’s text finds the runbook whose pattern speaks of it', () => {
	const files = [file('a', '# orders orders\n\nfiring'), file('b', "---\nmatches: ['^orders .* firing']\n---\n\nx orders x firing")];
	expect(ids(files, 'orders lag firing')[0]).toBe('b');
});

describe('the place', () => {
	const page = file(
		'p',
		[
			'---',
			'title: Queue',
			'---',
			'',
			'# Queue',
			'',
			'Begin here.',
			'',
			'## Symptom',
			'',
			'It waits.',
			'',
			'## Drain',
			'',
			'| a | b |',
			'|---|---|',
			'| drain | the `broker` |',
			'',
			'```sh',
			'drain broker',
			'```',
			'',
		].join('\n'),
	);
	const place = (query: string, files = [page]) => {
		const [hit] = createRunbookSearch(files).find(query).hits;
		return hit && [hit.heading, hit.line, hit.snippet];
	};
	test.each([
		['drain broker', ['Drain', 17, 'drain | the `broker`']],
		['symptom', ['Symptom', 11, 'It waits.']],
		['waits', ['Symptom', 11, 'It waits.']],
		['queue', ['Queue', 7, 'Begin here.']],
	])('%s', (query, expected) => {
		expect(place(query)).toEqual(expected);
	});
	test('only the title speaks: the first line, no section', () => {
		expect(place('queue', [file('q', '---\ntitle: Queue\n---\n## Symptom\n\nIt waits.\n')])).toEqual([undefined, 6, 'It waits.']);
	});
	test('no text at all', () => {
		expect(place('queue', [file('queue', '')])).toEqual([undefined, 1, '']);
	});
	test('with CRLF, and harmless', () => {
		expect(place('drain', [file('q', '## A\u202E\r\n\r\n- [ ] drain \u001B[31mit\u001B[0m\r\n')])).toEqual(['A', 3, 'drain it']);
	});
	test('a long line is cut', () => {
		expect(String(place('drain', [file('q', `drain ${'x'.repeat(5000)}`)])?.[2])).toHaveLength(160);
	});
});

test('of equals the team’s first, then by name', () => {
	expect(ids([file('b', 'queue'), file('a', 'queue', true), file('c', 'queue')], 'queue')).toEqual(['b', 'c', 'a']);
});

test('no more than asked for, and how many there are', () => {
	const {hits, found} = createRunbookSearch(Array.from({length: 30}, (_, k) => file(`p${k}`, 'queue'))).find('queue', 3);
	expect([hits.length, found]).toEqual([3, 30]);
});

test('five megabytes', () => {
	const huge = file('huge', `# Huge\n\n${'a line of some length that waits\n'.repeat(160_000)}the needle\n`);
	const search = createRunbookSearch([huge]);
	expect(search.find('needle').hits).toHaveLength(1);
	expect(search.find('neddle').hits).toHaveLength(1);
	expect(search.find('waits').hits[0]).toMatchObject({line: 3, heading: 'Huge'});
});

test('who names a runbook gets it from its beginning; who names a heading too gets that', () => {
	const search = createRunbookSearch([
		file('readiness', '---\ntitle: Are we ready?\n---\nAsk.\n\n## Do\n\n```yaml\n- check: readiness\n```\n\n## Undo readiness\n\nx\n'),
	]);
	expect(search.find('ready').hits[0]?.heading).toBeUndefined();
	expect(search.find('readiness yaml').hits[0]?.heading).toBe('Do');
	expect(search.find('readiness undo').hits[0]?.heading).toBe('Undo readiness');
	const plain = createRunbookSearch([file('readiness', '# Are we ready?\n\n## Do\n\n- check: readiness\n')]);
	expect(plain.find('readiness').hits[0]?.heading).toBeUndefined();
});
