/** The finding as lines: the thing to decide with its reason, at the centre of the screen. Pure. */
import {guideOf} from '../../src/round/investigation/investigation.ts';
import type {untoldOutage} from '../../src/round/incident/lead-in.ts';
import {type Announced, announcedWords} from '../../src/round/incident/announced.ts';
import {rootCause} from '../../src/triage/questions.ts';
import type {CheckRun, Finding, Reason} from '../../src/checks/kit/check.ts';
import {formatAge} from '../../src/base/figures.ts';
import type {Step, Suggestion} from '../../src/round/round.ts';
import {sanitize} from '../../src/base/terminal/sanitize.ts';
import {pad, truncate, width} from '../../src/base/terminal/width.ts';
import {wrapWords} from '../../src/base/terminal/wrap.ts';
import {draw, type Part, partsWidth, type Parts, spread} from '../kit/line.ts';
import {markOf, statusTones, type Theme, type Tone} from '../kit/theme.ts';

export interface FindingLook {
	readonly theme: Theme;
	readonly columns: number;
	/** Most lines it may take. */
	readonly rows: number;
	readonly now: number;
	/** A past round: nothing is decided any more. */
	readonly past?: boolean;
}

const clockTime = new Intl.DateTimeFormat('en-GB', {hour: '2-digit', minute: '2-digit'});
const verdictTones = {ok: 'green', anomaly: 'red', skipped: 'amber'} as const;

/** What is at the right: the suggestion with its key, or the verdict given. */
function verdictParts(step: Step, suggestion: Suggestion, {past = false}: Pick<FindingLook, 'past'>): Parts {
	const {verdict} = step;
	if (verdict)
		return [
			{text: 'verdict: ', tone: 'dim'},
			{text: verdict.kind, tone: verdictTones[verdict.kind]},
			{text: ` ${clockTime.format(verdict.at)}${past ? '' : ' (u undo)'}`, tone: 'dim'},
		];
	if (step.byEye) return [{text: 'needs your verdict: ', tone: 'dim'}, 'a OK, x anomaly'];
	if (suggestion.verdict === undefined) return [];
	return [{text: 'suggested: ', tone: 'dim'}, {text: suggestion.verdict, tone: 'strong'}, ' (a)'];
}

function headline(finding: Finding, right: Parts, {theme, columns}: FindingLook): readonly string[] {
	const tone: Tone = statusTones[finding.status];
	const status: readonly Part[] = [
		{text: ` ${markOf(theme, finding.status)} `, tone},
		{text: `${finding.status}   `, tone},
	];
	const room = columns - partsWidth(status) - 1;
	const summary = wrapWords(finding.summary, room);
	const first = [...status, {text: summary[0] ?? '', tone: 'strong' as const}];
	if (summary.length === 1 && partsWidth(first) + partsWidth(right) + 3 <= columns)
		return [spread(theme, {left: first, right: [...right, ' ']}, columns)];
	const indent = ' '.repeat(partsWidth(status));
	const rest = summary.slice(1, 3).map((line): Parts => [indent, {text: line, tone: 'strong'}]);
	const last = rest.at(-1) ?? [indent];
	// The verdict is at the right of the last line where it fits, else on a line of its own.
	const closing =
		rest.length > 0 && partsWidth(last) + partsWidth(right) + 3 <= columns
			? [...rest.slice(0, -1).map((line) => draw(theme, line, columns)), spread(theme, {left: last, right: [...right, ' ']}, columns)]
			: [...rest.map((line) => draw(theme, line, columns)), ...(right.length > 0 ? [draw(theme, [indent, ...right], columns)] : [])];
	return [draw(theme, first, columns), ...closing];
}

/** Columns that the subjects of these reasons share. */
function widestSubject(reasons: readonly Reason[], columns: number): number {
	return Math.min(26, Math.floor(columns / 3), Math.max(0, ...reasons.map(({subject}) => width(sanitize(subject)))));
}

/** Mark, subject and what of its text is next to it. */
function reasonParts(
	{status, subject: name, apart}: Reason,
	{subject, text}: {readonly subject: number; readonly text: string},
	theme: Theme,
): Parts {
	const label = pad(truncate(sanitize(name), subject, theme.symbols.ellipsis), subject);
	const mark: Part = apart ? {text: theme.symbols.waiting} : {text: markOf(theme, status), tone: statusTones[status]};
	return ['   ', mark, ' ', label, '  ', text];
}

/** One reason on `lines` lines, one or two; what does not fit ends in an ellipsis. */
function reasonDrawn(
	reason: Reason,
	{subject, lines}: {readonly subject: number; readonly lines: 1 | 2},
	{theme, columns}: FindingLook,
): readonly string[] {
	const indent = 5 + subject + 2;
	const [first = '', ...rest] = lines === 1 ? [reason.text] : wrapWords(reason.text, columns - indent - 1);
	return [
		draw(theme, reasonParts(reason, {subject, text: first}, theme), columns - 1),
		...(rest.length > 0 ? [draw(theme, [' '.repeat(indent), rest.join(' ')], columns - 1)] : []),
	];
}

