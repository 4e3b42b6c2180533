/** The keys of an incident next to moving and freezing, under load: each timed until the bytes that show what it does. */
import type {TestTerminal} from '../helpers/terminal.ts';

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const settleMs = 250;
const patienceMs = 5000;

type Shows = (screen: string) => boolean;

interface TimedKey {
	readonly key: string;
	/** What the screen shows once the key has done its work, given the screen before; absent where that cannot be seen. */
	readonly shows?: (before: string) => Shows;
}

const selectedRow = (screen: string) => screen.split('\n').find((row) => row.startsWith('▌')) ?? '';
const selects = (before: string): Shows => {
	const row = selectedRow(before);
	return (screen) => selectedRow(screen) !== row && selectedRow(screen) !== '';
};
/** At 200 columns the panel is next to the lines. */
const panelEdge = '│ ';
const panelRow = (screen: string) => /│ ▌.*/.exec(screen)?.[0];
const selectsInPanel = (before: string): Shows => {
	const row = panelRow(before);
	return (screen) => panelRow(screen) !== row;
};
const says = (words: string) => (): Shows => (screen) => screen.includes(words);
const saysNoMore = (words: string) => (): Shows => (screen) => !screen.includes(words);

/** One walk: from following and back to following. */
const walk: readonly TimedKey[] = [
	{key: '/', shows: says('search: ')},
	{key: 'r', shows: says('search: r')},
	{key: 'e', shows: says('search: re')},
	{key: 'Enter', shows: says('n older, N newer')},
	{key: 'n', shows: selects},
	{key: 'N', shows: selects},
	{key: 'C-u', shows: selects},
	{key: 'C-d', shows: selects},
	{key: 'Right', shows: selects},
	{key: 'Left', shows: selects},
	{key: 'Right', shows: selects},
	{key: 'w', shows: selects},
	{key: 'w'},
	{key: 'C', shows: selects},
	{key: 'C', shows: selects},
	{key: 'g', shows: selects},
	{key: 'G', shows: says('following')},
	{key: 'f', shows: says('filter: ')},
	{key: 'x', shows: says('filter: x')},
	// What may follow an escape is waited for: that is no painting.
	{key: 'Escape'},
	{key: 't', shows: says(panelEdge)},
	{key: 'j', shows: selectsInPanel},
	{key: 't', shows: saysNoMore(panelEdge)},
];

/** Milliseconds of each key of so many walks, by the key. */
export async function otherKeys(terminal: TestTerminal, walks: number): Promise<ReadonlyMap<string, readonly number[]>> {
	let arrivedAt = 0;
	terminal.onData(() => {
		arrivedAt = performance.now();
	});
	const times = new Map<string, number[]>();
	for (let turn = 0; turn < walks; turn++) {
		for (const {key, shows} of walk) {
			const shown = shows?.(terminal.screen());
			const start = performance.now();
			terminal.press(key);
			if (shown) {
				await terminal.waitUntil(shown, `what ${key} does`, patienceMs);
				times.set(key, [...(times.get(key) ?? []), arrivedAt - start]);
			}
			await pause(settleMs);
		}
	}
	return times;
}
