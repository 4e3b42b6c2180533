/** The record of a round as a report for people. Pure. */
import {formatMs} from '../base/figures.ts';
import {paintStatus} from '../checks/kit/check-report.ts';
import {outcomeGuides} from '../round/investigation/investigation.ts';
import {rootCause} from '../triage/questions.ts';
import {sanitize} from '../base/terminal/sanitize.ts';
import {pad, width} from '../base/terminal/width.ts';
import {formatStamp, offsetMinutesAt} from '../base/times.ts';
import type {Step} from '../round/round.ts';
import type {RoundRecord} from './record-file.ts';

function wordsOf({verdict, notes, investigation}: Step): readonly string[] {
	const reasons = verdict?.finding.reasons.filter(({status}) => status !== 'ok') ?? [];
	const guide = outcomeGuides.find(({outcome}) => outcome === investigation?.outcome);
	const cause = investigation && rootCause(investigation);
	return [
		...reasons.map(({subject, text}) => `${subject}: ${text}`),
		...(verdict?.note ? [`${verdict.kind}: ${verdict.note}`] : []),
		...notes.map(({operator, text}) => `note by ${operator}: ${text}`),
		...(investigation?.problem ? [`problem: ${investigation.problem}`] : []),
		...(cause ? [`cause: ${cause}`] : []),
		...(guide ? [`outcome: ${guide.title}`] : []),
		...(investigation?.followUp ? [`follow-up: ${investigation.followUp}`] : []),
	];
}

/** Head, one paragraph per check with what was decided and why, and the entry; every line ends with a line break. */
export function recordText({round, entry}: RoundRecord, {colour}: {readonly colour: boolean}): string {
	const {service, environment, operators, startedAt, closedAt, steps, pins} = round;
	const ids = Math.max(8, ...steps.map(({id}) => width(sanitize(id))));
	const indent = ' '.repeat(2 + 10 + ids + 2);
	const took = closedAt === undefined ? 'not closed' : formatMs(closedAt - startedAt);
	const stamp = formatStamp({at: startedAt, offsetMinutes: offsetMinutesAt(startedAt)});
	const lines = [`${sanitize(`${service}/${environment} · ${operators.join(', ')}`)} · ${stamp} · ${took}`, ''];
	for (const step of steps) {
		const {verdict} = step;
		const word = (verdict?.finding.status ?? 'unknown').padEnd(10);
		const shown = colour ? paintStatus(verdict?.finding.status ?? 'unknown', word) : word;
		const said = verdict ? `${verdict.finding.summary} (${verdict.kind})` : 'not reviewed';
		lines.push(`  ${shown}${pad(sanitize(step.id), ids)}  ${sanitize(said)}`, ...wordsOf(step).map((text) => indent + sanitize(text)));
	}
	if (pins.length > 0) lines.push('', 'pinned', ...pins.map(({text}) => `  ${sanitize(text)}`));
	if (entry !== '') lines.push('', sanitize(entry));
	return `${lines.join('\n')}\n`;
}
