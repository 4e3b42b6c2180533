import type {Level} from '../../../src/logs/log-lines.ts';
import {copyLines, mostSelected, pinLines, selectedLines} from '../moves/line-evidence.ts';
import {setFilters, setLeastLevel} from '../moves/filtering.ts';
import {findError} from '../moves/jumping.ts';
import {follow, freeze, goToLine, hasNewer, page, step} from '../moves/tail-moving.ts';
import {openPrompt} from '../moves/prompts.ts';
import {findNext} from '../moves/searching.ts';
import {changeTail, type TailPromptKind, type TailSession, type TimeFormat} from '../lines/tail-session.ts';
import type {TailAction, TailActions} from './tail-action.ts';

const noLines = ({view}: TailSession) => (view.picture().cursor === undefined ? 'no lines yet' : undefined);
const prompt = (kind: TailPromptKind): TailAction => ({run: (session) => openPrompt(session, kind)});
const needsLines = (run: TailAction['run']): TailAction => ({run, disabled: noLines});

const levelSteps: readonly (Level | undefined)[] = [undefined, 'info', 'warn', 'error', 'fatal'];
const timeFormats: readonly TimeFormat[] = ['local', 'utc', 'relative', 'none'];
const timeNotices: Readonly<Record<TimeFormat, string>> = {
	local: 'times are local',
	utc: 'times are UTC',
	relative: 'times count from the selected line',
	none: 'no times',
};

/** The one behind it, round the end. */
function after<T>(all: readonly T[], one: T): T {
	return all[(all.indexOf(one) + 1) % all.length] as T;
}

const searching = (direction: 1 | -1): TailAction => ({
	run: (session) => findNext(session, {direction}),
	disabled: ({ui}) => (ui.get().search ? undefined : 'No search yet. Press / to search.'),
});

/** Columns that one key scrolls by. */
const sideways = 16;

export const lineActions = {
	'tail-freeze': {
		run(session) {
			if (session.ui.get().frozen) follow(session);
			else freeze(session);
		},
		disabled: (session) => (session.ui.get().frozen ? undefined : noLines(session)),
	},
	'tail-search': {...prompt('search'), disabled: noLines},
	'tail-search-next': searching(-1),
	'tail-search-previous': searching(1),
	'tail-filter': prompt('filter'),
	'tail-filter-number': {
		run(session, key) {
			const place = Number(key) - 1;
			setFilters(session, (filters) => filters.map((one, index) => (index === place ? {...one, enabled: !one.enabled} : one)));
		},
		disabled: ({ui}) => (ui.get().filters.length === 0 ? 'No filters yet. Press f to add one.' : undefined),
	},
	'tail-filter-drop': {
		run(session) {
			if (session.ui.get().filters.length > 0) setFilters(session, (filters) => filters.slice(0, -1));
			else setLeastLevel(session, undefined);
		},
		disabled: ({ui}) => (ui.get().filters.length === 0 && ui.get().leastLevel === undefined ? 'no filter to remove' : undefined),
	},
	'tail-level': {
		run(session) {
			const level = after(levelSteps, session.ui.get().leastLevel);
			setLeastLevel(session, level);
			session.app.notice.set(
				level === undefined ? 'lines of every level' : `lines of level ${level}${level === 'fatal' ? '' : ' and above'}`,
			);
		},
	},
	'tail-next-error': needsLines((session) => findError(session, 1)),
	'tail-previous-error': needsLines((session) => findError(session, -1)),
	'tail-group': prompt('group'),
	'tail-save': {...prompt('save'), disabled: noLines},
	'tail-columns': prompt('columns'),
	'tail-go-to': {...prompt('go-to'), disabled: noLines},
	'tail-whole': needsLines((session) => {
		freeze(session);
		const {cursor} = session.view.picture();
		if (cursor !== undefined) changeTail(session, {overlay: {kind: 'line', line: cursor, top: 0}});
	}),
	'tail-select': needsLines((session) => {
		freeze(session);
		const {selectedFrom} = session.ui.get();
		changeTail(session, {selectedFrom: selectedFrom === undefined ? session.view.picture().cursor : undefined});
	}),
	'tail-pin': needsLines((session) => {
		freeze(session);
		const chosen = selectedLines(session);
		const told = pinLines(session, chosen);
		changeTail(session, {selectedFrom: undefined});
		session.app.notice.set(chosen.length >= mostSelected ? `${told} (only the first ${mostSelected} lines)` : told);
	}),
	'tail-copy': needsLines((session) => {
		const told = copyLines(session, selectedLines(session));
		changeTail(session, {selectedFrom: undefined});
		session.app.notice.set(told);
	}),
	'tail-names': {run: (session) => changeTail(session, {names: !session.ui.get().names})},
	'tail-wrap': {run: (session) => changeTail(session, {wrap: !session.ui.get().wrap, left: 0})},
	'tail-time': {
		run(session) {
			const time = after(timeFormats, session.ui.get().time);
			changeTail(session, {time});
			session.app.notice.set(timeNotices[time]);
		},
	},
	'tail-down': {
		run(session) {
			if (session.ui.get().frozen && !hasNewer(session)) session.app.notice.set('This is the newest line. Press space to follow.');
			else if (session.ui.get().frozen) step(session, 1);
		},
		disabled: noLines,
	},
	'tail-up': needsLines((session) => step(session, -1)),
	'tail-page-down': {
		run(session) {
			if (session.ui.get().frozen) page(session, 1);
		},
		disabled: noLines,
	},
	'tail-page-up': needsLines((session) => page(session, -1)),
	'tail-first': needsLines((session) => {
		const first = session.analysis.matches.at(0);
		if (first !== undefined) goToLine(session, first);
		changeTail(session, {cursorRow: 0});
	}),
	'tail-last': {run: follow},
	'tail-left': {
		run: (session) => changeTail(session, {left: Math.max(0, session.ui.get().left - sideways)}),
		disabled: ({ui}) => (ui.get().left > 0 ? undefined : 'this is the beginning of the lines'),
	},
	'tail-right': {
		run: (session) => changeTail(session, {left: session.ui.get().left + sideways}),
		disabled: ({ui}) => (ui.get().wrap ? 'Long lines are wrapped. Press w to cut them.' : undefined),
	},
} as const satisfies Partial<TailActions>;
