/**
 * In which order the fields of a line are shown: how it went first, then what it was about, and ids last. As programs
 * write them the ids come early, and push what one looks for off the screen. Pure.
 */
import {isOutcome} from '../../../src/logs/formats/request-keys.ts';

/** Of use to a search, hardly to the eye. */
const aside = new Set('pid tid thread hostname agent user_agent userAgent referer referrer caller protocol'.split(' '));
/** `requestId`, `trace_id`, `span.id`, `traceID`. */
const id = /(?:[a-z0-9]I[dD]|(?:^|[._-])[iI][dD])$/;
const places = ['outcome', 'subject', 'id'] as const;
type Place = (typeof places)[number];

/** Names are few and come again with each line. */
const known = new Map<string, Place>();
const mostKnown = 2000;

function placeOf(name: string): Place {
	const before = known.get(name);
	if (before) return before;
	const place = isOutcome(name) ? 'outcome' : aside.has(name) || id.test(name) ? 'id' : 'subject';
	if (known.size >= mostKnown) known.clear();
	known.set(name, place);
	return place;
}

/** The names in the order in which they are shown; those of one kind as they came. */
export function inOrder(names: readonly string[]): readonly string[] {
	return places.flatMap((place) => names.filter((name) => placeOf(name) === place));
}
