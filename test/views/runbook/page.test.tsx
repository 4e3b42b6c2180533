import stringWidth from 'string-width';
import {bookOver} from '../../../views/runbook/book/book-over.ts';
import {expect, test} from 'vitest';
import {createFakeApp, type FakeAppOptions} from '../../helpers/fake-app.ts';
import {misfits, renderScreen} from '../../helpers/render.tsx';
import type {RunEnd} from '../../../src/runbooks/blocks/run-block.ts';
import type {Runbook} from '../../../src/runbooks/runbook.ts';
import {headLines} from '../../../views/runbook/book/book-head.ts';
import {selectedStop} from '../../../views/runbook/book/book-moving.ts';
import {createTheme} from '../../../views/kit/theme.ts';
import {fakeRunbook} from './fake-runbook.ts';

const {symbols} = createTheme({unicode: true, colour: false});

const markdown = `## First look

Ask *what* it said. See [the other one](other.md#step-two) or [the manual](https://example.com/manual), or \`other\`.

- [ ] look at the logs
- [ ] call **bob**
  - [x] done in the file
  - nested

\`\`\`sh
kubectl logs -n "$NAMESPACE" "$POD" --previous
\`\`\`

\`\`\`
echo "$WORD" '; rm -rf /'
\`\`\`

\`\`\`sh
kubectl delete pod "$POD"
\`\`\`

\`\`\`sql
SELECT 1
\`\`\`

[nowhere](gone.md) and [no heading](#gone)

| sign | what it is and what to do about it when it happens at night |
| --- | --- |
| 137 | killed for memory, see the limit |

## Tips

- wait
`;
const runbooks: readonly Runbook[] = [
	fakeRunbook('pods', 'When pods crash', markdown, {
		owner: 'payments',
		contacts: ['Ada, 555'],
		links: [{title: 'Grafana', url: 'https://grafana.example'}],
		lastReviewedOn: '2026-01-01',
	}),
	fakeRunbook('other', 'The other one', '## Step one\n\nx\n\n## Step two\n\nback to [pods](pods.md)\n'),
];

async function open(options: FakeAppOptions = {}, size = {columns: 120, rows: 40}) {
	const app = createFakeApp({runbooks, environment: 'staging', ...options});
	const screen = await renderScreen(app, size);
	await screen.press('2', 'r');
	await screen.waitFor('When pods crash');
	return {app, screen};
}

test.each([
	[80, 24],
	[120, 40],
	[200, 50],
])('the page fits %ix%i: front matter, text, boxes, code with its language, a table that fits', async (columns, rows) => {
	const {screen} = await open({}, {columns, rows});
	expect(misfits(screen.frame(), columns, rows)).toEqual([]);
	expect(screen.frame()).toMatch(/stale: reviewed 2026-01-01, due 2026-06-30/);
	expect(screen.frame()).toMatch(/owner +payments/);
	expect(screen.frame()).toMatch(/links +Grafana <https:\/\/grafana.example>/);
	expect(screen.frame()).toContain('First look');
	await screen.press('G');
	expect(misfits(screen.frame(), columns, rows)).toEqual([]);
	await screen.waitFor('wait');
	await screen.resize(60, 15);
	expect(misfits(screen.frame(), 60, 15)).toEqual([]);
	await screen.press('r');
	expect(bookOver(screen.session).get()).toBeUndefined();
});

test('boxes are ticked and kept in the round with time and name; a box of the file stays', async () => {
	const {app, screen} = await open();
	await screen.press('/', 'look at', 'enter');
	for (let tabs = 0; !/\[ \] /.test(stopText(screen)) && tabs < 12; tabs++) await screen.press('tab');
	await screen.press('enter');
	expect(app.round.get().ticks).toEqual([
		{runbook: 'pods', task: 'first look > look at the logs', text: 'look at the logs', at: expect.any(Number), operator: 'alice'},
	]);
	await screen.waitFor(/\[x\] .*look at the logs {3}\d\d:\d\d alice/);
	await screen.press('enter');
	expect(app.round.get().ticks).toEqual([]);
	await screen.press('tab', 'tab', 'enter');
	await screen.waitFor('this box is ticked in the file itself');
});

/** What the book has selected. */
function stopText(screen: Awaited<ReturnType<typeof renderScreen>>): string {
	const book = bookOver(screen.session).get();
	const stop = book && selectedStop(book);
	return stop?.kind === 'task' ? `[ ] ${stop.text}` : stop?.kind === 'link' ? stop.href : (stop?.code ?? '');
}

async function select(screen: Awaited<ReturnType<typeof renderScreen>>, what: string) {
	for (let tabs = 0; !stopText(screen).includes(what); tabs++) {
		if (tabs > 20) throw new Error(`never selected: ${what}`);
		// oxlint-disable-next-line no-await-in-loop -- one key after the other
		await screen.press('tab');
	}
}

