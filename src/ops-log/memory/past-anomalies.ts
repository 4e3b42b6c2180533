/** Every anomaly in the ops log and its records, read in the background: the screen does not wait for it. */
import {join} from 'node:path';
import type {PastAnomaly} from '../../round/investigation/past-anomaly.ts';
import {investigationsOf} from '../../round/investigations.ts';
import {outcomeGuides} from '../../round/investigation/investigation.ts';
import {rootCause} from '../../triage/questions.ts';
import {handReader} from '../by-hand.ts';
import {readError} from '../../base/file-error.ts';
import {anomalyReader, type KnownCheck} from '../mentions.ts';
import {readLog} from '../read-log-file.ts';
import type {RoundRecord} from '../record-file.ts';
import {readHead} from '../record-head-file.ts';
import {recordNames} from '../record-names-file.ts';
import {parseRecord} from '../records-file.ts';
import {eachItem, type LogItem} from '../history/search-log.ts';

export interface PastOptions {
	/** The ops log's file. */
	readonly log: string;
	/** Of the records. */
	readonly directory: string;
	readonly checks: readonly KnownCheck[];
	readonly signal: AbortSignal;
	/** Called with one sentence if the log could not be read to its end: then an empty result proves nothing. */
	readonly unread?: (why: string) => void;
}

/** The newest records say more than their lines. For older rounds the line is enough. */
const mostRecords = 400;
/** Longest text that is kept. */
const longest = 300;

/** A turn for the keys, between two slices of a few milliseconds. */
const turn = () => new Promise<void>((resolve) => setImmediate(resolve));

const cut = (text: string) => (text.length > longest ? `${text.slice(0, longest)}…` : text);
const given = (text: string | undefined) => (text?.trim() ? cut(text) : undefined);

/** The anomalies of a finished round. Pure. */
export function anomaliesIn({round}: RoundRecord): readonly PastAnomaly[] {
	return round.steps.flatMap((step): readonly PastAnomaly[] => {
		const {id, verdict} = step;
		if (verdict?.kind !== 'anomaly') return [];
		const {reasons, summary} = verdict.finding;
		const said = investigationsOf(step).filter(({problem}) => problem !== '');
		return (said.length === 0 ? [step.investigation] : said).map((investigation) => ({
			at: verdict.at,
			check: id,
			problem: cut(investigation?.problem || verdict.note || summary),
			outcome: outcomeGuides.find(({outcome}) => outcome === investigation?.outcome)?.title,
			cause: given(investigation && rootCause(investigation)),
			followUp: given(investigation?.followUp),
			record: round.id,
			subjects: reasons
				.filter(({status}) => status !== 'ok')
				.slice(0, 8)
				.map(({subject, text}) => cut(`${subject} ${text}`)),
		}));
	});
}

/** The anomalies of a log item. The caller skips entries that only repeat a record. Pure. */
export function itemReader(checks: readonly KnownCheck[]): (item: LogItem) => readonly PastAnomaly[] {
	const anomalyOf = anomalyReader(checks);
	const byHand = handReader(checks);
	const written = (text: string, at: number): readonly PastAnomaly[] => {
		const read = byHand(text);
		return read && Number.isFinite(at) ? [{at, ...read, problem: cut(read.problem)}] : [];
	};
	return (item) => {
		if (item.kind === 'other') return written(item.text, item.at);
		const {entry} = item;
		// A line that `rounds log add` wrote: no rounds, and its words are a person's.
		if (entry.walkedMs === 0) return entry.findings.flatMap((text) => written(text, entry.at));
		return entry.anomalies.map((text) => {
			const {check, problem, outcome, cause} = anomalyOf(text, entry);
			return {at: entry.at, check, problem: cut(problem), outcome: outcome === 'not triaged' ? undefined : outcome, cause: given(cause)};
		});
	};
}

async function fromRecords({directory, signal}: PastOptions, entries: Set<string>): Promise<PastAnomaly[]> {
	const past: PastAnomaly[] = [];
	const names = await recordNames(directory).catch(() => []);
	for (const {id} of names.slice(0, mostRecords)) {
		if (signal.aborted) break;
		// oxlint-disable-next-line no-await-in-loop -- one at a time leaves the disk and the keys alone
		const text = await readHead(join(directory, `${id}.json`)).catch(() => '');
		const read = parseRecord(text);
		// Opening a broken record shows the error. Its line is still in the log.
		if ('problem' in read) continue;
		entries.add(read.record.entry);
		past.push(...anomaliesIn(read.record));
		// oxlint-disable-next-line no-await-in-loop -- it is the turn between two slices
		await turn();
	}
	return past;
}

/** All past anomalies, newest first; the part read before an error, if the log cannot be read. */
export async function readPast(options: PastOptions): Promise<readonly PastAnomaly[]> {
	const entries = new Set<string>();
	const past = await fromRecords(options, entries);
	const read = itemReader(options.checks);
	await eachItem(readLog(options.log), (item) => {
		if (!entries.has(item.text)) past.push(...read(item));
	}).catch((error: unknown) => {
		const told = readError(error, options.log);
		options.unread?.(`Past anomalies are incomplete: ${told instanceof Error ? told.message : String(told)}`);
	});
	return past.sort((a, b) => b.at - a.at);
}
