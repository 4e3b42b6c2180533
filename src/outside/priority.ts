/** How urgent a ticket is, as the team's requests have it. */
export const priorities = ['P1', 'P2', 'P3', 'P4', 'P5'] as const;
export type Priority = (typeof priorities)[number];

/** The most urgent of them; undefined where none is known. */
export function mostUrgent(of: readonly (Priority | undefined)[]): Priority | undefined {
	return priorities.find((priority) => of.includes(priority));
}