test('links: inside with back and forth, a name in backticks, outside, nowhere', async () => {
	const {app, screen} = await open();
	await select(screen, 'other.md#step-two');
	await screen.press('enter');
	await screen.waitFor(/▌ Step two/);
	await screen.press('tab', 'enter');
	await screen.waitFor('When pods crash');
	expect(screen.frame()).toContain('page 3 of 3');
	await screen.press('[', '[');
	await screen.waitFor('page 1 of 3');
	await screen.press(']');
	await screen.waitFor('Step two');
	await screen.press('[');
	await select(screen, 'example.com/manual');
	await screen.press('enter');
	expect(app.asked).toContain('open https://example.com/manual');
	await screen.press('tab', 'enter');
	await screen.waitFor('Step one');
	await screen.press('[');
	await select(screen, 'gone.md');
	await screen.press('enter');
	await screen.waitFor('there is no runbook gone.md here');
	await screen.press('tab', 'enter');
	await screen.waitFor('pods has no heading #gone');
});

test('search, outline', async () => {
	const {screen} = await open({}, {columns: 80, rows: 20});
	await screen.press('/', 'memory', 'enter');
	await screen.waitFor(/▌ 137 .*killed for memory/);
	await screen.press('/');
	await screen.press('ctrl-u', 'unheard', 'enter');
	await screen.waitFor('“unheard” is not in this runbook');
	await screen.press('g', 'i', 'tip');
	await screen.waitFor(/▌ +Tips/);
	await screen.press('enter');
	expect(await screen.waitFor('wait')).toMatch(/· wait/);
});

test('what will run is shown exactly; y runs it; enter never does; the output is pinned', async () => {
	const ended = Promise.withResolvers<RunEnd>();
	const {app, screen} = await open({
		runBlock(_plan, onOutput) {
			onOutput('line one\nline \u001B[31mtwo\n');
			return {stop: () => {}, ended: ended.promise};
		},
	});
	await screen.press('x');
	const shown = await screen.waitFor('This will run, through sh:');
	expect(shown).toContain('kubectl logs -n "$NAMESPACE" "$POD" --previous');
	expect(shown).toMatch(/NAMESPACE=\S+ \(the row\) {2}POD=\S+ \(the row\)/);
	expect(shown).toContain('only reads');
	await screen.press('enter');
	expect(app.asked.filter((one) => one.startsWith('run'))).toEqual([]);
	await screen.press('y');
	await screen.waitFor('line two');
	expect(app.asked.filter((one) => one.startsWith('run'))).toEqual([
		expect.stringMatching(
			/^run \[\["sh","-c","kubectl logs -n \\"\$NAMESPACE\\" \\"\$POD\\" --previous"\]\] \{"NAMESPACE":"[^"]+","POD":"[^"]+"\}$/,
		),
	]);
	ended.resolve({done: false, words: 'exit code 1', durationMs: 1234});
	await screen.waitFor('exit code 1 in 1.2 s');
	await screen.waitFor('exit code 1 in 1.2 s: Output pinned as evidence. Press b to unpin.');
	await screen.press('v');
	await screen.waitFor('1 to 2 of 2 lines');
	expect(app.round.get().pins).toMatchObject([
		{
			check: 'pods',
			text: expect.stringMatching(/^\$ through sh: kubectl logs[^]*\nline one\nline two\nexit code 1 in 1.2 s\nrunbook pods, First look$/),
		},
	]);
	await screen.press('b');
	expect(app.round.get().pins).toEqual([]);
});

test('what runs stays in sight above the question and its output, wherever on the screen it stood', async () => {
	const many = Array.from({length: 30}, (_one, index) => `\`\`\`\necho ${index}\n\`\`\``).join('\n\n');
	const {screen} = await open({runbooks: [fakeRunbook('pods', 'When pods crash', `## Do\n\n${many}\n`)]}, {columns: 80, rows: 24});
	for (let block = 0; block < 12; block++) {
		// oxlint-disable no-await-in-loop -- one block after the other
		await screen.press('c', 'x');
		expect(await screen.waitFor('This will run')).toContain(`▌ echo ${block}`);
		await screen.press('n');
		// oxlint-enable no-await-in-loop
	}
	await screen.press('c', 'x', 'y');
	expect(await screen.waitFor('exit code 0 in')).toContain('▌ echo 12');
	await screen.press('c');
	await screen.waitFor('▌ echo 13');
});

test('whom to call and where the file is are above the text', () => {
	const head = (runbook: Runbook) =>
		headLines(runbook, {columns: 80, symbols, today: '2026-11-20', expert: 'Carol · +47 5550 0142'}).map((line) =>
			line.map(({text}) => text).join(''),
		);
	const own = head(fakeRunbook('pods', 'When pods crash', '', {embedded: false, contacts: ['Ada, 555']}));
	expect(own).toEqual(expect.arrayContaining(['call      Ada, 555', 'expert    Carol · +47 5550 0142', 'file      /runbooks/pods.md']));
	expect(head(fakeRunbook('pods', 'When pods crash', '')).join('\n')).not.toContain('file');
});

