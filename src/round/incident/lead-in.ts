/** From an investigation to its announcement: whether one is due, and how the form is prefilled. Pure. */
import {doubtful} from '../ledger.ts';
import {investigationsOf} from '../investigations.ts';
import type {RoundState, Step} from '../round.ts';
import {parseMoment} from '../../base/moment.ts';
import {formatStamp, offsetMinutesAt} from '../../base/times.ts';
import {idOf, type Investigation, outageAsk} from '../investigation/investigation.ts';
import {announcedOf} from './announced.ts';
import {type Announcement, oneLine} from './announcement.ts';
import {announceId} from '../outside/post.ts';

const day = 86_400_000;

/** True if the operator called it an outage. */
export function isOutage({outcome, answers}: Pick<Investigation, 'outcome' | 'answers'>): boolean {
	return outcome === 'serious' && answers?.[outageAsk.id] === outageAsk.yes;
}

/** True for an outage that is not announced yet. */
export function leadsToAnnouncing(round: Pick<RoundState, 'outside'>, investigation: Investigation): boolean {
	return isOutage(investigation) && announcedOf(round, investigation) === undefined;
}

/** Whether an outage of the check is still to be announced: `not-announced`, or `doubtful` if it may have been sent. Undefined if all are announced. */
export function untoldOutage(round: Pick<RoundState, 'outside'>, step: Step): 'not-announced' | 'doubtful' | undefined {
	const untold = investigationsOf(step).filter((one) => leadsToAnnouncing(round, one));
	if (untold.length === 0) return undefined;
	const ids = untold.map((one) => announceId(step.id, {investigation: idOf(one)}));
	return doubtful(round).some(({id}) => ids.includes(id)) ? 'doubtful' : 'not-announced';
}

/** A local time with its zone, as an announcement shows it. */
export function zonedTime(at: number, timeZone?: string): string {
	return formatStamp({at, offsetMinutes: offsetMinutesAt(at, timeZone)});
}

/** The time in an answer such as `since 08:31`, epoch milliseconds; undefined if there is none, or one in the future. */
function saidTime(answer: string, now: number): number | undefined {
	const text = answer.trim().replace(/^(?:since|from|at|about|around|ca\.?|~)\s*/i, '');
	const at = parseMoment(text, {now, near: now, utc: false});
	return typeof at === 'number' && at <= now ? at : undefined;
}

/**
 * When the incident began, epoch milliseconds: the operator's answer; else the earliest start or sighting in the last day;
 * else when the investigation was opened.
 * @param began When the pinned evidence began, if its system says so: alerts.
 */
function beginningOf({answers, evidence, openedAt}: Investigation, began: readonly number[], now: number): number {
	const said = saidTime(answers?.['when'] ?? '', now);
	if (said !== undefined) return said;
	const seen = [...began, ...evidence.map(({at}) => at)].filter((at) => at > now - day && at <= now);
	return Math.min(openedAt, ...seen);
}

/** `payment ends in an error (all who pay by card, about 40)`. */
function impactOf({answers, followUp = '', outcome}: Investigation): string {
	if (outcome !== 'serious') return '';
	const said = (id: string) => oneLine(answers?.[id] ?? '');
	const who = [oneLine(followUp), said('serious.how-many')].filter(Boolean).join(', ');
	const how = said('serious.how');
	return who === '' || how === '' ? how || who : `${how} (${who})`;
}

export interface ProposalContext {
	readonly operator: string;
	/** Epoch milliseconds. */
	readonly now: number;
	/** IANA; the machine's by default. */
	readonly timeZone?: string;
	/** When the pinned evidence began, if its system says so; epoch milliseconds. */
	readonly began?: readonly number[];
}

/** The announcement as an investigation proposes it. */
export function proposalOf(investigation: Investigation, {operator, now, timeZone, began = []}: ProposalContext): Announcement {
	return {
		from: zonedTime(beginningOf(investigation, began, now), timeZone),
		userImpact: impactOf(investigation),
		what: oneLine(investigation.problem || investigation.said || investigation.evidence[0]?.text || ''),
		communicationsOwner: operator,
	};
}

/** The announcement of a row without an investigation: the affected users are not known yet. */
export function proposalOfRow(said: string, {operator, now, timeZone, began = []}: ProposalContext): Announcement {
	const known = began.filter((at) => at > now - day && at <= now);
	return {from: zonedTime(Math.min(now, ...known), timeZone), userImpact: '', what: oneLine(said), communicationsOwner: operator};
}
