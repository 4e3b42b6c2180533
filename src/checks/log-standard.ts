/** The log standard reviewed: which sources lack a level, a timestamp, a request id or structure. Pure. */
import type {LogLine} from '../ports.ts';

export const standardParts = ['structure', 'level', 'timestamp', 'request id'] as const;
export type StandardPart = (typeof standardParts)[number];

export interface StandardReview {
	/** A workload's container: `api/app`. */
	readonly source: string;
	readonly lines: number;
	/** Share of its lines that have the part, 0 to 1. */
	readonly shares: Readonly<Record<StandardPart, number>>;
}

const json = /^\s*\{.*\}\s*$/s;
const logfmt = /(?:^|\s)[\w.]+=\S+\s+[\w.]+=\S+/;
const level = /\b(?:TRACE|DEBUG|INFO|WARN(?:ING)?|ERROR|FATAL|CRITICAL)\b|"level"\s*:|"severity"\s*:|\blevel=|\blvl=/i;
const timestamp = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d|\d\d\/[A-Z][a-z]{2}\/\d{4}:\d\d|"(?:time|ts|timestamp|@timestamp)"\s*:|\b(?:time|ts)=/;
const requestId = /(?:request|req|trace|correlation)[-_.]?id/i;

/** `api` of the pod `api-54fb9-n4vkg` or `api-0`: the hashes that controllers append are no names. */
function workload(pod: string): string {
	return pod.replace(/(?:-[a-z0-9]{5,10})?-(?:[a-z0-9]{5}|\d+)$/, '') || pod;
}

/** One review per source, the one with most lines first; a source without lines is none. */
export function reviewStandard(lines: readonly LogLine[]): readonly StandardReview[] {
	const bySource = Map.groupBy(lines, ({pod, container}) => `${workload(pod)}/${container}`);
	return [...bySource]
		.map(([source, own]) => {
			const share = (has: (text: string) => boolean) => own.filter(({text}) => has(text)).length / own.length;
			return {
				source,
				lines: own.length,
				shares: {
					structure: share((text) => json.test(text) || logfmt.test(text)),
					level: share((text) => level.test(text)),
					timestamp: share((text) => timestamp.test(text)),
					'request id': share((text) => requestId.test(text)),
				},
			};
		})
		.sort((a, b) => b.lines - a.lines);
}

/** The parts that fewer than half of a source's lines have. */
export function lacking({shares}: StandardReview): readonly StandardPart[] {
	return standardParts.filter((part) => shares[part] < 0.5);
}