test('a value no one knows is asked for and stays one argument; without a shell nothing in it acts', async () => {
	const {app, screen} = await open();
	await select(screen, 'echo');
	await screen.press('x');
	await screen.waitFor('WORD: what value?');
	await screen.press('enter');
	await screen.waitFor('WORD needs a value');
	await screen.press('--help', 'enter');
	await screen.waitFor('WORD begins with a dash');
	await screen.press('ctrl-u', '$(id) | x', 'enter');
	const shown = await screen.waitFor('This will run, without a shell:');
	expect(shown).toContain("echo '$(id) | x' '; rm -rf /'");
	await screen.press('y');
	expect(app.asked).toContain('run [["echo","$(id) | x","; rm -rf /"]] {}');
	await screen.waitFor('exit code 0 in 1.2 s');
});

test('what changes things in production asks for the name of the service', async () => {
	const {app, screen} = await open({environment: 'production'});
	await select(screen, 'kubectl delete');
	await screen.press('enter');
	await screen.waitFor('changes things');
	await screen.press('y');
	await screen.waitFor('This changes production: type checkout to run it');
	await screen.press('pods', 'enter');
	await screen.waitFor('that is not checkout: nothing was run');
	expect(app.asked.some((one) => one.startsWith('run'))).toBe(false);
	await screen.press('ctrl-u', 'checkout', 'enter');
	await screen.until(() => app.asked.some((one) => one.startsWith('run [["sh","-c","kubectl delete pod')));
});

test('read-only refuses in words; a block of another language is not run', async () => {
	const {app, screen} = await open({readOnly: true});
	await screen.press('x');
	await screen.waitFor('--read-only: blocks cannot run');
	const writable = await open();
	await select(writable.screen, 'SELECT');
	await writable.screen.press('x');
	await writable.screen.waitFor('a block of sql cannot run from here. Press y to copy it.');
	expect([...app.asked, ...writable.app.asked].some((one) => one.startsWith('run'))).toBe(false);
});

test('a past round that is shown again is read, never changed', async () => {
	const app = {...createFakeApp({runbooks, environment: 'staging'}), replayOf: 1};
	const screen = await renderScreen(app, {columns: 120, rows: 40});
	await screen.press('2', 'r');
	await screen.waitFor('When pods crash');
	await select(screen, '[ ]');
	await screen.press('enter', 'x', 'w');
	await screen.waitFor('Replay: nothing can be changed');
	await select(screen, 'kubectl logs');
	await screen.press('enter');
	await screen.waitFor('Replay: nothing is run or ticked');
	expect([...app.asked, ...app.events]).toEqual([{type: 'moved', to: 1}]);
});

test('ctrl-c stops what runs and does not leave; without anything running it leaves', async () => {
	let stopped = 0;
	const ended = Promise.withResolvers<RunEnd>();
	const {screen} = await open({
		runBlock: () => ({
			stop() {
				stopped += 1;
				ended.resolve({done: false, words: 'stopped', durationMs: 3000});
			},
			ended: ended.promise,
		}),
	});
	await screen.press('x', 'y');
	await screen.waitFor('press ctrl-c to stop');
	await screen.press('r', 'q');
	await screen.waitFor('A block is running. Press ctrl-c to stop it, then close the runbook.');
	expect(stopped).toBe(0);
	await screen.press('ctrl-c');
	await screen.waitFor('stopped after 3.0 s');
	expect([stopped, screen.exits()]).toEqual([1, 0]);
	await screen.press('ctrl-c');
	expect(screen.exits()).toBe(1);
});

test('K looks a runbook up from anywhere and opens it at the heading', async () => {
	const app = createFakeApp({runbooks});
	const screen = await renderScreen(app, {columns: 120, rows: 40});
	await screen.press('K');
	await screen.waitFor('Runbooks   2');
	await screen.press('step two');
	await screen.waitFor(/▌ The other one .*Step two/);
	await screen.press('enter');
	await screen.waitFor(/▌ Step two/);
	await screen.press('escape', 'escape');
	await screen.waitFor('suggested');
	await screen.press('K', 'zzz');
	await screen.waitFor('no runbook speaks of that');
	await screen.press('escape');
	expect(bookOver(screen.session).get()).toBeUndefined();
});

test('five megabytes open, scroll and are searched without laying all of it out', async () => {
	const section = (n: number) => `## Part ${n}\n\n${'word '.repeat(60)}\n\n- [ ] task ${n}\n\n`;
	const huge = Array.from({length: 15_000}, (_one, n) => section(n)).join('');
	expect(huge.length).toBeGreaterThan(5_000_000);
	const {screen} = await open({runbooks: [fakeRunbook('pods', 'When pods crash', huge)]});
	await screen.press('G');
	await screen.waitFor('task 14999');
	await screen.waitFor('the end');
	await screen.press('g', '/', 'task 7321', 'enter');
	await screen.waitFor(/▌ . \[ \] task 7321/);
	const book = bookOver(screen.session).get();
	const lines = screen.frame().split('\n');
	expect(lines.every((line) => stringWidth(line) <= 120)).toBe(true);
	expect(book).toBeDefined();
});
