/** Trends of the ops log: how many rounds, their status, and recurring problems. Pure. */
import {steady} from '../../base/steady.ts';
import {type Status, statuses} from '../../base/status.ts';
import type {Entry} from '../entry.ts';
import {anomalyReader, type KnownCheck} from '../mentions.ts';
import type {TriageTimes} from './triage-times.ts';

const dayMs = 86_400_000;
const minuteMs = 60_000;
/** Days. */
const shortestMonth = 28;
/** A problem that occurs this often is recurring. */
const recurs = 3;
/** Weeks in the line of anomalies per week: half a year. */
const shownWeeks = 26;

export interface Count {
	readonly name: string;
	readonly count: number;
}

export interface Recurring {
	readonly check: string;
	/** The newest wording of the problem. */
	readonly subject: string;
	readonly count: number;
	/** Calendar days, oldest first, each once. */
	readonly days: readonly string[];
}

export interface Trends {
	/** First and last day with a round, `2026-11-20`, as the operators' clocks showed them. */
	readonly from: string;
	readonly to: string;
	readonly rounds: number;
	/** Services of the rounds, `checkout/production`, most frequent first. */
	readonly services: readonly Count[];
	/** Every week from the first to the last, oldest first, also those without a round; `monday` is its first day. */
	readonly weeks: readonly {readonly monday: string; readonly rounds: number}[];
	/** Mondays to Fridays without a round, from the first one up to yesterday or the end of the period. */
	readonly daysWithout: readonly string[];
	readonly anomalies: number;
	/** Most frequent first; `not named` if a line does not say. */
	readonly anomaliesByCheck: readonly Count[];
	readonly anomaliesByOutcome: readonly Count[];
	/** Most frequent first. */
	readonly recurring: readonly Recurring[];
	readonly statuses: Readonly<Record<Status, number>>;
	/** One per round, oldest first. */
	readonly statusOverTime: readonly {readonly day: string; readonly status: Status}[];
	/** Mean time of a round, milliseconds. */
	readonly meanWalkedMs: number;
	/** Per check, most frequent first: anomalies in each of the newest weeks, oldest first. */
	readonly anomaliesByWeek: readonly {readonly name: string; readonly counts: readonly number[]}[];
	/** Triage times from records; absent if there are none. */
	readonly triage?: {
		/** Anomalies that the means are of. */
		readonly anomalies: number;
		/** From the start of the round to the start of triage, milliseconds. */
		readonly meanAcknowledgedMs: number;
		/** From there to its end; absent if all are open. */
		readonly meanResolvedMs?: number;
		/** The newest records, which the means are of, and how many there are in all. */
		readonly records: number;
		readonly allRecords: number;
	};
}

export interface TrendsInput {
	/** In any order; those that no rounds (`rounds log add`) are left out. */
	readonly entries: readonly Entry[];
	readonly checks: readonly KnownCheck[];
	/** Epoch milliseconds; days after it are not over yet. */
	readonly until: number;
	/** Minutes east of UTC of the clock by which `until` ends a day. */
	readonly offsetMinutes: number;
	/** Triage times from the records, if any. */
	readonly times?: TriageTimes;
}

/** Days since 1970 on the operator's own calendar. */
function dayNumber({at, offsetMinutes}: Pick<Entry, 'at' | 'offsetMinutes'>): number {
	return Math.floor((at + offsetMinutes * minuteMs) / dayMs);
}

const two = (value: number) => (value < 10 ? `0${value}` : String(value));

