/** What the lines tell of requests: bursts of errors first, then the slowest endpoints. */
import {formatMs, formatNumber, formatPercent} from '../../../src/base/figures.ts';
import {literalSource} from '../../../src/logs/query/condition.ts';
import {requestOf} from '../../../src/logs/formats/request-of.ts';
import {cell, draw, type Part} from '../../kit/line.ts';
import {addFilter} from '../moves/filtering.ts';
import {goToLine} from '../moves/tail-moving.ts';
import {noLineWords} from '../moves/tail-states.ts';
import type {TailSession} from '../lines/tail-session.ts';
import {clockTime} from '../lines/time-cell.ts';
import type {PanelRow, PanelRows} from './panel.ts';

const mostRoutes = 200;

/** The lines that name the route, whatever means its ids. */
function routeExpression(route: string): string {
	return route
		.split(':id')
		.map(literalSource)
		.join(String.raw`[^\/?"\s]+`);
}

/** Only the lines of the row's route, or all but those. */
function only(session: TailSession, id: string, prefix: string): void {
	const route = id.replace(/^route:/, '');
	const problem =
		route === 'other' ? 'the other routes have no name in common' : addFilter(session, `${prefix}/${routeExpression(route)}/`);
	if (problem !== undefined) session.app.notice.set(problem);
}

/** Lines looked at for the first of a burst. */
const mostLooked = 20_000;

/** Where a burst begins: its first minute begins before the first line that made it one. */
function firstOf(
	{analysis, app: {tail}}: TailSession,
	{kind, from, to}: {readonly kind: '4xx' | '5xx'; readonly from: number; readonly to: number},
) {
	const {lines} = tail;
	const begin = lines.lineAt(from);
	let looked = 0;
	for (let line = analysis.matches.next(begin - 1); line !== undefined && looked < mostLooked; line = analysis.matches.next(line)) {
		if (lines.time(line) >= to) break;
		const status = requestOf(lines.text(line, 4096))?.status ?? 0;
		if (`${Math.floor(status / 100)}xx` === kind) return line;
		looked += 1;
	}
	return analysis.matches.nearest(begin);
}

/** Enter on a burst goes to the first line that makes it one. */
export function requestsPanel({analysis, theme, app}: TailSession, columns: number): PanelRows {
	const {requests, clientErrors, serverErrors, routes, bursts, lines} = analysis.requests.requestFigures();
	const usual = app.usualErrors.get();
	const share = (errors: number) => formatPercent(requests === 0 ? 0 : errors / requests);
	const burstRows = bursts.map((burst): PanelRow => ({
		id: `burst:${burst.kind}:${burst.from}`,
		line(room, selected) {
			const tone = burst.kind === '5xx' ? 'red' : 'amber';
			const parts: readonly Part[] = [
				{text: `${theme.symbols.critical} burst `, tone},
				{text: `${clockTime(burst.from)} to ${clockTime(burst.to)}  `, tone: selected ? 'strong' : 'plain'},
				{text: burst.text},
			];
			return draw(theme, parts, room);
		},
	}));
	const routeRows = routes.slice(0, mostRoutes).map((route): PanelRow => ({
		id: `route:${route.route}`,
		line: (room, selected) =>
			[
				cell(theme, {text: formatMs(route.p95)}, 8, 'right'),
				cell(theme, {text: formatMs(route.p50)}, 8, 'right'),
				cell(theme, {text: formatNumber(route.count)}, 8, 'right'),
				cell(theme, {text: formatNumber(route.serverErrors), tone: route.serverErrors > 0 ? 'red' : 'dim'}, 6, 'right'),
				draw(theme, [{text: route.route, tone: selected ? 'strong' : 'plain'}], room - 38),
			].join('  '),
	}));
	return {
		title: `Requests · ${formatNumber(requests)} in all ${formatNumber(lines)} lines · 5xx ${share(serverErrors)}${usual === undefined ? '' : ` (usual ${formatPercent(usual)})`} · 4xx ${share(clientErrors)}`,
		head: draw(theme, [{text: '     P95       P50         N     5XX  ROUTE, SLOWEST FIRST', tone: 'dim'}], columns),
		empty:
			lines === 0
				? `${noLineWords({app, analysis})}, so there is no request`
				: `none of ${formatNumber(lines)} lines holds a request with its status`,
		rows: [...burstRows, ...routeRows],
		choose(session, id) {
			const burst = bursts.find(({kind, from}) => `burst:${kind}:${from}` === id);
			const first = burst && firstOf(session, burst);
			if (first !== undefined) goToLine(session, first);
			else if (!burst) only(session, id, '');
		},
		leaveOut(session, id) {
			if (id.startsWith('route:')) only(session, id, 'not ');
			else session.app.notice.set('a burst is a time, and cannot be left out');
		},
	};
}
