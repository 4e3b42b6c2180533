/** To a time, and to the next line of level error or fatal. */
import {freeze, goToLine} from './tail-moving.ts';
import type {TailSession} from '../lines/tail-session.ts';

/** Goes to the first line at or after that time (epoch milliseconds), to the newest where there is none; says where that is far off. */
export function goToTime(session: TailSession, at: number): void {
	const {app, analysis} = session;
	const {lines} = app.tail;
	const place = lines.lineAt(at);
	const line = analysis.matches.next(place - 1) ?? analysis.matches.previous(lines.end());
	if (line === undefined) {
		app.notice.set('there is no line to go to');
		return;
	}
	goToLine(session, line);
	const back = lines.reachesBackTo();
	if (back !== undefined && at < back) app.notice.set('that is before the oldest line held');
	else if (place >= lines.end()) app.notice.set('that is after the newest line');
}

/** Begins to look for the next error; says so where there is none in that direction. */
export function findError(session: TailSession, direction: 1 | -1): void {
	const {analysis, app, seeking, view} = session;
	const {lines} = app.tail;
	const {matches} = analysis;
	freeze(session);
	let at = view.picture().cursor ?? lines.end();
	seeking.start({
		end: lines.onMoved(({moved}) => {
			at = moved(at);
		}),
		work(deadline) {
			while (performance.now() < deadline) {
				for (let tried = 0; tried < 64; tried++) {
					const line = direction < 0 ? matches.previous(at) : matches.next(at);
					// Older lines may still be tried by the filters.
					if (line === undefined) return direction < 0 && matches.looked().from > lines.first() ? 'more' : 'none';
					at = line;
					const level = lines.level(line);
					if (level === 'error' || level === 'fatal') return line;
				}
			}
			return 'more';
		},
		done(found) {
			if (found !== undefined) goToLine(session, found);
			else app.notice.set(`no ${direction < 0 ? 'older' : 'newer'} line of level error or fatal`);
		},
	});
}
