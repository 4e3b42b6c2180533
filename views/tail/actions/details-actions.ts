import {copyLines, pinLines} from '../moves/line-evidence.ts';
import {goToLine} from '../moves/tail-moving.ts';
import {wholeLine} from '../panels/line-details.ts';
import {changeTail, type TailOverlay, type TailSession} from '../lines/tail-session.ts';
import type {TailAction, TailActions} from './tail-action.ts';

type Whole = Extract<TailOverlay, {readonly kind: 'line'}>;

/** Rows of the page: all but status bar and footer with their rules. */
const rowsOf = ({ui}: TailSession) => Math.max(1, ui.get().rows - 4);

function onPage(
	act: (session: TailSession, page: Whole) => void,
	disabled?: (session: TailSession, page: Whole) => string | undefined,
): TailAction {
	const of = ({ui}: TailSession) => {
		const {overlay} = ui.get();
		return overlay?.kind === 'line' ? overlay : undefined;
	};
	return {
		run(session) {
			const page = of(session);
			if (page) act(session, page);
		},
		disabled(session) {
			const page = of(session);
			return page && disabled?.(session, page);
		},
	};
}

const scroll = (pages: number): TailAction =>
	onPage((session, page) => {
		const last = Math.max(0, wholeLine(session, page.line, session.ui.get().columns - 2).length - rowsOf(session));
		const by = Math.abs(pages) === 1 ? pages : Math.sign(pages) * Math.max(1, Math.floor(rowsOf(session) / 2));
		changeTail(session, {overlay: {...page, top: Math.max(0, Math.min(last, page.top + by))}});
	});

const neighbour = ({analysis}: TailSession, {line}: Whole, direction: 1 | -1) =>
	direction < 0 ? analysis.matches.previous(line) : analysis.matches.next(line);

const turn = (direction: 1 | -1): TailAction =>
	onPage(
		(session, page) => {
			const line = neighbour(session, page, direction);
			if (line === undefined) return;
			goToLine(session, line);
			changeTail(session, {overlay: {kind: 'line', line, top: 0}});
		},
		(session, page) =>
			neighbour(session, page, direction) === undefined ? `this is the ${direction < 0 ? 'oldest' : 'newest'} line` : undefined,
	);

export const pageActions = {
	'line-down': scroll(1),
	'line-up': scroll(-1),
	'line-page-down': scroll(2),
	'line-page-up': scroll(-2),
	'line-next': turn(1),
	'line-previous': turn(-1),
	'line-pin': onPage((session, {line}) => session.app.notice.set(pinLines(session, [line]))),
	'line-copy': onPage((session, {line}) => session.app.notice.set(copyLines(session, [line]))),
	'line-close': onPage((session) => changeTail(session, {overlay: undefined})),
} as const satisfies Partial<TailActions>;
