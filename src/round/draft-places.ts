/** What is being typed, and what was typed elsewhere before it was kept: nothing of it is lost. Pure. */
import type {Draft, RoundState} from './round.ts';
import {patched} from '../base/patch.ts';

type Place = Pick<Draft, 'field' | 'step' | 'investigation'>;

/** True where both are typed into the same field. */
export function samePlace(a: Place, b: Place): boolean {
	return a.field === b.field && a.step === b.step && a.investigation === b.investigation;
}

/** What stands typed in that field; undefined where nothing does. */
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

/** The draft as it is typed now; one of another field is laid aside. */
export function withDraft(state: RoundState, draft: Draft): RoundState {
	const {draft: before, laidAside = []} = state;
	const others = laidAside.filter((one) => !samePlace(one, draft));
	const aside =
		before && before.text !== '' && !samePlace(before, draft) ? [...others.filter((one) => !samePlace(one, before)), before] : others;
	return patched(state, {draft, laidAside: aside.length > 0 ? aside : undefined});
}
