/** Past anomalies like the one on the screen, as lines. */
import type {Finding} from '../../src/checks/kit/check.ts';
import type {Memory} from '../../src/ops-log/memory/memory.ts';
import type {PastAnomaly} from '../../src/round/investigation/past-anomaly.ts';
import type {RoundState, Step} from '../../src/round/round.ts';
import {wrapAtMost} from '../../src/base/terminal/wrap.ts';
import {dayOf} from '../../src/base/times.ts';
import type {Investigation} from '../../src/round/investigation/investigation.ts';
import {draw, type Parts, partsWidth} from '../kit/line.ts';
import type {Session} from './session.ts';
import type {Theme} from '../kit/theme.ts';

const day = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short'});
const dayAndYear = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short', year: 'numeric'});
const elevenMonths = 334 * 86_400_000;

/** What was found for each finding and each investigation, until the memory or what is said of it changes. */
const found = new WeakMap<
	Finding | Investigation,
	{readonly memory: Memory; readonly text: string; readonly past: readonly PastAnomaly[]}
>();

/** The problem as it is being typed; undefined where it is not. */
function typedProblem({draft}: Pick<RoundState, 'draft'>, step: string, id?: string): string | undefined {
	return draft?.step === step && draft.investigation === id && draft.field === 'investigation.problem' && draft.text !== ''
		? draft.text
		: undefined;
}

/** Past anomalies like what this check found; none where it found nothing wrong. */
export function seenAt({app}: Pick<Session, 'app'>, step: Step): readonly PastAnomaly[] {
	const finding = app.runs.get(step.id)?.get().finding ?? step.verdict?.finding;
	if (!finding || (finding.status === 'ok' && step.verdict?.kind !== 'anomaly')) return [];
	const text = typedProblem(app.round.get(), step.id) ?? step.investigation?.problem ?? '';
	const subjects = () => finding.reasons.filter(({status}) => status !== 'ok').map((reason) => `${reason.subject} ${reason.text}`);
	return seenLike(app, {of: finding, check: step.id, text, subjects});
}

/** Past anomalies like what is investigated; what else its check found is another matter. */
export function seenAtTriage({app}: Pick<Session, 'app'>, investigation: Investigation): readonly PastAnomaly[] {
	const {step, id, problem, said = '', evidence} = investigation;
	const text = typedProblem(app.round.get(), step, id) ?? (problem || said);
	return seenLike(app, {of: investigation, check: step, text, subjects: () => evidence.map((one) => one.text)});
}

function seenLike(
	app: Session['app'],
	asked: {
		readonly of: Finding | Investigation;
		readonly check: string;
		readonly text: string;
		readonly subjects: () => readonly string[];
	},
): readonly PastAnomaly[] {
	const {of, check, text} = asked;
	const memory = app.memory.get();
	const known = found.get(of);
	if (known?.memory === memory && known.text === text) return known.past;
	const past = app.seenBefore({check, text, subjects: asked.subjects().slice(0, 12), before: app.round.get().startedAt});
	found.set(of, {memory, text, past});
	return past;
}

function dateOf(at: number, now: number): string {
	return (now - at < elevenMonths ? day : dayAndYear).format(at);
}

/** `serious · cache without a bound · runbook oom-killed`: what came of it. */
function endOf({outcome, cause, runbook, times}: PastAnomaly): string {
	const parts = [outcome ?? 'no outcome recorded', cause, runbook === undefined ? undefined : `runbook ${runbook}`];
	return [...parts, times === undefined ? undefined : `${times} times`].filter(Boolean).join(' · ');
}

/** `2026-11-18: api OOMKilled → serious · cache without a bound`: one past anomaly as an answer tells it. */
export function pastWords(past: PastAnomaly): string {
	return `${dayOf(past.at)}: ${past.problem.replaceAll(/\s+/g, ' ').trim()} → ${endOf(past)}`;
}

/** On one line where it fits, else what came of it below: that is what one looks for. */
function linesOf(theme: Theme, past: PastAnomaly, {columns, now}: {readonly columns: number; readonly now: number}): readonly string[] {
	const date = `   ${dateOf(past.at, now).padStart(6)}  `;
	const problem = past.problem.replaceAll(/\s+/g, ' ');
	const front: Parts = [{text: date, tone: 'dim'}, problem];
	const end = `→ ${endOf(past)}`;
	const whole: Parts = [...front, {text: ` ${end}`, tone: 'dim'}];
	if (partsWidth(whole) <= columns) return [draw(theme, whole, columns)];
	const room = Math.max(10, columns - date.length);
	const indent = ' '.repeat(date.length);
	const [first = '', ...more] = wrapAtMost(problem, room, 3);
	return [
		draw(theme, [{text: date, tone: 'dim'}, first], columns),
		...more.map((text) => draw(theme, [indent, text], columns)),
		...wrapAtMost(end, room, 2).map((text) => draw(theme, [indent, {text, tone: 'dim'}], columns)),
	];
}

/** At most `rows` lines: a heading and one each, or all that matters of the first on one line; none where nothing like it is known. */
export function seenLines(
	theme: Theme,
	past: readonly PastAnomaly[],
	{columns, rows, now}: {readonly columns: number; readonly rows: number; readonly now: number},
): readonly string[] {
	const [first] = past;
	if (!first || rows < 1) return [];
	if (rows < 3) {
		const {outcome = 'no outcome recorded', cause} = first;
		const more = past.length > 1 ? ` (and ${past.length - 1} more)` : '';
		const text = `${[outcome, cause].filter(Boolean).join(', ')}${more}`;
		const label = `seen before ${dateOf(first.at, now)}: `;
		return wrapAtMost(label + text, columns - 2, rows).map((line, at) =>
			draw(theme, at === 0 ? [{text: ` ${label}`, tone: 'dim'}, line.slice(label.length)] : [` ${line}`], columns),
		);
	}
	const lines: string[] = [];
	let left = past.length;
	for (const one of past) {
		const more = linesOf(theme, one, {columns, now});
		if (lines.length > 0 && lines.length + more.length >= rows) break;
		lines.push(...more.slice(0, rows - 1));
		left--;
	}
	const others = left > 0 ? `  and ${left} more like it` : '';
	return [
		draw(
			theme,
			[
				{text: ' Seen before', tone: 'strong'},
				{text: others, tone: 'dim'},
			],
			columns,
		),
		...lines,
	];
}
