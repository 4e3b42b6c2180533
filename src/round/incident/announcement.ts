/** The announcement of an incident in the team's template, and the lines that resolve it. Pure. */

export interface Announcement {
	/** When it began: a local time with its zone. */
	readonly from: string;
	/** What users cannot do, and how many of them. */
	readonly userImpact: string;
	readonly what: string;
	/** Who posts the updates; empty if no one is named. */
	readonly communicationsOwner: string;
}

/** Longest message, characters: Slack edits none that has more than 4,000, and the lines that end it are added later. */
export const longestMessage = 3500;

/** Joined into one line: the template has one line for each fact. */
export const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** The message as it is posted, without a line break at its end. */
export function announcementText({from, userImpact, what, communicationsOwner}: Announcement): string {
	return [
		'📟 Degraded service',
		`From: ${oneLine(from)}`,
		`User impact: ${oneLine(userImpact)}`,
		`What: ${oneLine(what)}`,
		...(oneLine(communicationsOwner) === '' ? [] : [`Communications owner: ${oneLine(communicationsOwner)}`]),
		'Investigation in progress.',
	].join('\n');
}

/** The original message with the lines that say when users recovered. */
export function resolvedText(original: string, until: string): string {
	return `${original}\n✅ Resolved\nUntil: ${oneLine(until)}`;
}
