/** What an investigation of a whole check begins with. Pure. */
import type {Evidence, Finding} from '../checks/kit/check.ts';

/**
 * The evidence for the problems of a result, the most severe first, without evidence for what is OK. If a problem names
 * nothing that the evidence names, the other evidence follows, because it may be meant.
 */
export function firstEvidence(finding: Finding | undefined): readonly Evidence[] {
	if (!finding) return [];
	const {evidence, reasons} = finding;
	const trouble = reasons.filter(({status}) => status !== 'ok');
	const about = ({subject}: (typeof reasons)[number]) => evidence.filter(({text}) => text.includes(subject));
	const found = trouble.map(about);
	const first = [...new Set(found.flat())];
	if (first.length > 0 && found.every((of) => of.length > 0)) return first;
	const fine = new Set(reasons.filter(({status}) => status === 'ok').flatMap(about));
	return [...first, ...evidence.filter((one) => !first.includes(one) && !fine.has(one))];
}
