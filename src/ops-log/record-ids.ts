/** Which record belongs to an entry, and what to type for it: the entry's line has no id. Pure. */
import {nameInFile} from '../round/round.ts';
import {formatStamp} from '../times.ts';
import type {Entry} from './entry.ts';
import type {RecordName} from './record-names.ts';

/** A round that was left and gone on with is closed within a day. */
const longestMs = 86_400_000;

/** `2026-11-20T0831` as epoch milliseconds of a clock without a zone. */
function minuteMs(minute: string): number {
	return Date.parse(`${minute.slice(0, 13)}:${minute.slice(13, 15)}Z`);
}

/** What is enough to name a record: its minute, or where two began in the same one, the whole id. */
export function shortId({id, minute}: RecordName, names: readonly RecordName[]): string {
	return names.some((other) => other.minute === minute && other.id !== id) ? id : minute;
}

/**
 * Finds the record of an entry by service, environment, operator and time: the round began as long before the entry as
 * it took, or where it was left and gone on with, somewhat earlier.
 */
export function recordFinder(names: readonly RecordName[]): (entry: Entry) => RecordName | undefined {
	if (names.length === 0) return () => undefined;
	const byOwner = Map.groupBy(names, ({id}) => id.slice(15).replace(/-\d+$/, ''));
	return (entry) => {
		if (entry.walkedMs === 0) return undefined;
		const {at, offsetMinutes} = entry;
		const owner = `-${nameInFile(entry.service)}-${nameInFile(entry.environment)}-${nameInFile(entry.operator)}`;
		const local = formatStamp({at, offsetMinutes});
		const ended = minuteMs(`${local.slice(0, 10)}T${local.slice(11, 13)}${local.slice(14, 16)}`);
		const began = ended - entry.walkedMs;
		let best: {readonly name: RecordName; readonly apart: number} | undefined;
		for (const name of byOwner.get(owner.replace(/-\d+$/, '')) ?? []) {
			const start = minuteMs(name.minute);
			const apart = Math.abs(start - began);
			if (start > ended || ended - start > longestMs || (best && best.apart <= apart)) continue;
			best = {name, apart};
		}
		return best?.name;
	};
}

/** The records that what was typed may mean: the one of that id, else those that begin with it. */
export function recordsNamed(typed: string, names: readonly RecordName[]): readonly RecordName[] {
	const wanted = typed
		.trim()
		.replace(/\.json$/, '')
		.replace(/^(\d{4}-\d\d-\d\d)[ T](\d\d):(\d\d)/, '$1T$2$3');
	const exact = names.filter(({id}) => id === wanted);
	return exact.length > 0 || wanted === '' ? exact : names.filter(({id}) => id.startsWith(wanted));
}