/** `2026-11-20`. */
function dayText(day: number): string {
	const date = new Date(day * dayMs);
	const year = date.getUTCFullYear();
	// As toISOString, but four times as fast: a log may have a new day in every line.
	if (year < 1000 || year > 9999) return date.toISOString().slice(0, -14);
	return `${year}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
}

/** Fast for repeated and consecutive days: most lines are in the month of the line before. */
function dayTexts(): (day: number) => string {
	let [first, month, text] = [Number.NaN, '', ''];
	let last = Number.NaN;
	return (day) => {
		if (day === last) return text;
		last = day;
		// Every month has these days; later days are computed again.
		if (day > first && day < first + shortestMonth) return (text = month + two(day - first + 1));
		text = dayText(day);
		month = text.slice(0, -2);
		first = day - Number(text.slice(-2)) + 1;
		return text;
	};
}

/** 0 is Monday; 1 January 1970 was a Thursday. */
function weekday(day: number): number {
	return (((day + 3) % 7) + 7) % 7;
}

/** The words that make two problems the same: without pod names, numbers and times. */
export function sameness(problem: string): string {
	return steady(problem)
		.replaceAll(/[^\p{L}#]+/gu, ' ')
		.trim();
}

function add(counts: Map<string, number>, name: string): void {
	counts.set(name, (counts.get(name) ?? 0) + 1);
}

function counted(names: readonly string[]): ReadonlyMap<string, number> {
	const counts = new Map<string, number>();
	for (const name of names) add(counts, name);
	return counts;
}

/** By their characters: the rules of a language take longer to load than the log to count. */
const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function ranked(counts: ReadonlyMap<string, number>): readonly Count[] {
	return [...counts].map(([name, count]) => ({name, count})).sort((a, b) => b.count - a.count || order(a.name, b.name));
}

function weeksOf(days: readonly number[]): Trends['weeks'] {
	const counts = new Map<number, number>();
	for (const day of days) counts.set(day - weekday(day), (counts.get(day - weekday(day)) ?? 0) + 1);
	const [first, last] = [Math.min(...counts.keys()), Math.max(...counts.keys())];
	return Array.from({length: (last - first) / 7 + 1}, (_, index) => {
		const monday = first + index * 7;
		return {monday: dayText(monday), rounds: counts.get(monday) ?? 0};
	});
}

function daysWithout(walked: ReadonlySet<number>, {first, end}: {readonly first: number; readonly end: number}): readonly string[] {
	const result: string[] = [];
	for (let day = first; day < end; day++) {
		if (weekday(day) < 5 && !walked.has(day)) result.push(dayText(day));
	}
	return result;
}

function anomaliesOf(
	rounds: readonly Entry[],
	{checks, textOf}: {readonly checks: readonly KnownCheck[]; readonly textOf: (day: number) => string},
) {
	const read = anomalyReader(checks);
	const byCheck = new Map<string, number>();
	const byOutcome = new Map<string, number>();
	const byWeek = new Map<string, Map<number, number>>();
	const problems = new Map<string, {check: string; subject: string; count: number; days: string[]}>();
	for (const entry of rounds) {
		const number = dayNumber(entry);
		const [day, monday] = [textOf(number), number - weekday(number)];
		for (const text of entry.anomalies) {
			const {check = 'not named', problem, outcome = 'not named'} = read(text, entry);
			add(byCheck, check);
			add(byOutcome, outcome);
			const weeks = byWeek.get(check) ?? new Map<number, number>();
			byWeek.set(check, weeks.set(monday, (weeks.get(monday) ?? 0) + 1));
			const key = `${check}\n${sameness(problem)}`;
			const known = problems.get(key) ?? {check, subject: problem, count: 0, days: []};
			known.subject = problem;
			known.count++;
			if (known.days.at(-1) !== day) known.days.push(day);
			problems.set(key, known);
		}
	}
	const recurring: Recurring[] = [...problems.values()].filter(({count}) => count >= recurs);
	const last = rounds.reduce((most, entry) => Math.max(most, dayNumber(entry)), Number.NEGATIVE_INFINITY);
	const newest = last - weekday(last);
	const mondays = Array.from({length: shownWeeks}, (_, index) => newest - (shownWeeks - 1 - index) * 7);
	return {
		anomaliesByCheck: ranked(byCheck),
		anomaliesByWeek: ranked(byCheck).map(({name}) => ({name, counts: mondays.map((monday) => byWeek.get(name)?.get(monday) ?? 0)})),
		anomaliesByOutcome: ranked(byOutcome),
		recurring: recurring.sort((a, b) => b.count - a.count || order(b.days.at(-1) ?? '', a.days.at(-1) ?? '')),
	};
}

const mean = (values: readonly number[]) => Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);

function triageOf({times, read, all}: TriageTimes): Pick<Trends, 'triage'> {
	if (times.length === 0) return {};
	const resolved = times.flatMap(({resolvedMs}) => resolvedMs ?? []);
	const meanAcknowledgedMs = mean(times.map(({acknowledgedMs}) => acknowledgedMs));
	const means = {meanAcknowledgedMs, ...(resolved.length > 0 ? {meanResolvedMs: mean(resolved)} : {})};
	return {triage: {anomalies: times.length, ...means, records: read, allRecords: all}};
}

/** Undefined if there is no round. */
export function trends({entries, checks, until, offsetMinutes, times}: TrendsInput): Trends | undefined {
	const rounds = entries.filter(({walkedMs}) => walkedMs > 0).sort((a, b) => a.at - b.at);
	if (rounds.length === 0) return undefined;
	const days = rounds.map(dayNumber);
	// A round may be dated after `until` only by a clock that is ahead.
	const first = days.reduce((least, day) => Math.min(least, day));
	const last = days.reduce((most, day) => Math.max(most, day));
	const textOf = dayTexts();
	const statusOverTime = rounds.map((entry) => ({day: textOf(dayNumber(entry)), status: entry.status}));
	const count = (status: Status) => rounds.filter((entry) => entry.status === status).length;
	return {
		from: dayText(first),
		to: dayText(last),
		rounds: rounds.length,
		services: ranked(counted(rounds.map(({service, environment}) => `${service}/${environment}`))),
		weeks: weeksOf(days),
		daysWithout: daysWithout(new Set(days), {first, end: dayNumber({at: until, offsetMinutes})}),
		anomalies: rounds.reduce((sum, {anomalies}) => sum + anomalies.length, 0),
		...anomaliesOf(rounds, {checks, textOf}),
		statuses: Object.fromEntries(statuses.map((status) => [status, count(status)])) as Record<Status, number>,
		statusOverTime,
		meanWalkedMs: mean(rounds.map(({walkedMs}) => walkedMs)),
		...(times ? triageOf(times) : {}),
	};
}