function reasonLines(reasons: readonly Reason[], rows: number, look: FindingLook): readonly string[] {
	if (rows <= 0) return [];
	const {theme, columns} = look;
	const [worst, ...others] = reasons;
	// A count alone would say nothing.
	if (rows === 1 && worst && others.length > 0) {
		const left = reasonParts(worst, {subject: widestSubject([worst], columns), text: worst.text}, theme);
		return [spread(theme, {left, right: [{text: `and ${others.length} more `, tone: 'dim'}]}, columns)];
	}
	const shown = reasons.length > rows ? reasons.slice(0, rows - 1) : reasons;
	const more = reasons.length - shown.length;
	const subject = widestSubject(shown, columns);
	// Lines beyond one for each reason go to the first ones, which weigh most.
	let spare = rows - shown.length - (more > 0 ? 1 : 0);
	const lines = shown.flatMap((reason) => {
		const drawn = reasonDrawn(reason, {subject, lines: spare > 0 ? 2 : 1}, look);
		spare -= drawn.length - 1;
		return drawn;
	});
	return more > 0 ? [...lines, draw(theme, [{text: `     and ${more} more`, tone: 'dim'}], columns)] : lines;
}

const untoldWords = {
	'not-announced': 'Not announced. Press A to announce this outage.',
	doubtful: 'Delivery unknown. Check the channel before you resend.',
} as const;

interface Told {
	readonly announced?: Announced | undefined;
	readonly untold?: ReturnType<typeof untoldOutage>;
}

/** What was said about this step already: override or skip reason, notes, how far its triage is. */
function wordsOn(
	{verdict, notes, investigation, tickets = []}: Step,
	{announced, untold}: Told,
	{theme, columns, past = false}: FindingLook,
): readonly string[] {
	const line = (name: string, text: string) => draw(theme, [{text: `   ${name} `, tone: 'dim'}, text], columns - 1);
	const last = notes.at(-1);
	const triage =
		investigation?.closedAt === undefined
			? 'not finished: press i to continue'
			: [guideOf(investigation.outcome)?.title, rootCause(investigation)].filter(Boolean).join(', ');
	return [
		...(verdict?.note === undefined ? [] : [line('why', verdict.note)]),
		...(last ? [line(notes.length > 1 ? `note ${notes.length}` : 'note', last.text)] : []),
		...(investigation && verdict?.kind === 'anomaly' ? [line('triage', triage)] : []),
		...(announced ? [line(announcedWords(announced), announced.original.post.url ?? announced.original.system)] : []),
		...(untold && !past ? [draw(theme, [{text: `   ${untoldWords[untold]}`, tone: 'amber'}], columns - 1)] : []),
		...tickets.slice(-1).map(({url}) => line(tickets.length > 1 ? `ticket ${tickets.length}` : 'ticket', url)),
	];
}

/** Where the finding is in doubt: stale, failing, reconnecting; and when it is asked again. */
export function troubleOf(run: CheckRun, now: number): Part | undefined {
	// What is cut on a narrow screen is the end: when it is asked again is nowhere else, what happened does.
	const again =
		run.nextAt === undefined ? '' : run.nextAt <= now ? 'asking again now' : `asking again in ${formatAge(run.nextAt - now)} (R now)`;
	if (run.error) {
		const stale = run.reading && `stale, ${formatAge(now - run.reading.startedAt)} old`;
		const known = run.finding?.summary === run.error.message ? '' : run.error.message;
		return {text: [[stale, again].filter(Boolean).join(', '), known].filter(Boolean).join(': '), tone: 'amber'};
	}
	if (run.liveness?.state === 'reconnecting') {
		const {since, error, retryAt} = run.liveness;
		return {
			text: `reconnecting for ${formatAge(now - since)}: ${error}, next try in ${formatAge(Math.max(0, retryAt - now))}`,
			tone: 'amber',
		};
	}
	return undefined;
}

/** The lines of a step's finding; words for every state, also before there is one. */
export function findingLines(
	of: {
		readonly step: Step;
		readonly run: CheckRun | undefined;
		readonly suggestion: Suggestion;
		readonly source: string;
		readonly askedFor: number;
		/** What changed since the round before; empty where there is nothing to say. */
		readonly since?: Parts;
		/** What was announced about it, and whether there is an outage that no one was told of. */
		readonly told?: Told;
	},
	look: FindingLook,
): readonly string[] {
	const {step, run, suggestion, source, askedFor, since = [], told = {}} = of;
	const {theme, columns} = look;
	if (!run?.finding) {
		const text = run?.phase === 'running' ? `asking ${source} for ${formatAge(askedFor)}` : `waiting for ${source}`;
		const decided = step.verdict ? verdictParts(step, suggestion, look) : [{text: 'Press s to skip it.', tone: 'dim' as const}];
		return [spread(theme, {left: [{text: ` ${theme.symbols.waiting} `, tone: 'dim'}, text], right: [...decided, ' ']}, columns)];
	}
	const head = headline(run.finding, verdictParts(step, suggestion, look), look);
	const words = [...(since.length > 0 ? [draw(theme, ['   ', ...since], columns - 1)] : []), ...wordsOn(step, told, look)];
	// A reason that only repeats the headline says nothing.
	const telling = run.finding.reasons.filter(({text}) => text !== run.finding?.summary);
	// What is fine is told twice at most: the eye is to find what is not.
	const fine = telling.filter(({status}) => status === 'ok').slice(0, 2);
	const reasons = telling.filter((reason) => reason.status !== 'ok' || fine.includes(reason));
	return [...head, ...reasonLines(reasons, look.rows - head.length - words.length, look), ...words].slice(0, look.rows);
}
