/** What is on the screen until the round is there: what is being read, the keys, and a place for what is typed meanwhile. */
import {Box, Text} from 'ink';
import {bindingFor, bindingsIn, printKey, printKeys} from '../../src/keys/keymap.ts';
import {createStore, type Store} from '../../src/base/store.ts';
import {pad} from '../../src/base/terminal/width.ts';
import type {KeyPress} from '../kit/key-presses.ts';
import {draw, type Part, rule} from '../kit/line.ts';
import {Lines} from '../kit/lines.tsx';
import type {Theme} from '../kit/theme.ts';
import {useStore} from '../kit/use-store.ts';

interface OpeningState {
	readonly columns: number;
	readonly rows: number;
	/** What is being done, in words. */
	readonly doing: string;
	readonly help: boolean;
}

export interface Opening {
	readonly screen: 'round' | 'tail';
	readonly state: Store<OpeningState>;
	/** What was typed for the round; it is pressed once the round is there. */
	readonly kept: () => readonly KeyPress[];
	readonly press: (key: KeyPress) => void;
}

/** The time before the round: help and quit work at once, every other key waits for the round. */
export function createOpening({exit, screen}: {readonly exit: () => void; readonly screen: Opening['screen']}): Opening {
	const state = createStore<OpeningState>({columns: 80, rows: 24, doing: 'starting', help: false});
	let kept: readonly KeyPress[] = [];
	return {
		screen,
		state,
		kept: () => kept,
		press(key) {
			const binding = bindingFor(key.name, state.get().help ? 'help' : 'global')?.id;
			// After other keys a q may be a letter of a note: it waits with them.
			if (binding === 'quit-now' || (binding === 'quit' && kept.length === 0)) return exit();
			const closed = binding === 'help-close';
			kept = closed && kept.length === 1 ? [] : [...kept, key];
			if (closed || binding === 'help-run') state.update((now) => ({...now, help: false}));
			else if (binding === 'help' && kept.length === 1) state.update((now) => ({...now, help: true}));
		},
	};
}

function helpLines(theme: Theme, screen: Opening['screen'], columns: number): readonly string[] {
	return [
		draw(theme, [{text: screen === 'round' ? ' Keys of the round' : ' Keys of the live logs', tone: 'strong'}], columns),
		'',
		...bindingsIn(screen === 'round' ? 'checklist' : 'tail-lines').map((binding) =>
			draw(theme, [{text: `   ${pad(printKeys(binding), 17)}${pad(binding.title, 18)}`, tone: 'strong'}, binding.description], columns),
		),
	];
}

/** The frame of the round without a round in it. */
export function OpeningScreen({opening, theme}: {readonly opening: Opening; readonly theme: Theme}) {
	const {columns, rows, doing, help} = useStore(opening.state);
	const footer = bindingsIn(help ? 'help' : 'global').filter(
		({id}) => id === 'help-close' || id === 'help' || id === 'quit' || id === 'quit-now',
	);
	const keys = footer.flatMap(({keys: [key = ''], title}): readonly Part[] => [
		{text: ` ${printKey(key)}`, tone: 'strong'},
		{text: ` ${title}  `, tone: 'dim'},
	]);
	if (rows < 5) return <Text wrap="truncate">{doing}</Text>;
	const middle = help ? helpLines(theme, opening.screen, columns) : [draw(theme, [` ${doing}${theme.symbols.ellipsis}`], columns)];
	return (
		<Box width="100%" height={rows} overflow="hidden" flexDirection="column">
			<Lines columns={columns} rows={2} lines={[draw(theme, [{text: ' rounds', tone: 'dim'}], columns), rule(theme, columns)]} />
			<Lines columns={columns} rows={rows - 4} lines={middle} />
			<Lines columns={columns} rows={2} lines={[rule(theme, columns), draw(theme, keys, columns)]} />
		</Box>
	);
}
