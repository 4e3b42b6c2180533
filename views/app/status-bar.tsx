import {formatAge} from '../../src/base/figures.ts';
import {isProduction} from '../../src/service/service.ts';
import {progress, walkedFor} from '../../src/round/round-progress.ts';
import {pad, width} from '../../src/base/terminal/width.ts';
import {clockTimeOf, dayOf} from '../../src/base/times.ts';
import {useSession} from '../session/context.ts';
import {Lines} from '../kit/lines.tsx';
import {type Part, partsWidth, rule, spread} from '../kit/line.ts';
import type {Session} from '../session/session.ts';
import {useNow} from '../kit/use-now.ts';
import {useSelected, useStore} from '../kit/use-store.ts';
import {useStatuses} from '../session/use-run.ts';

const clockTime = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit', second: '2-digit'});
const date = new Intl.DateTimeFormat('en-GB', {weekday: 'short', day: 'numeric', month: 'short'});

/** The checks whose source does not answer now. */
function down({app}: Session): readonly string[] {
	return app.checks.flatMap(({id, title}) => {
		const run = app.runs.get(id)?.get();
		return run?.error !== undefined || run?.liveness?.state === 'reconnecting' ? [title.toLowerCase()] : [];
	});
}

/** How old the data of the check on the screen is. */
function age({app}: Session, step: string | undefined, now: number): string {
	const run = step === undefined ? undefined : app.runs.get(step)?.get();
	if (!run?.reading) return 'no data yet';
	if (run.liveness?.state === 'live') return 'data live';
	return `data ${formatAge(now - run.reading.startedAt - run.reading.durationMs)} old`;
}

function place({app, theme}: Session, columns: number): readonly Part[] {
	const dot: Part = {text: ` ${theme.symbols.separator} `, tone: 'dim'};
	const production = isProduction(app.environment);
	const environment: Part = production ? {text: app.environment.name.toUpperCase(), tone: 'strong-red'} : {text: app.environment.name};
	return [
		{text: ' rounds   ', tone: 'dim'},
		{text: app.service.name, tone: 'strong'},
		dot,
		environment,
		...(app.cluster === undefined || columns < 100 ? [] : [dot, {text: app.cluster}]),
	];
}

function facts(session: Session, now: number): readonly (Part & {readonly drop: number})[] {
	const {app} = session;
	const round = app.round.get();
	const {decided, total} = progress(round);
	const dead = down(session);
	return [
		...(dead.length > 0
			? [{text: `down: ${dead.slice(0, 2).join(', ')}${dead.length > 2 ? ` +${dead.length - 2}` : ''}`, tone: 'red' as const, drop: 1}]
			: []),
		...(app.replayOf === undefined
			? []
			: [{text: `replay of ${dayOf(app.replayOf)} ${clockTimeOf(app.replayOf)}`, tone: 'amber' as const, drop: 0}]),
		...(app.demo === undefined ? [] : [{text: `demo ${app.demo}`, tone: 'amber' as const, drop: 4}]),
		...(app.readOnly && app.replayOf === undefined ? [{text: 'read-only', tone: 'amber' as const, drop: 2}] : []),
		{text: pad(age(session, round.steps[round.cursor]?.id, now), 12), tone: 'dim', drop: 7},
		{text: app.operator, drop: 3},
		// Of a past round it is no news.
		{text: `${pad(String(decided), width(String(total)), 'right')} of ${total}`, drop: app.replayOf === undefined ? 0 : 2},
		{text: pad(date.format(now).replace(',', ''), 10, 'right'), drop: 6},
		{text: clockTime.format(now), drop: 0},
		{text: pad(formatAge(walkedFor(round, now)), 9, 'right'), drop: 5},
	];
}

/** The one line that tells where we are, who walks, how far, since when, and what is down; its clock redraws nothing else. */
export function StatusBar() {
	const session = useSession();
	const columns = useSelected(session.ui, (ui) => ui.columns);
	// A source that dies shows at once, not with the next second.
	useStatuses(useStore(session.app.round).steps);
	const now = useNow(session.app.clock, 1000);
	const left = place(session, columns);
	// Where it is tight, two blanks keep the facts apart as well as three.
	const gap = columns < 120 ? 2 : 3;
	let right = facts(session, now);
	const room = columns - partsWidth(left) - 2;
	for (let drop = 7; drop > 0 && partsWidth(right) + right.length * gap > room; drop--) right = right.filter((fact) => fact.drop !== drop);
	const spaced = right.flatMap((fact): readonly Part[] => [{text: ' '.repeat(gap)}, fact]);
	return (
		<Lines
			columns={columns}
			rows={2}
			lines={[spread(session.theme, {left, right: [...spaced, ' ']}, columns), rule(session.theme, columns)]}
		/>
	);
}
