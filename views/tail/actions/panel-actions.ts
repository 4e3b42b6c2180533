import {tailLayout} from '../lines/tail-layout.ts';
import {movePanel, openPanel, panelColumns, selectedRow} from '../panels/panel-view.ts';
import {panelRows} from '../panels/all-panels.ts';
import {openFilterAgain} from '../moves/prompts.ts';
import {changeTail, type PanelKind, type TailSession, type TailUi} from '../lines/tail-session.ts';
import type {TailAction, TailActions} from './tail-action.ts';

const panel = (kind: PanelKind): TailAction => ({run: (session) => openPanel(session, kind)});

const half = ({ui}: TailSession) => Math.max(1, Math.floor((tailLayout(ui.get()).panel?.rows ?? 2) / 2));

/** What enter or x does to the selected row. */
function onRow(what: 'choose' | 'leaveOut', words: string): TailAction {
	const offered = (session: TailSession) => {
		const shown = panelRows(session, panelColumns(session));
		const row = shown && selectedRow(session, shown);
		return {act: shown?.[what], id: row?.row.id};
	};
	return {
		run(session) {
			const {act, id} = offered(session);
			if (act && id !== undefined) act(session, id);
		},
		disabled(session) {
			const {act, id} = offered(session);
			return act && id !== undefined ? undefined : words;
		},
	};
}

function selectedFilter(session: TailSession) {
	const {panel, filters} = session.ui.get();
	if (panel?.kind !== 'filters') return undefined;
	const shown = panelRows(session, panelColumns(session));
	const row = shown && selectedRow(session, shown);
	return row && filters[row.index];
}

export const panelActions = {
	'tail-filters': panel('filters'),
	'tail-patterns': panel('patterns'),
	'tail-requests': panel('requests'),
	'tail-streams': panel('streams'),
	'panel-down': {run: (session) => movePanel(session, 1)},
	'panel-up': {run: (session) => movePanel(session, -1)},
	'panel-page-down': {run: (session) => movePanel(session, half(session))},
	'panel-page-up': {run: (session) => movePanel(session, -half(session))},
	'panel-first': {run: (session) => movePanel(session, Number.NEGATIVE_INFINITY)},
	'panel-last': {run: (session) => movePanel(session, Infinity)},
	'panel-choose': onRow('choose', 'there is nothing to choose here'),
	'panel-leave-out': onRow('leaveOut', 'there is nothing to leave out here'),
	'panel-change': {
		run(session) {
			const filter = selectedFilter(session);
			if (filter) openFilterAgain(session, filter.id);
		},
		disabled: (session) => (selectedFilter(session) ? undefined : 'Only filters can be changed. Press F to list them.'),
	},
	'tail-focus': {
		run(session) {
			const {focus, panel: open} = session.ui.get();
			const parts: readonly TailUi['focus'][] = ['lines', ...(open ? (['panel'] as const) : []), 'histogram'];
			changeTail(session, {focus: parts[(parts.indexOf(focus) + 1) % parts.length] ?? 'lines'});
		},
	},
} as const satisfies Partial<TailActions>;
