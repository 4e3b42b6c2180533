/** Finds the runbook for what is on the screen. Pure. */
import type {Runbook} from './runbook.ts';

export interface RunbookQuestion {
	/** File name without `.md`, as the check or rounds.yaml names it. */
	readonly id: string;
	/** Id or kind of the check. */
	readonly check?: string;
	readonly service?: string;
	/** What was found, most urgent first: reasons, a row, an alert's name. A matching runbook is closer than the check's own. */
	readonly texts?: readonly string[];
}

function applies({checks, services}: Runbook, {check, service}: RunbookQuestion): boolean {
	return (
		(checks.length === 0 || check === undefined || checks.includes(check)) &&
		(services.length === 0 || service === undefined || services.includes(service))
	);
}

/**
 * The runbook whose `matches` speak of the most urgent text, else the one named `id`, else the first that lists the check.
 * The list comes with the team's first, so theirs win.
 */
export function runbookFor(runbooks: readonly Runbook[], question: RunbookQuestion): Runbook | undefined {
	const possible = runbooks.filter((runbook) => applies(runbook, question));
	for (const text of question.texts ?? []) {
		const found = possible.find(({matches}) => matches.some((pattern) => pattern.test(text)));
		if (found) return found;
	}
	return (
		runbooks.find(({id}) => id === question.id) ??
		possible.find(({checks}) => question.check !== undefined && checks.includes(question.check))
	);
}
