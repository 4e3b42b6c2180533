/** Scrolling, in the page over the screen and in the runbook next to the rows. */
import {layoutOf} from '../../session/layout.ts';
import {besideTop, pageLines, runbookBeside} from '../shared/page-lines.ts';
import {serviceText} from '../../session/service-lines.ts';
import {change, currentStep, type Session} from '../../session/session.ts';
import {openRunbook} from '../../runbook/book/open-book.ts';
import {selectedItem} from '../../session/table-view.ts';
import type {Action, Actions} from '../../session/action.ts';

type By = number | 'half-down' | 'half-up' | 'first' | 'last';

function target(by: By, place: {readonly top: number; readonly lines: number; readonly rows: number}): number {
	const last = Math.max(0, place.lines - place.rows);
	const half = Math.max(1, Math.floor(place.rows / 2));
	const to = by === 'first' ? 0 : by === 'last' ? last : place.top + (by === 'half-down' ? half : by === 'half-up' ? -half : by);
	return Math.max(0, Math.min(last, to));
}

function scrollPage(by: By): Action {
	return {
		run(session) {
			const {overlay} = session.ui.get();
			if (overlay?.kind !== 'page') return;
			const rows = layoutOf(session.ui.get()).bodyRows - 2;
			change(session, {overlay: {...overlay, top: target(by, {top: overlay.top, lines: pageLines(session, overlay.page).length, rows})}});
		},
	};
}

function scrollRunbook(by: By): Action {
	return {
		run(session) {
			const region = layoutOf(session.ui.get()).runbook;
			const step = currentStep(session);
			if (!region || !step) return;
			const beside = runbookBeside(session, step.id, region.columns - 2);
			const top = target(by, {top: besideTop(session, beside, region.rows), lines: beside.lines.length, rows: region.rows});
			change(session, {runbookTop: top - beside.start, runbookPlace: beside.place});
		},
	};
}

function pageUrl(session: Session): string | undefined {
	const selected = selectedItem(session);
	return selected?.view.pane.url?.(selected.item, selected.view.data);
}

function openPage({ui}: Session): 'runbook' | 'row' | 'service' | undefined {
	const {overlay} = ui.get();
	return overlay?.kind === 'page' ? overlay.page : undefined;
}

/** What `y` copies of the open page; undefined where there is nothing. */
function pageText(session: Session): string | undefined {
	const selected = selectedItem(session);
	const step = currentStep(session);
	switch (openPage(session)) {
		case 'row':
			return selected?.view.pane.copy(selected.item);
		case 'service':
			return serviceText(session);
		default:
			return step && session.app.runbookOf(step.id)?.markdown;
	}
}

export const pageActions = {
	runbook: {
		run(session) {
			// Without a runbook there are still the check's tips.
			if (!openRunbook(session)) change(session, {overlay: {kind: 'page', page: 'runbook', top: 0}});
		},
	},
	service: {run: (session) => change(session, {overlay: {kind: 'page', page: 'service', top: 0}})},
	'runbook-down': scrollRunbook(1),
	'runbook-up': scrollRunbook(-1),
	'runbook-page-down': scrollRunbook('half-down'),
	'runbook-page-up': scrollRunbook('half-up'),
	'runbook-first': scrollRunbook('first'),
	'runbook-last': scrollRunbook('last'),
	'page-down': scrollPage(1),
	'page-up': scrollPage(-1),
	'page-half-down': scrollPage('half-down'),
	'page-half-up': scrollPage('half-up'),
	'page-first': scrollPage('first'),
	'page-last': scrollPage('last'),
	'page-close': {run: (session) => change(session, {overlay: undefined})},
	'page-copy': {
		run: (session) => session.app.copy(pageText(session) ?? ''),
		disabled: (session) => (pageText(session) === undefined ? 'there is no runbook to copy yet' : undefined),
	},
	'page-open': {
		run(session) {
			const url = pageUrl(session);
			if (url !== undefined) session.app.open(url);
		},
		disabled: (session) => (openPage(session) === 'row' && pageUrl(session) !== undefined ? undefined : 'there is no page to open'),
	},
} as const satisfies Partial<Actions>;
