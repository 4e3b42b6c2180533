/**
 * Saves the round and finds it again: after a crash, in another terminal, by another operator.
 * A round has one holder at a time. A former holder gets an error at the next save, and a separate draft keeps the changes.
 */
import type {OpenRound} from './open-round.ts';
import {clockTimeOf, dayOf} from '../../base/times.ts';
import {exitCodes, UserError} from '../../base/user-error.ts';
import type {Holder, Processes} from './processes-file.ts';
import type {Presence, PresenceStore} from './presence-file.ts';
import {hasWork} from '../round-progress.ts';
import {reduce} from '../reduce.ts';
import type {RoundState} from '../round.ts';
import {roundProblem} from '../state-schema.ts';

/** What a draft store gives back. */
export interface StoredDraft {
	readonly id: string;
	/** Epoch milliseconds. */
	readonly savedAt: number;
	readonly value: unknown;
}

/** This user's rounds on disk, which survive a crash. */
export interface DraftStore {
	/**
	 * On disk when it returns. A power cut may bring back the draft before it if only its `file` is synced.
	 * @throws the file system's error
	 */
	readonly save: (id: string, value: unknown, sync?: 'file' | 'directory') => void;
	/** Undefined if there is none, or none that can be read. */
	readonly load: (id: string) => StoredDraft | undefined;
	/** Newest first. */
	readonly list: () => readonly StoredDraft[];
	readonly remove: (id: string) => void;
	/** Renames a broken draft and remembers the reason. */
	readonly setAside: (id: string, reason: string) => void;
	/** Every file that was renamed so far, also those that are not JSON. */
	readonly broken: () => readonly {readonly movedTo: string; readonly reason: string}[];
}

/** A pattern by which a shell finds a renamed file. Its whole name does not fit into a notice. */
const byItsEnd = (path: string) => path.replace(/[^/\\]*(?=\.broken-\d+$)/, '*');

export interface SavedRound {
	readonly version: 1;
	readonly state: RoundState;
	readonly holder: Holder;
	/** A separate draft: someone else had taken over the round. Never offered as the round itself. */
	readonly aside?: boolean;
}

export interface JournalOptions {
	readonly drafts: DraftStore;
	/** Absent if no ops log is configured: then only this user's own rounds are known. */
	readonly presence?: PresenceStore;
	readonly processes: Processes;
	/** Epoch milliseconds. */
	readonly now: () => number;
	/** The operator's zone; the machine's by default. */
	readonly timeZone?: string;
}

export interface Journal {
	/**
	 * Has the state on disk when it returns, and shows it to others.
	 * @throws UserError if another process took the round over (the state is then kept as a separate draft), and the
	 * file system's error.
	 */
	readonly save: (state: RoundState) => void;
	/** As `save`, for a change of what is typed or selected: others do not need to see it. */
	readonly saveTyped: (state: RoundState) => void;
	/** Shows others that this round is still open; a save does so too. Never throws. */
	readonly refresh: (state: RoundState) => void;
	/** Unfinished rounds of today: the operator's own to resume, and those of others to show; newest first. */
	readonly open: (of: {readonly service: string; readonly environment: string; readonly operator: string}) => readonly OpenRound[];
	/** Makes this process the holder of the round, saves that and returns the resumed round. */
	readonly claim: (round: OpenRound, operator: string) => RoundState;
	/** Every known round id, so that a new round gets another one. */
	readonly ids: () => readonly string[];
	/** One sentence for each round on disk that could not be read; nothing of it is lost. */
	readonly problems: () => readonly string[];
	/** Removes the presence file and keeps the draft: the program ends with the round unfinished. Never throws. */
	readonly leave: (state: RoundState) => void;
}

/** An operator on another machine who was not seen for this long is gone. */
const goneMs = 5 * 60_000;
/** A round of yesterday that was saved this recently can still be resumed. */
const overnightMs = 12 * 3_600_000;
/** How long a closed round that was taken over stays known, so that its former holder cannot close it again. */
const rememberedMs = 24 * 3_600_000;

/** Enough to read the holder; `drafted` checks every field. */
function asSaved(value: unknown): SavedRound | undefined {
	const saved = value as Partial<SavedRound> | undefined;
	const whole =
		saved?.version === 1 && saved.state?.version === 1 && Array.isArray(saved.state.steps) && typeof saved.holder?.token === 'string';
	return whole ? (saved as SavedRound) : undefined;
}

/** Without typed text: a shared file has only confirmed steps. */
function confirmed(state: RoundState): RoundState {
	const {draft: _typed, laidAside: _aside, ...rest} = state;
	return rest;
}

interface Known {
	readonly state: RoundState;
	readonly savedAt: number;
	readonly holder: Holder;
	readonly operator: string;
}

