/** The log standard reviewed: which sources lack a level, a timestamp, a request id or structure. Pure. */
import {parseLine} from '../../logs/formats/fields.ts';
import {pairsIn} from '../../logs/formats/logfmt.ts';
import {statesLevel} from '../../logs/formats/level.ts';
import {timeIn} from '../../logs/formats/line-time.ts';
import type {LogLine} from '../../ports/pod-log-source.ts';

export const standardParts = ['structure', 'level', 'timestamp', 'request id'] as const;
export type StandardPart = (typeof standardParts)[number];

export interface StandardReview {
	/** A workload's container: `api/app`. */
	readonly source: string;
	readonly lines: number;
	/** Share of its lines that have the part, 0 to 1. */
	readonly shares: Readonly<Record<StandardPart, number>>;
	/** The parts that too few of its lines have. */
	readonly lacking: readonly StandardPart[];
}

/** A machine can take it apart: a JSON object, or pairs. */
function isStructured(text: string): boolean {
	const {format} = parseLine(text);
	return format === 'json' || format === 'logfmt' || Object.keys(pairsIn(text)).length > 1;
}

/** A time without a year is a time too, whichever year that may be. */
function hasTime(text: string): boolean {
	return !Number.isNaN(timeIn(Buffer.from(text), {now: () => 0}));
}

const requestId = /(?:request|req|trace|correlation)[-_.]?id/i;

/** What controllers append to a pod's name: letters and digits that spell no word, a Job's time, a StatefulSet's number. */
const appended = /(?:(?:-[bcdfghjklmnpqrstvwxz24-9]{4,10}|-\d{6,})?-[bcdfghjklmnpqrstvwxz24-9]{5}|-\d+)$/;

/** `api` of the pods `api-54fb9-n4vkg` and `api-0`. */
function workload(pod: string): string {
	return pod.replace(appended, '') || pod;
}

/**
 * One review per source, the one that lacks most first, then the one with most lines; a source without lines is none.
 * @param least Share of a source's lines that must have each part, 0 to 1.
 */
export function reviewStandard(lines: readonly LogLine[], least: number): readonly StandardReview[] {
	const bySource = Map.groupBy(lines, ({pod, container}) => `${workload(pod)}/${container}`);
	return [...bySource]
		.map(([source, own]): StandardReview => {
			const share = (has: (text: string) => boolean) => own.filter(({text}) => has(text)).length / own.length;
			const shares = {
				structure: share(isStructured),
				level: share((text) => statesLevel(Buffer.from(text))),
				timestamp: share(hasTime),
				'request id': share((text) => requestId.test(text)),
			};
			return {source, lines: own.length, shares, lacking: standardParts.filter((part) => shares[part] < least)};
		})
		.sort((a, b) => b.lacking.length - a.lacking.length || b.lines - a.lines);
}
