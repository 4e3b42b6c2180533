import {useSyncExternalStore} from 'react';
import type {CheckRun} from '../../src/checks/kit/check.ts';
import type {Step} from '../../src/round/round.ts';
import type {Status} from '../../src/base/status.ts';
import {createStore, type Store} from '../../src/base/store.ts';
import {useSession} from './context.ts';
import {useStore} from '../kit/use-store.ts';

const none: Pick<Store<CheckRun | undefined>, 'get' | 'subscribe'> = createStore<CheckRun | undefined>(undefined);

/** Where a check is now; redraws when it moves on. */
export function useRun(check: string | undefined): CheckRun | undefined {
	const {app} = useSession();
	return useStore<CheckRun | undefined>((check === undefined ? undefined : app.runs.get(check)) ?? none);
}

/** The status of each step's finding; redraws only when one of them changes, not with every reading. */
export function useStatuses(steps: readonly Step[]): ReadonlyMap<string, Status | undefined> {
	const {app} = useSession();
	const statusOf = (id: string) => app.runs.get(id)?.get().finding?.status;
	// A joined string is a stable snapshot: equal statuses are the identical value.
	useSyncExternalStore(
		(listener) => {
			const ends = steps.map(({id}) => app.runs.get(id)?.subscribe(listener));
			return () => ends.forEach((end) => end?.());
		},
		() => steps.map(({id}) => statusOf(id) ?? '').join(','),
	);
	return new Map(steps.map(({id}) => [id, statusOf(id)]));
}
