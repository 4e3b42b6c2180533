/** Which record belongs to an entry, and what to type for it: the entry's line has no id. Pure. */
import {nameInFile} from '../round/round.ts';
import type {Entry} from './entry.ts';
import type {RecordName} from './record-names-file.ts';

/** A resumed round is closed within a day. */
const dayMs = 86_400_000;
const minuteLengthMs = 60_000;

/** `2026-11-20T0831` as epoch milliseconds of a clock without a zone. */
function minuteMs(minute: string): number {
	return Date.parse(`${minute.slice(0, 13)}:${minute.slice(13, 15)}Z`);
}

/** The shortest name of each record: its minute, or the whole id if two rounds started in that minute. */
export function shortIds(names: readonly RecordName[]): (name: RecordName) => string {
	const ofMinute = Map.groupBy(names, ({minute}) => minute);
	return ({id, minute}) => ((ofMinute.get(minute) ?? []).some((other) => other.id !== id) ? id : minute);
}

const dayNumber = (at: number) => Math.floor(at / dayMs);

/**
 * Finds the record of a log entry by service, environment, operator and time: the round began as long before the entry as
 * it took, or earlier if it was resumed.
 */
export function recordFinder(names: readonly RecordName[]): (entry: Entry) => RecordName | undefined {
	if (names.length === 0) return () => undefined;
	const begun = names.map((name) => ({name, start: minuteMs(name.minute)}));
	// For ten thousand entries and a thousand records: only records of the same two days are compared.
	const byDay = Map.groupBy(begun, ({name, start}) => `${dayNumber(start)}${name.id.slice(15).replace(/-\d+$/, '')}`);
	const owners = new Map<string, string>();
	const ownerOf = ({service, environment, operator}: Entry) => {
		const key = `${service}\n${environment}\n${operator}`;
		const owner = owners.get(key) ?? `-${nameInFile(service)}-${nameInFile(environment)}-${nameInFile(operator)}`.replace(/-\d+$/, '');
		owners.set(key, owner);
		return owner;
	};
	return (entry) => {
		if (entry.walkedMs === 0) return undefined;
		const ended = Math.floor(entry.at / minuteLengthMs + entry.offsetMinutes) * minuteLengthMs;
		const began = ended - entry.walkedMs;
		const [today, owner] = [dayNumber(ended), ownerOf(entry)];
		let best: {readonly name: RecordName; readonly apart: number} | undefined;
		for (const {name, start} of [today, today - 1].flatMap((day) => byDay.get(`${day}${owner}`) ?? [])) {
			const apart = Math.abs(start - began);
			if (start > ended || ended - start > dayMs || (best && best.apart <= apart)) continue;
			best = {name, apart};
		}
		return best?.name;
	};
}

/** The records that a typed id may mean: the one with that id, else those that start with it. */
export function recordsNamed(typed: string, names: readonly RecordName[]): readonly RecordName[] {
	const wanted = typed
		.trim()
		.replace(/\.json$/, '')
		.replace(/^(\d{4}-\d\d-\d\d)[ T](\d\d):(\d\d)/, '$1T$2$3');
	const exact = names.filter(({id}) => id === wanted);
	return exact.length > 0 || wanted === '' ? exact : names.filter(({id}) => id.startsWith(wanted));
}
