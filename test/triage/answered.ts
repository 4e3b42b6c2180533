import {type Investigation, startInvestigation} from '../../src/round/investigation/investigation.ts';
import {answer} from '../../src/triage/questions.ts';

/** An investigation with these answers, given in their order. */
export function investigated(answers: Readonly<Record<string, string>>, begun?: Investigation): Investigation {
	return Object.entries(answers).reduce(
		(investigation, [id, text]) => answer(investigation, id, text),
		begun ?? startInvestigation({step: 'pods', openedAt: 1}),
	);
}
