/** What is new, gone, worse and better since the last round, per check. Pure. */
import {formatMs, formatNumber, formatPercent} from '../../base/figures.ts';
import type {Fact, Finding, Reason} from '../../checks/kit/check.ts';
import {withoutPodHashes} from '../../base/steady.ts';
import {byUrgency} from '../../base/status.ts';
import {clockTimeOf, dayOf} from '../../base/times.ts';

/** The result and facts of a check at one time. */
export interface Said {
	readonly finding: Finding;
	readonly facts: readonly Fact[];
}

/** The newest record of the same service and environment. */
export interface LastRound {
	readonly id: string;
	/** When it ended, epoch milliseconds. */
	readonly at: number;
	readonly checks: ReadonlyMap<string, Said>;
}

export interface Change {
	/** `image api`, `5xx`, a reason's subject. */
	readonly subject: string;
	/** Short: a status, a figure, a version. */
	readonly before: string;
	readonly now: string;
	/** Since when, epoch milliseconds, if known. */
	readonly since?: number;
}

export interface Since {
	readonly fresh: readonly Reason[];
	readonly gone: readonly Reason[];
	readonly worse: readonly Change[];
	readonly better: readonly Change[];
	/** Versions that changed. */
	readonly changed: readonly Change[];
}

const dayMs = 86_400_000;

/** A number changed if the change is this share of it, and larger than its normal variation. */
const moved = 0.5;
const leastMove = {ratio: 0.002, ms: 100, count: 5} as const;

/** A pod's name without the part that changes with every deploy. */
const stem = (subject: string) => withoutPodHashes(subject).toLowerCase();

const isTrouble = ({status, subject}: Reason) => status !== 'ok' && subject !== 'more';

/** A check that did not run says nothing about what is new or gone. */
function wasMade({status, reasons}: Finding): boolean {
	return status !== 'unknown' || reasons.some((reason) => reason.status !== 'unknown' && isTrouble(reason));
}

/** Pairs equal reasons of then and now by `key`; the others stay in their lists. */
function pairs(then: Reason[], now: Reason[], key: (subject: string) => string): readonly (readonly [Reason, Reason])[] {
	const result: (readonly [Reason, Reason])[] = [];
	for (const reason of now.slice()) {
		const index = then.findIndex(({subject}) => key(subject) === key(reason.subject));
		const before = then[index];
		if (!before) continue;
		then.splice(index, 1);
		now.splice(now.indexOf(reason), 1);
		result.push([before, reason]);
	}
	return result;
}

function figure(value: number, unit: Fact['unit']): string {
	if (unit === 'ratio') return formatPercent(value);
	return unit === 'ms' ? formatMs(value) : formatNumber(Math.round(value));
}

function movedBy(before: number, now: number, unit: Fact['unit']): 'worse' | 'better' | undefined {
	const step = leastMove[unit ?? 'count'];
	if (now - before > Math.max(step, before * moved)) return 'worse';
	return before - now > Math.max(step, now * moved) ? 'better' : undefined;
}

/** Whether a reason already mentions the fact: `password reset` of `blocks password_reset`. */
function speaksOf({subject}: Pick<Reason, 'subject'>, fact: Fact): boolean {
	return fact.id.replaceAll('_', ' ').toLowerCase().includes(subject.toLowerCase());
}

/** Undefined if one of the two did not run: then there is nothing to compare. */
export function compare(before: Said | undefined, now: Said): Since | undefined {
	if (!before || !wasMade(before.finding) || !wasMade(now.finding)) return undefined;
	const then = before.finding.reasons.filter(isTrouble);
	const fresh = now.finding.reasons.filter(isTrouble);
	const same = [...pairs(then, fresh, (subject) => subject), ...pairs(then, fresh, stem)];
	const worse: Change[] = [];
	const better: Change[] = [];
	for (const [was, is] of same) {
		const order = byUrgency(is.status, was.status);
		if (order !== 0) (order < 0 ? worse : better).push({subject: is.subject, before: was.status, now: is.status});
	}
	const told = [...fresh, ...then, ...worse, ...better];
	const changed: Change[] = [];
	const facts = new Map(before.facts.map((fact) => [fact.id, fact]));
	const troubled = before.finding.status !== 'ok' || now.finding.status !== 'ok';
	for (const fact of now.facts) {
		const was = facts.get(fact.id);
		if (!was || was.value === fact.value) continue;
		if (typeof fact.value !== 'number' || typeof was.value !== 'number') {
			const since = fact.since === undefined || fact.since < (was.since ?? Number.NEGATIVE_INFINITY) ? {} : {since: fact.since};
			changed.push({subject: fact.id, before: String(was.value), now: String(fact.value), ...since});
			continue;
		}
		const way = troubled && !told.some((one) => speaksOf(one, fact)) ? movedBy(was.value, fact.value, fact.unit) : undefined;
		const change = {subject: fact.id, before: figure(was.value, fact.unit), now: figure(fact.value, fact.unit)};
		if (way) (way === 'worse' ? worse : better).push(change);
	}
	return {fresh, gone: then, worse, better, changed};
}

/** True if the two mornings are alike. */
export function isSame({fresh, gone, worse, better, changed}: Since): boolean {
	return [fresh, gone, worse, better, changed].every((list) => list.length === 0);
}

/** `yesterday`, `08:31 today`, `Thu 12 Nov` of when the round before was. */
export function sinceWhen(at: number, now: number, timeZone?: string): string {
	const day = dayOf(at, timeZone);
	if (day === dayOf(now, timeZone)) return `${clockTimeOf(at, timeZone)} today`;
	if (day === dayOf(now - dayMs, timeZone)) return 'yesterday';
	return new Intl.DateTimeFormat('en-GB', {weekday: 'short', day: 'numeric', month: 'short', timeZone}).format(at).replace(',', '');
}
