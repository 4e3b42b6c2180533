/** Finds the runbook for what is on the screen. Pure. */
import type {Runbook} from './runbook.ts';

export interface RunbookQuestion {
	/** File name without `.md`, as the check or rounds.yaml names it. */
	readonly id: string;
	/** Id or kind of the check. */
	readonly check?: string;
	readonly service?: string;
	/** What is not ok, most urgent first: reasons with their subjects, a row, an alert's name. A matching runbook is closer than the check's own. */
	readonly texts?: readonly string[];
}

function applies({checks, services}: Runbook, {check, service}: RunbookQuestion): boolean {
	return (
		(checks.length === 0 || check === undefined || checks.includes(check)) &&
		(services.length === 0 || service === undefined || services.includes(service))
	);
}

/** Where the runbook's patterns first speak in the text; undefined where they do not. */
function firstMatch({matches}: Runbook, text: string): number | undefined {
	const positions = matches.map((pattern) => text.search(pattern)).filter((position) => position >= 0);
	return positions.length > 0 ? Math.min(...positions) : undefined;
}

/**
 * The runbook whose `matches` speak of the most urgent text, else the one named `id`, else the first that lists the check.
 * Of several that match, the team's wins, then the one that matches earliest: a reason names what matters first.
 */
export function runbookFor(runbooks: readonly Runbook[], question: RunbookQuestion): Runbook | undefined {
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
		runbooks.find(({id}) => id === question.id) ??
		possible.find(({checks}) => question.check !== undefined && checks.includes(question.check))
	);
}
