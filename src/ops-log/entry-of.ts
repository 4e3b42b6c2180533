/** The log entry of a round, made from its verdicts. Pure. */
import {type Announced, announcedAt, announcedOf, announcedWords} from '../round/incident/announced.ts';
import type {LinkedTicket} from '../round/outside/outside-record.ts';
import {needsNote, type RoundState, type Step} from '../round/round.ts';
import {roundStatus, walkedFor} from '../round/round-progress.ts';
import {investigationsOf, ticketsOf} from '../round/investigations.ts';
import {type Investigation, outcomeGuides} from '../round/investigation/investigation.ts';
import {rootCause} from '../triage/questions.ts';
import type {Entry} from './entry.ts';
import {mentionReader} from './mentions.ts';
import {offsetMinutesAt} from '../base/times.ts';

/** Longest note or problem quoted in the line, characters; the record holds the whole. */
const longestQuote = 100;

const graphemes = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/** A quote in one line, short enough for a log. */
function quote(text: string): string {
	const line = text.replaceAll(/\s+/g, ' ').trim();
	if (line.length <= longestQuote) return line;
	let result = '';
	for (const {segment} of graphemes.segment(line)) {
		if (result.length + segment.length > longestQuote - 1) break;
		result += segment;
	}
	return `${result}…`;
}

function bracketed(text: string | undefined): string {
	return text?.trim() ? ` (${quote(text)})` : '';
}

function findingOf(step: Step, announced: string): string {
	const {verdict} = step;
	const name = step.id.replaceAll('-', ' ');
	// Tickets of an anomaly follow the anomaly.
	const tickets = verdict?.kind === 'anomaly' ? '' : announced + ticketLinks(step.tickets ?? []);
	if (!verdict) return `${name} not reviewed${tickets}`;
	if (verdict.kind === 'skipped') return `${name} skipped${bracketed(verdict.note)}${tickets}`;
	const overridden = verdict.kind === 'ok' && needsNote(verdict.finding, 'ok', step);
	return verdict.finding.short + (overridden ? ` ok${bracketed(verdict.note)}` : '') + tickets;
}

/** ` [words](address)`; what would end the link or the anomaly is percent-encoded. */
function linkTo(words: string, url: string): string {
	const safe = url.replaceAll(/[\s();·\\]/gu, (each) =>
		[...Buffer.from(each)].map((byte) => `%${byte.toString(16).padStart(2, '0').toUpperCase()}`).join(''),
	);
	return ` [${words}](${safe})`;
}

function ticketLinks(tickets: readonly Pick<LinkedTicket, 'url'>[]): string {
	return tickets.map(({url}) => linkTo('ticket', url)).join('');
}

/** ` [announced 08:41, resolved 09:12](address)`; only the words if the message has no address. */
function announcement(announced: Announced | undefined, timeZone: string | undefined): string {
	if (!announced) return '';
	const {url} = announced.original.post;
	const words = announcedWords(announced, timeZone);
	return url === undefined ? ` ${words}` : linkTo(words, url);
}

/**
 * `pods: api is killed serious (a cache without a bound)`; the check comes first, so that trends can count by check.
 * The links to the record, once written, and to its tickets follow.
 */
function anomalyOf(step: Step, investigation: Investigation | undefined, links: string): string {
	const {id, verdict} = step;
	const check = id.replaceAll('-', ' ');
	const said = quote(investigation?.problem || verdict?.note || '');
	const what = said === '' ? check : mentionReader([{id, title: check}])(said) === id ? said : `${check}: ${said}`;
	const guide = outcomeGuides.find(({outcome}) => outcome === investigation?.outcome);
	if (!investigation || !guide) return `${what} not triaged${links}`;
	const record = investigation.record === undefined ? '' : ` [record](${investigation.record})`;
	return `${what} ${guide.title}${bracketed(rootCause(investigation))}${record}${links}`;
}

/** One for each investigation of the check that has a problem, and at least one. */
function anomaliesOf(state: RoundState, step: Step, timeZone: string | undefined): readonly string[] {
	const said = investigationsOf(step).filter(({problem}) => problem !== '');
	const ofCheck = announcement(announcedAt(state, step.id), timeZone);
	if (said.length === 0) return [anomalyOf(step, step.investigation, ofCheck + ticketLinks(step.tickets ?? []))];
	const others = ticketsOf(step, undefined);
	// What belongs to no investigation goes to the first one: people look for the check's tickets in this line.
	const nobodys = said.every((one) => announcedOf(state, one) === undefined) ? ofCheck : '';
	return said.map((investigation, index) => {
		const tickets = ticketLinks([...ticketsOf(step, investigation), ...(index === 0 ? others : [])]);
		const announced = announcement(announcedOf(state, investigation), timeZone) || (index === 0 ? nobodys : '');
		return anomalyOf(step, investigation, announced + tickets);
	});
}

/** The log entry if the round ends at `now` (epoch milliseconds); `timeZone` is the operator's, the machine's by default. */
export function entryOf(state: RoundState, {now, timeZone}: {readonly now: number; readonly timeZone?: string}): Entry {
	return {
		at: Math.floor(now / 60_000) * 60_000,
		offsetMinutes: offsetMinutesAt(now, timeZone),
		service: state.service,
		environment: state.environment,
		operator: state.operators.at(-1) ?? '',
		status: roundStatus(state),
		findings: state.steps.map((step) => findingOf(step, announcement(announcedAt(state, step.id), timeZone))),
		anomalies: state.steps.filter(({verdict}) => verdict?.kind === 'anomaly').flatMap((step) => anomaliesOf(state, step, timeZone)),
		walkedMs: Math.floor(walkedFor(state, now) / 1000) * 1000,
	};
}
