/** Finds the runbook for what is on the screen. Pure. */
import type {Runbook} from './runbook.ts';

export interface RunbookQuestion {
	/** File name without `.md`, as the check or rounds.yaml names it. */
	readonly id: string;
	/** Kind of the check. */
	readonly check?: string;
	/** Id of the item where it has one of its own: `orders-lag`. */
	readonly item?: string;
	readonly service?: string;
	/** What is not ok, most urgent first: reasons with their subjects, a row, an alert's name. A matching runbook is closer than the check's own. */
	readonly texts?: readonly string[];
	/** `runbook_url` of the alerts that fire, most urgent first: one that names a runbook here is the one that was meant. */
	readonly urls?: readonly string[];
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		// A lone % is part of the name.
		return text;
	}
}

/** The addresses in a text, such as an alert's `runbook_url` or that of a ticket just written. */
export const addressesIn = (text: string): readonly string[] => text.match(/https?:\/\/[^\s<>"']+/g) ?? [];

/** `https://wiki.example.com/runbooks/oom-killed.md?raw=1#do` names `oom-killed` at `do`. */
function nameIn(address: string): {readonly name: string; readonly anchor?: string} {
	const [place = '', anchor] = address.split('#', 2);
	const path = (place.split('?', 1)[0] ?? '').replace(/\/+$/, '');
	const last = path.slice(path.lastIndexOf('/') + 1).replace(/\.(?:md|markdown|html?)$/i, '');
	return {name: decoded(last), ...(anchor ? {anchor: decoded(anchor).toLowerCase()} : {})};
}

/**
 * The runbook that a name, a file or an address means: an alert's `runbook_url` has it as the last part of its path.
 * Names are compared without regard to case; of several the first, which is the team's.
 */
export function runbookNamed<T extends {readonly id: string}>(
	runbooks: readonly T[],
	address: string,
): {readonly runbook: T; /** Of a heading; undefined where the address names none. */ readonly anchor?: string} | undefined {
	const {name, anchor} = nameIn(address);
	const runbook = runbooks.find(({id}) => id === name) ?? runbooks.find(({id}) => id.toLowerCase() === name.toLowerCase());
	return runbook && {runbook, ...(anchor === undefined ? {} : {anchor})};
}

function applies({checks, services}: Runbook, {check, item, service}: RunbookQuestion): boolean {
	return (
		(checks.length === 0 || check === undefined || checks.includes(check) || (item !== undefined && checks.includes(item))) &&
		(services.length === 0 || service === undefined || services.includes(service))
	);
}

/** Where the runbook's patterns first speak in the text; undefined where they do not. */
function firstMatch({matches}: Runbook, text: string): number | undefined {
	const positions = matches.map((pattern) => text.search(pattern)).filter((position) => position >= 0);
	return positions.length > 0 ? Math.min(...positions) : undefined;
}

/**
 * The runbook an alert's own address names; else the one whose `matches` speak of the most urgent text, else the first that lists
 * the item by its own id, else the one named `id`, else the first that lists the check.
 * Of several that match, the team's wins, then the one that matches earliest: a reason names what matters first.
 */
export function runbookFor(runbooks: readonly Runbook[], question: RunbookQuestion): Runbook | undefined {
	for (const url of question.urls ?? []) {
		const named = runbookNamed(runbooks, url);
		if (named) return named.runbook;
	}
	const possible = runbooks.filter((runbook) => applies(runbook, question));
	for (const text of question.texts ?? []) {
		const [best] = possible
			.flatMap((runbook) => {
				const position = firstMatch(runbook, text);
				return position === undefined ? [] : [{runbook, position}];
			})
			.sort((a, b) => Number(a.runbook.embedded) - Number(b.runbook.embedded) || a.position - b.position);
		if (best) return best.runbook;
	}
	return (
		possible.find(({checks}) => question.item !== undefined && question.item !== question.check && checks.includes(question.item)) ??
		runbooks.find(({id}) => id === question.id) ??
		possible.find(({checks}) => question.check !== undefined && checks.includes(question.check))
	);
}
