/** What changed since the round before, as the checklist and the finding say it. */
import type {Finding} from '../../src/checks/kit/check.ts';
import {someOf} from '../../src/checks/kit/finding.ts';
import {compare, type Change, isSame, type LastRound, type Since, sinceWhen} from '../../src/ops-log/memory/since-last-round.ts';
import {clockTimeOf} from '../../src/base/times.ts';
import type {Part, Parts} from '../kit/line.ts';
import type {Session} from '../session/session.ts';

/** The comparison of each finding; facts of ten thousand pods are not worked out for every frame. */
const compared = new WeakMap<Finding, {readonly last: LastRound; readonly since: Since | undefined}>();

/** What changed at this check; undefined where nothing can be compared, or not yet. */
export function sinceOf({app}: Pick<Session, 'app'>, id: string): Since | undefined {
	const {last} = app.memory.get();
	const run = app.runs.get(id)?.get();
	if (!last || last === 'none' || !run?.finding) return undefined;
	const known = compared.get(run.finding);
	if (known?.last === last) return known.since;
	const facts = app.checks.find((check) => check.id === id)?.check.facts;
	const since = compare(last.checks.get(id), {
		finding: run.finding,
		facts: run.reading && facts ? facts(run.reading.data) : [],
	});
	compared.set(run.finding, {last, since});
	return since;
}

/** `+1 -2`, `worse`, `better`: a few characters next to a check; none where nothing changed. */
export function sinceMarks(since: Since | undefined): readonly Part[] {
	if (!since) return [];
	const {fresh, gone, worse, better} = since;
	const marks: readonly Part[] = [
		...(fresh.length > 0
			? [{text: ` +${fresh.length}`, tone: fresh.some(({status}) => status === 'critical') ? ('red' as const) : ('amber' as const)}]
			: []),
		...(gone.length > 0 ? [{text: ` -${gone.length}`, tone: 'green' as const}] : []),
	];
	if (marks.length > 0) return marks;
	if (worse.length > 0) return [{text: ' worse', tone: 'amber'}];
	return better.length > 0 ? [{text: ' better', tone: 'green'}] : [];
}

/** The same in one character for the list of marks: `+` for more or worse, `-` for less or better. */
export function sinceSign(since: Since | undefined): Part | undefined {
	const [first] = sinceMarks(since);
	if (!first) return undefined;
	const isMore = first.text.startsWith(' +') || first.text === ' worse';
	return {text: isMore ? '+' : '-', tone: first.tone};
}

const day = new Intl.DateTimeFormat('en-GB', {day: 'numeric', month: 'short'});

/** ` at 07:02`, ` on 18 Nov`; nothing where it is not known. */
function sinceThen({since}: Change, now: number): string {
	if (since === undefined) return '';
	return now - since < 20 * 3_600_000 ? ` at ${clockTimeOf(since)}` : ` on ${day.format(since)}`;
}

const move = ({subject, before, now}: Change) => `${subject} ${before} → ${now}`;

/** `since yesterday   +1 new   -0 gone   image api 1.41.3 → 1.42.0 at 07:02`; empty where there is nothing to say. */
export function sinceParts({app}: Pick<Session, 'app'>, id: string): Parts {
	const {last} = app.memory.get();
	const {steps} = app.round.get();
	if (last === 'none') {
		if (steps[0]?.id !== id) return [];
		return [{text: `No earlier round of ${app.service.name}/${app.environment.name} to compare with`, tone: 'dim'}];
	}
	const since = sinceOf({app}, id);
	if (!last || !since) return [];
	const {fresh, gone, worse, better, changed} = since;
	const finding = app.runs.get(id)?.get().finding;
	const when: Part = {text: `since ${sinceWhen(last.at, app.clock.now())}`, tone: 'dim'};
	if (isSame(since)) return finding?.status === 'ok' ? [] : [when, {text: '   the same', tone: 'dim'}];
	const names = gone.length > 0 ? ` (${someOf(gone.map(({subject}) => subject))})` : '';
	return [
		when,
		{text: `   +${fresh.length} new`, tone: fresh.length > 0 ? 'amber' : 'dim'},
		{text: `   -${gone.length} gone${names}`, tone: gone.length > 0 ? 'green' : 'dim'},
		...worse.map((change): Part => ({text: `   worse: ${move(change)}`, tone: 'amber'})),
		...better.map((change): Part => ({text: `   better: ${move(change)}`, tone: 'green'})),
		...changed.map((change): Part => ({text: `   ${move(change)}${sinceThen(change, app.clock.now())}`})),
	];
}
