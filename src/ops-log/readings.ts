/**
 * The readings in the record of a round: enough to show that morning again and to compare the next round with it, within
 * a size limit. Pure.
 */
import {createHash} from 'node:crypto';
import type {CheckRun, ConfiguredCheck, Fact, Finding, ReadingError} from '../checks/kit/check.ts';

export interface KeptReading {
	/** Of the check: which pane draws it. */
	readonly kind: string;
	/** Epoch milliseconds. */
	readonly startedAt: number;
	readonly durationMs: number;
	readonly finding?: Finding;
	readonly facts: readonly Fact[];
	readonly error?: ReadingError;
	/** The reading as JSON; absent if there was none, or if it is too large. */
	readonly data?: unknown;
	/** Hash of `data` as JSON: edited rows are not readings of that morning. */
	readonly digest?: string;
	/** Rows that were left out. */
	readonly leftOut?: number;
}

export type KeptReadings = Readonly<Record<string, KeptReading>>;

/** Most bytes of one packed reading, and most facts. */
const mostBytes = 48 * 1024;
const mostFacts = 100;

interface Limits {
	readonly rows: number;
	readonly text: number;
}

/** From plenty to next to nothing; the first that fits is taken. */
const tries: readonly Limits[] = [
	{rows: 100, text: 600},
	{rows: 50, text: 300},
	{rows: 25, text: 200},
	{rows: 10, text: 120},
	{rows: 5, text: 60},
];

/** What may be long and belongs into no file that is shared: the body of an answer. */
const leftOutKeys: ReadonlySet<string> = new Set(['body', 'headers']);

interface Packing {
	readonly limits: Limits;
	readonly named: ReadonlySet<string>;
	leftOut: number;
}

/** Rows that the result mentions come first if not all fit. */
function chosen(items: readonly unknown[], packing: Packing): readonly unknown[] {
	const {limits, named} = packing;
	if (items.length <= limits.rows) return items;
	packing.leftOut += items.length - limits.rows;
	const isNamed = (item: unknown) =>
		typeof item === 'object' && item !== null && Object.values(item).some((value) => typeof value === 'string' && named.has(value));
	const told = items.filter(isNamed).slice(0, limits.rows);
	const kept = new Set(told);
	for (const item of items) {
		if (kept.size >= limits.rows) break;
		kept.add(item);
	}
	return items.filter((item) => kept.has(item)).slice(0, limits.rows);
}

function pack(value: unknown, packing: Packing): unknown {
	if (typeof value === 'string') return value.length > packing.limits.text ? `${value.slice(0, packing.limits.text)}…` : value;
	if (typeof value === 'number' && !Number.isFinite(value)) return {$number: String(value)};
	if (Array.isArray(value)) return chosen(value, packing).map((item) => pack(item, packing));
	if (value instanceof Map) return {$map: chosen([...value], packing).map((pair) => pack(pair, packing))};
	if (value instanceof Set) return {$set: chosen([...value], packing).map((item) => pack(item, packing))};
	if (typeof value !== 'object' || value === null) return typeof value === 'function' || typeof value === 'bigint' ? undefined : value;
	return Object.fromEntries(
		Object.entries(value).flatMap(([key, part]) =>
			part === undefined || leftOutKeys.has(key) ? [] : [[key, pack(part, packing)] as const],
		),
	);
}

function unpack(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(unpack);
	if (typeof value !== 'object' || value === null) return value;
	if ('$number' in value) return Number(value.$number);
	if ('$map' in value && Array.isArray(value.$map)) return new Map(value.$map.map((pair) => unpack(pair) as [unknown, unknown]));
	if ('$set' in value && Array.isArray(value.$set)) return new Set(value.$set.map(unpack));
	return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, unpack(part)]));
}

const digestOf = (json: string) => createHash('sha256').update(json).digest('hex').slice(0, 16);

/** The reading as the record keeps it: at most 48 KiB, what the finding names first. */
export function keepReading(
	{check}: Pick<ConfiguredCheck, 'check'>,
	{reading, finding, error}: Pick<CheckRun, 'reading' | 'finding' | 'error'>,
): KeptReading | undefined {
	if (!reading && !finding) return undefined;
	const kept = {
		kind: check.kind,
		startedAt: reading?.startedAt ?? 0,
		durationMs: Math.round(reading?.durationMs ?? 0),
		...(finding ? {finding} : {}),
		facts: reading ? (check.facts?.(reading.data) ?? []).slice(0, mostFacts) : [],
		...(error ? {error} : {}),
	};
	if (!reading) return kept;
	const named = new Set(finding?.reasons.filter(({status}) => status !== 'ok').map(({subject}) => subject));
	for (const limits of tries) {
		const packing: Packing = {limits, named, leftOut: 0};
		const data = pack(reading.data, packing);
		const json = JSON.stringify(data);
		if (json === undefined || json.length > mostBytes) continue;
		return {...kept, data, digest: digestOf(json), ...(packing.leftOut > 0 ? {leftOut: packing.leftOut} : {})};
	}
	return kept;
}

/** The reading's data; undefined if none was kept, or if it was edited. */
export function dataOf({data, digest}: KeptReading): {readonly data: unknown} | undefined {
	if (data === undefined || digest !== digestOf(JSON.stringify(data))) return undefined;
	return {data: unpack(data)};
}
