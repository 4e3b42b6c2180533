/** What is typed on a runbook's page is a draft of the round under a name of its own, so that a crash loses none of it. Pure. */
import type {HeadingPlace} from './wrong-step.ts';

export type TypedPlace =
	| {readonly kind: 'tip'; /** Its id. */ readonly runbook: string}
	| ({readonly kind: 'wrong'; readonly runbook: string} & HeadingPlace)
	/** The value of a block's variable: offered again wherever a block asks for it. */
	| {readonly kind: 'value'; readonly name: string};

/** The draft's field: `runbook/wrong/oom-killed/0/First look`. No id holds a slash. */
export function typedField(place: TypedPlace): string {
	switch (place.kind) {
		case 'tip':
			return `runbook/tip/${place.runbook}`;
		case 'wrong':
			return `runbook/wrong/${place.runbook}/${place.nth}/${place.heading}`;
		default:
			return `runbook/value/${place.name}`;
	}
}

/** The place of a draft's field; undefined where it is none of a runbook's. */
export function typedPlace(field: string): TypedPlace | undefined {
	const [of, kind, name = '', nth = '', ...heading] = field.split('/');
	if (of !== 'runbook') return undefined;
	if (kind === 'tip') return {kind, runbook: name};
	if (kind === 'wrong') return {kind, runbook: name, nth: Number(nth), heading: heading.join('/')};
	return kind === 'value' ? {kind, name} : undefined;
}
