/** The records of investigations: one markdown file each, next to the rounds' records, never replacing another file. */
import {link, readFile} from 'node:fs/promises';
import {dirname, join, relative, sep} from 'node:path';
import {investigationsOf} from '../round/investigations.ts';
import type {RoundState, Step} from '../round/round.ts';
import {dayOf} from '../base/times.ts';
import {idOf, type Investigation} from '../round/investigation/investigation.ts';
import {recordMark, recordText} from '../triage/investigation-text.ts';
import {placeAtomically} from '../base/atomic-file.ts';
import {codeOf, fileError} from '../base/file-error.ts';

/** An investigation whose record is to be written. */
export interface Recordable {
	readonly step: Step;
	readonly investigation: Investigation;
	/** As planned; a number is added if the name is taken. */
	readonly name: string;
	readonly text: string;
}

/** Their directory, next to the rounds' records. */
export function investigationsDirectory(records: string): string {
	return join(dirname(records), 'investigations');
}

/** Of the words in a file's name; a line of the ops log may link to several. */
const longestName = 40;

/** `2026-11-20-pods-api-dies.md`: letters, digits and `-`, so that it is valid in file names and links. */
function fileName({step, problem, openedAt}: Investigation, timeZone: string | undefined): string {
	const words = (text: string) =>
		text
			.toLowerCase()
			.replaceAll(/[^\p{L}\p{N}]+/gu, '-')
			.replaceAll(/^-+|-+$/g, '');
	const said = words(problem);
	const whole = said.startsWith(words(step)) ? said : `${words(step)}-${said}`;
	const short =
		whole.length <= longestName
			? whole
			: whole
					.slice(0, longestName + 1)
					.replace(/-[^-]*$/, '')
					.slice(0, longestName);
	return `${dayOf(openedAt, timeZone)}-${short}.md`;
}

/** Every closed investigation of an anomaly, with its record as it will be written; `unwritten` skips those that have one. */
export function recordables(
	state: RoundState,
	{unwritten, timeZone}: {readonly unwritten: boolean; readonly timeZone?: string},
): readonly Recordable[] {
	return state.steps
		.filter(({verdict}) => verdict?.kind === 'anomaly')
		.flatMap((step) =>
			investigationsOf(step)
				.filter(({closedAt, record}) => closedAt !== undefined && !(unwritten && record !== undefined))
				.map((investigation) => ({
					step,
					investigation,
					name: fileName(investigation, timeZone),
					text: recordText(investigation, {round: state, step, timeZone}),
				})),
		);
}

/** The link of the ops log's line to a file: relative, and safe in markdown. */
export function linkTo(log: string, file: string): string {
	return encodeURI(relative(dirname(log), file).split(sep).join('/')).replaceAll(/[()]/g, (bracket) => (bracket === '(' ? '%28' : '%29'));
}

/** The file that a link in the ops log points to. */
export function linkedFile(log: string, link: string): string {
	return join(dirname(log), ...decodeURI(link).replaceAll('%28', '(').replaceAll('%29', ')').split('/'));
}

/** True for the record of this very investigation, as written before a crash or changed by hand since. */
async function isOwn(path: string, mark: string): Promise<boolean> {
	return readFile(path, 'utf8').then(
		(text) => text.includes(mark),
		() => false,
	);
}

async function place(temporary: string, path: string, mark: string): Promise<string> {
	for (let number = 1; ; number++) {
		const name = number === 1 ? path : path.replace(/\.md$/, `-${number}.md`);
		try {
			// oxlint-disable-next-line no-await-in-loop -- the next name only where this one is taken
			await link(temporary, name);
			return name;
		} catch (error) {
			if (codeOf(error) !== 'EEXIST') throw error;
			// oxlint-disable-next-line no-await-in-loop -- as above
			if (await isOwn(name, mark)) return name;
		}
	}
}

/**
 * Writes the record whole or not at all, under the first name that is free, and resolves to its path. An
 * existing record of the same investigation is not changed.
 * @throws UserError in one sentence if the file system refuses.
 */
export async function writeInvestigation(
	directory: string,
	{round, record}: {readonly round: RoundState; readonly record: Recordable},
): Promise<string> {
	const {investigation, name, text} = record;
	const path = join(directory, name);
	const mark = recordMark(round, investigation);
	try {
		return await placeAtomically(path, text, {sync: 'directory', place: (temporary) => place(temporary, path, mark)});
	} catch (error) {
		throw fileError(error, path);
	}
}

/** Names an investigation of the round, for the event that stores its record's path. */
export function refOf({investigation}: Recordable): {readonly step: string; readonly id: string} {
	return {step: investigation.step, id: idOf(investigation)};
}
