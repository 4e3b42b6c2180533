/** The text being typed, and the drafts of other fields: no typed text is lost. Pure. */
import type {Draft, RoundState} from './round.ts';
import {patched} from '../base/patch.ts';

type Place = Pick<Draft, 'field' | 'step' | 'investigation'>;

/** True if both are typed into the same field. */
export function samePlace(a: Place, b: Place): boolean {
	return a.field === b.field && a.step === b.step && a.investigation === b.investigation;
}

/** The draft of that field; undefined if nothing does. */
export function draftAt({draft, laidAside = []}: Pick<RoundState, 'draft' | 'laidAside'>, place: Place): Draft | undefined {
	return draft && samePlace(draft, place) ? draft : laidAside.find((one) => samePlace(one, place));
}

/** Without the drafts that match. */
export function withoutDrafts(state: RoundState, matches: (draft: Draft) => boolean): RoundState {
	const {draft, laidAside = []} = state;
	const left = laidAside.filter((one) => !matches(one));
	const gone = draft !== undefined && matches(draft);
	if (!gone && left.length === laidAside.length) return state;
	return patched(state, {draft: gone ? undefined : draft, laidAside: left.length > 0 ? left : undefined});
}

/** Sets the current draft. A draft of another field is kept next to it. */
export function withDraft(state: RoundState, draft: Draft): RoundState {
	const {draft: before, laidAside = []} = state;
	const others = laidAside.filter((one) => !samePlace(one, draft));
	const aside =
		before && before.text !== '' && !samePlace(before, draft) ? [...others.filter((one) => !samePlace(one, before)), before] : others;
	return patched(state, {draft, laidAside: aside.length > 0 ? aside : undefined});
}