/** Makes the journal over its stores. */
export function createJournal({drafts, presence, processes, now, timeZone}: JournalOptions): Journal {
	const {self} = processes;
	/** Ids of the rounds that others see. Others cannot take over a round that they do not see. */
	const shown = new Set<string>();

	/** By operator. */
	const unreadable = new Map<string, string>();

	const drafted = (): Known[] =>
		drafts.list().flatMap(({id, value, savedAt}): Known[] => {
			const {version, aside} = (value ?? {}) as Partial<Record<keyof SavedRound, unknown>>;
			// A draft of another version is left to that version.
			if (aside === true || (typeof version === 'number' && version !== 1)) return [];
			const saved = asSaved(value);
			const problem = saved ? roundProblem(saved.state) : 'not a round';
			if (!saved || problem !== undefined) {
				drafts.setAside(id, problem ?? '');
				return [];
			}
			const {state, holder} = saved;
			return [{state, savedAt, holder, operator: state.operators.at(-1) ?? ''}];
		});

	const walking = (): Known[] =>
		(presence?.list() ?? []).flatMap(({state, seenAt, holder, operator}: Presence): Known[] => {
			const problem = roundProblem(state);
			if (problem === undefined) return [{state, savedAt: seenAt, holder, operator}];
			// The file belongs to another operator and is left alone.
			unreadable.set(operator, `The round of ${operator} cannot be read (${problem})`);
			return [];
		});

	const takenBy = (id: string): {readonly operator: string; readonly at: number} | undefined => {
		const seen = shown.has(id) ? presence?.load(id) : undefined;
		if (seen && seen.holder.token !== self.token) return {operator: seen.operator, at: seen.seenAt};
		const draft = drafts.load(id);
		const saved = asSaved(draft?.value);
		if (!draft || !saved || saved.holder.token === self.token) return undefined;
		return {operator: saved.state.operators.at(-1) ?? 'someone', at: draft.savedAt};
	};

	const put = (state: RoundState, sync: 'file' | 'directory' = 'directory') =>
		drafts.save(state.id, {version: 1, state, holder: self} satisfies SavedRound, sync);

	const show = (state: RoundState) => {
		if (!presence) return;
		try {
			presence.save({version: 1, operator: state.operators.at(-1) ?? '', holder: self, seenAt: now(), state: confirmed(state)});
			shown.add(state.id);
		} catch {
			// A read-only repository does not stop the round: the draft is on disk.
			shown.delete(state.id);
		}
	};

	/** Removing another operator's file may be denied. An old file is ignored anyway. */
	const hide = (id: string) => {
		try {
			presence?.remove(id);
		} catch {
			return;
		}
	};

	/** A round that was taken over stays on disk as closed for a day: its former holder may still have it open. */
	const finish = (state: RoundState) => {
		put(state);
		if (state.satDownAt !== undefined) {
			show(state);
			return;
		}
		hide(state.id);
		drafts.remove(state.id);
	};

	const sweep = () => {
		const old = ({state, savedAt}: Known) => state.phase === 'closed' && now() - savedAt > rememberedMs;
		for (const {state} of drafted().filter(old)) drafts.remove(state.id);
		for (const {state} of walking().filter(old)) hide(state.id);
	};

	/** One for each round: the newest state if its holder changed, else the draft, which has the typed text. */
	const known = (): Known[] => {
		const byId = new Map<string, Known>();
		for (const one of [...drafted(), ...walking()]) {
			const other = byId.get(one.state.id);
			if (!other) byId.set(one.state.id, one);
			else if (other.holder.token === one.holder.token) byId.set(one.state.id, {...other, savedAt: Math.max(other.savedAt, one.savedAt)});
			else if (one.savedAt > other.savedAt) byId.set(one.state.id, one);
		}
		return [...byId.values()];
	};

	/** Throws if another process took the round over; the state is then kept as a separate draft. */
	const mustBeOurs = (state: RoundState) => {
		const taken = takenBy(state.id);
		if (!taken) return;
		const id = `${state.id}-aside-${self.token.slice(0, 8)}`;
		drafts.save(id, {version: 1, state, holder: self, aside: true} satisfies SavedRound);
		throw new UserError(
			`${taken.operator} took over this round (last seen at ${clockTimeOf(taken.at, timeZone)}). Your later answers are saved as draft ${id}`,
			exitCodes.unavailable,
		);
	};

	return {
		save(state) {
			mustBeOurs(state);
			if (state.phase === 'closed') {
				finish(state);
				return;
			}
			put(state);
			show(state);
		},
		saveTyped(state) {
			mustBeOurs(state);
			put(state, 'file');
		},
		refresh(state) {
			if (state.phase !== 'closed' && !takenBy(state.id)) show(state);
		},
		open({service, environment, operator}) {
			sweep();
			const today = dayOf(now(), timeZone);
			const ofToday = ({state, savedAt}: Known) => dayOf(state.startedAt, timeZone) === today || now() - savedAt < overnightMs;
			return known()
				.filter((one) => one.state.service === service && one.state.environment === environment && ofToday(one))
				.filter(({state, holder}) => state.phase !== 'closed' && holder.token !== self.token)
				.map(({holder, ...round}): OpenRound => {
					const alive = processes.isAlive(holder) ?? now() - round.savedAt < goneMs;
					return {...round, whose: round.operator === operator ? 'mine' : 'theirs', alive};
				})
				.filter(({state, alive}) => alive || hasWork(state))
				.sort((a, b) => b.savedAt - a.savedAt);
		},
		claim({state, savedAt}, operator) {
			const resumed = reduce(state, {type: 'resumed', at: now(), savedAt, operator});
			put(resumed);
			show(resumed);
			return resumed;
		},
		ids: () => [...drafts.list().map(({id}) => id), ...walking().map(({state}) => state.id)],
		problems: () => [
			...drafts.broken().map(({movedTo, reason}) => `A saved round cannot be read and was moved to ${byItsEnd(movedTo)} (${reason})`),
			...unreadable.values(),
		],
		leave({id}) {
			if (shown.has(id) && presence?.load(id)?.holder.token === self.token) hide(id);
		},
	};
}
