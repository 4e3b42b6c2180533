/** Past anomalies like the one on the screen, as lines. */
import type {Finding} from '../src/checks/check.ts';
import type {Memory} from '../src/memory/memory.ts';
import type {PastAnomaly} from '../src/memory/seen-before.ts';
import type {RoundState, Step} from '../src/round/round.ts';
import {wrapWords} from '../src/terminal/wrap.ts';
import {draw, type Parts, partsWidth} from './primitives/line.ts';
import type {Session} from './session.ts';
import type {Theme} from './theme.ts';

const day = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short'});
const dayAndYear = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short', year: 'numeric'});
const elevenMonths = 334 * 86_400_000;

/** What was found for each finding, until the memory or what is said of it changes. */
const found = new WeakMap<Finding, {readonly memory: Memory; readonly text: string; readonly past: readonly PastAnomaly[]}>();

/** The problem as it is being typed; undefined where it is not. */
function typedProblem({draft}: Pick<RoundState, 'draft'>, step: string): string | undefined {
	return draft?.step === step && draft.field === 'investigation.problem' && draft.text !== '' ? draft.text : undefined;
}

/** Past anomalies like what this check found; none where it found nothing wrong. */
export function seenAt({app}: Pick<Session, 'app'>, step: Step): readonly PastAnomaly[] {
	const finding = app.runs.get(step.id)?.get().finding ?? step.verdict?.finding;
	if (!finding || (finding.status === 'ok' && step.verdict?.kind !== 'anomaly')) return [];
	const memory = app.memory.get();
	const text = typedProblem(app.round.get(), step.id) ?? step.investigation?.problem ?? '';
	const known = found.get(finding);
	if (known?.memory === memory && known.text === text) return known.past;
	const subjects = finding.reasons.filter(({status}) => status !== 'ok').map((reason) => `${reason.subject} ${reason.text}`);
	const past = app.seenBefore({check: step.id, text, subjects: subjects.slice(0, 12), before: app.round.get().startedAt});
	found.set(finding, {memory, text, past});
	return past;
}

function dateOf(at: number, now: number): string {
	return (now - at < elevenMonths ? day : dayAndYear).format(at);
}

/** `serious · cache without a bound · runbook oom-killed`: what came of it. */
function endOf({outcome, cause, runbook, times}: PastAnomaly): string {
	const parts = [outcome ?? 'no outcome told', cause, runbook === undefined ? undefined : `runbook ${runbook}`];
	return [...parts, times === undefined ? undefined : `${times} times`].filter(Boolean).join(' · ');
}

/** On one line where it fits, else what came of it below: that is what one looks for. */
function linesOf(theme: Theme, past: PastAnomaly, {columns, now}: {readonly columns: number; readonly now: number}): readonly string[] {
	const date = `   ${dateOf(past.at, now).padStart(6)}  `;
	const front: Parts = [{text: date, tone: 'dim'}, past.problem.replaceAll(/\s+/g, ' ')];
	const end = `→ ${endOf(past)}`;
	const whole: Parts = [...front, {text: ` ${end}`, tone: 'dim'}];
	if (partsWidth(whole) <= columns) return [draw(theme, whole, columns)];
	const below = wrapWords(end, Math.max(10, columns - date.length)).slice(0, 2);
	return [draw(theme, front, columns), ...below.map((text) => draw(theme, [' '.repeat(date.length), {text, tone: 'dim'}], columns))];
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
		const {outcome = 'no outcome told', cause} = first;
		const more = past.length > 1 ? ` (and ${past.length - 1} more)` : '';
		const text = `${[outcome, cause].filter(Boolean).join(', ')}${more}`;
		return [draw(theme, [{text: ` seen before ${dateOf(first.at, now)}: `, tone: 'dim'}, text], columns)];
	}
	const lines = [draw(theme, [{text: ' Seen before', tone: 'strong'}], columns)];
	for (const one of past) {
		const more = linesOf(theme, one, {columns, now});
		if (lines.length + more.length > rows) break;
		lines.push(...more);
	}
	return lines;
}
