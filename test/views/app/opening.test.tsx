import {render} from 'ink-testing-library';
import {expect, onTestFinished, test} from 'vitest';
import {createOpening, OpeningScreen} from '../../../views/app/opening.tsx';
import {openRound} from '../../../views/app/open-round.tsx';
import {createTheme} from '../../../views/kit/theme.ts';
import {createFakeApp} from '../../helpers/fake-app.ts';

const theme = createTheme({unicode: true, colour: false});
const letters = (text: string) => Array.from(text, (name) => ({name, text: name}));

function open() {
	let exits = 0;
	const opening = createOpening({
		screen: 'round',
		exit: () => {
			exits += 1;
		},
	});
	return {opening, exits: () => exits, type: (text: string) => letters(text).forEach(opening.press)};
}

test('the first frame says what is being read, and which keys work', () => {
	const {opening} = open();
	opening.state.update((state) => ({...state, columns: 100, doing: 'reading rounds.yaml'}));
	const {lastFrame, unmount} = render(<OpeningScreen opening={opening} theme={theme} />);
	onTestFinished(unmount);
	expect(lastFrame()).toContain('reading rounds.yaml…');
	expect(lastFrame()?.split('\n').at(-1)).toMatch(/\? keys +q quit/);
});

test('help shows the keys of the round before there is one, and esc takes it back', () => {
	const {opening, type} = open();
	opening.state.update((state) => ({...state, columns: 100, rows: 60}));
	type('?');
	const {lastFrame, unmount} = render(<OpeningScreen opening={opening} theme={theme} />);
	onTestFinished(unmount);
	expect(lastFrame()).toContain('Accept the suggested verdict');
	opening.press({name: 'escape'});
	expect(opening.kept()).toEqual([]);
	expect(opening.state.get().help).toBe(false);
});

test('q and ctrl-c leave at once; a q that may belong to a note waits for the round, ctrl-c does not', () => {
	const first = open();
	first.type('q');
	expect(first.exits()).toBe(1);
	const second = open();
	second.type('nq');
	expect(second.exits()).toBe(0);
	expect(second.opening.kept().map(({name}) => name)).toEqual(['n', 'q']);
	second.opening.press({name: 'ctrl-c'});
	expect(second.exits()).toBe(1);
});

const size = {columns: 100, rows: 30};
const parts = {theme, exit: () => {}, suspend: <T,>(run: () => Promise<T>) => run(), size};

test('what was typed before the round was there is done in it', () => {
	const app = createFakeApp();
	openRound({...parts, app, typed: letters('3')});
	expect(app.round.get().cursor).toBe(2);
});

test('keys that were typed before a question was asked do not answer it', () => {
	const app = createFakeApp();
	const state = app.round.get();
	app.openRounds.set([{state, operator: 'alice', savedAt: state.startedAt, whose: 'mine', alive: false}]);
	openRound({...parts, app, typed: letters('f')});
	expect(app.openRounds.get()).toHaveLength(1);
	expect(app.notice.get()).toContain('left out');
});
