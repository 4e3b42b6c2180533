/** What of the pods is compared with other days': the image that each workload runs, and since when. Pure. */
import type {Fact} from '../kit/check.ts';
import type {PodsData} from './types.ts';

/** `registry:5000/team/api:1.42.0@sha256:…` is `api` of `1.42.0`; without a tag the digest's first letters distinguish versions. */
function imageOf(reference: string): {readonly name: string; readonly version: string} {
	const [path = '', digest] = reference.split('@');
	const last = path.slice(path.lastIndexOf('/') + 1);
	const colon = last.indexOf(':');
	if (colon !== -1) return {name: last.slice(0, colon), version: last.slice(colon + 1)};
	return {name: last, version: digest === undefined ? 'latest' : digest.replace(/^sha256:/, '').slice(0, 12)};
}

/** One fact per image name: the version that the youngest pod runs, since the oldest pod that runs it. */
export function podFacts({list}: PodsData): readonly Fact[] {
	const images = new Map<string, Map<string, {oldest: number; youngest: number}>>();
	for (const {containers, createdAt = Number.NEGATIVE_INFINITY} of list.pods) {
		for (const {image} of containers) {
			const {name, version} = imageOf(image);
			const versions = images.get(name) ?? new Map<string, {oldest: number; youngest: number}>();
			images.set(name, versions);
			const known = versions.get(version);
			if (!known) versions.set(version, {oldest: createdAt, youngest: createdAt});
			else {
				known.oldest = Math.min(known.oldest, createdAt);
				known.youngest = Math.max(known.youngest, createdAt);
			}
		}
	}
	return [...images].flatMap(([name, versions]) => {
		const newest = [...versions].reduce((a, b) => (b[1].youngest > a[1].youngest ? b : a));
		const [value, {oldest}] = newest;
		return [{id: `image ${name}`, value, ...(Number.isFinite(oldest) ? {since: oldest} : {})}];
	});
}
