/** How urgent a ticket is, as the team's requests have it. */
export const priorities = ['P1', 'P2', 'P3', 'P4', 'P5'] as const;
export type Priority = (typeof priorities)[number];

/** The most urgent of them; undefined if none is known. */
export function mostUrgent(of: readonly (Priority | undefined)[]): Priority | undefined {
	return priorities.find((priority) => of.includes(priority));
}

/** What trackers call them out of the box, and what teams write in labels. */
const words: Readonly<Record<string, Priority>> = {
	highest: 'P1',
	urgent: 'P1',
	critical: 'P1',
	blocker: 'P1',
	high: 'P2',
	medium: 'P3',
	normal: 'P3',
	low: 'P4',
	lowest: 'P5',
};
/** `P1`, `p1: now`, `priority:high`, `Priority/P2`, `prio-2`, `priority - low`; a bare `high` may be anything. */
const labelled = /^(?:p(?<digit>[1-5])(?![\p{L}\p{N}])|prio(?:rity)?[\s:/_-]*(?:p?(?<number>[1-5])(?![\p{L}\p{N}])|(?<word>\p{L}+)))/iu;

/** The most urgent priority among the labels of a ticket; undefined if none is a priority. */
export function priorityOfLabels(labels: readonly string[]): Priority | undefined {
	return mostUrgent(
		labels.map((label) => {
			const {digit, number = digit, word} = labelled.exec(label.trim())?.groups ?? {};
			return number === undefined ? words[word?.toLowerCase() ?? ''] : priorities[Number(number) - 1];
		}),
	);
}

/** The priority that a tracker's own field names: by the team's names for P1 to P5, else by the usual ones. */
export function priorityNamed(name: string | undefined, names: readonly string[] = []): Priority | undefined {
	if (name === undefined) return undefined;
	const index = names.findIndex((one) => one.toLowerCase() === name.trim().toLowerCase());
	return priorities[index] ?? priorityOfLabels([name]) ?? words[name.trim().toLowerCase()];
}
