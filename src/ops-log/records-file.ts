/** The records of finished rounds, each read with care, for people may have edited it. */
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import * as z from 'zod';
import {findingSchema, problemOf, roundSchema} from '../round/state-schema.ts';
import {exitCodes, UserError} from '../base/user-error.ts';
import {readError} from '../base/file-error.ts';
import type {RoundRecord} from './record-file.ts';
import type {RecordName} from './record-names-file.ts';

const finite = z.number();
const fact = z.looseObject({
	id: z.string(),
	value: z.union([finite, z.string()]),
	unit: z.enum(['ratio', 'ms', 'count']).optional(),
	since: finite.optional(),
});
const reading = z.looseObject({
	kind: z.string(),
	startedAt: finite,
	durationMs: finite,
	finding: findingSchema.optional(),
	facts: z.array(fact),
	error: z.looseObject({kind: z.string(), message: z.string(), advice: z.string().optional()}).optional(),
	digest: z.string().optional(),
	leftOut: finite.optional(),
});
const recordSchema = z.looseObject({
	version: z.literal(1),
	entry: z.string(),
	round: roundSchema,
	readings: z.record(z.string(), reading).optional(),
});

/** The record that this text is, or what is wrong with it. Pure. */
export function parseRecord(text: string): {readonly record: RoundRecord} | {readonly problem: string} {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (error) {
		return {problem: `not valid JSON: ${error instanceof Error ? error.message : String(error)}`};
	}
	const version = typeof value === 'object' && value !== null && 'version' in value ? value.version : undefined;
	if (typeof version === 'number' && version > 1)
		return {problem: `written by a newer rounds in version ${version}, but this one reads version 1`};
	const parsed = recordSchema.safeParse(value);
	// The value itself: what later versions add stays in it.
	return parsed.success ? {record: value as RoundRecord} : {problem: problemOf(parsed.error)};
}

/**
 * Reads a record.
 * @throws UserError: 65 if it is not a record any more, 66, 74 or 77 if the file cannot be read
 */
export async function readRecord(directory: string, {id}: Pick<RecordName, 'id'>): Promise<RoundRecord> {
	const path = join(directory, `${id}.json`);
	let text;
	try {
		text = await readFile(path, 'utf8');
	} catch (error) {
		throw readError(error, path);
	}
	const read = parseRecord(text);
	if ('problem' in read) throw new UserError(`${path} cannot be read as the record of a round: ${read.problem}`, exitCodes.dataError);
	return read.record;
}
