/** What earlier rounds say: the last round, and what is usual at this hour. */
import {baselineOf} from '../../base/baseline.ts';
import type {EarlierRounds, Fact} from '../../checks/kit/check.ts';
import type {LastRound, Said} from './since-last-round.ts';
import {clockTimeOf, dayOf} from '../../base/times.ts';
import type {RoundRecord} from '../record-file.ts';
import {isOf, recordNames, type RecordName} from '../record-names-file.ts';
import {readRecord} from '../records-file.ts';

export interface EarlierOptions {
	/** Of the records. */
	readonly directory: string;
	readonly service: string;
	readonly environment: string;
	/** IANA; the machine's by default. */
	readonly timeZone?: string;
}

const dayMs = 86_400_000;
/** How far back the same weekday counts, and how far from the hour. */
const weeks = 8;
const hoursApart = 1;

async function namesOf(options: EarlierOptions): Promise<readonly RecordName[]> {
	const names = await recordNames(options.directory).catch(() => []);
	return names.filter((name) => isOf(name, options));
}

/** Undefined for a record that cannot be read, which is reported, and for one of another service with a similar name. */
async function recordOf(
	name: RecordName,
	{directory, service, environment}: EarlierOptions,
	unread?: () => void,
): Promise<RoundRecord | undefined> {
	const record = await readRecord(directory, name).catch(() => unread?.());
	return record?.round.service === service && record.round.environment === environment ? record : undefined;
}

/** The result of each check at its verdict. Pure. */
export function saidIn({round, readings = {}}: RoundRecord): ReadonlyMap<string, Said> {
	return new Map(
		round.steps.flatMap(({id, verdict}) => {
			const kept = readings[id];
			const finding = verdict?.finding ?? kept?.finding;
			return finding ? [[id, {finding, facts: kept?.facts ?? []}] as const] : [];
		}),
	);
}

export interface LastOptions extends EarlierOptions {
	/** Epoch milliseconds. */
	readonly now: number;
	/** Called once, with one sentence, if a newer record could not be read. */
	readonly unread?: ((why: string) => void) | undefined;
}

/** The newest round that ended before `now` and can be read; undefined if there is none. Never rejects. */
export async function lastRound(options: LastOptions): Promise<LastRound | undefined> {
	let {unread} = options;
	for (const name of await namesOf(options)) {
		// oxlint-disable-next-line no-await-in-loop -- the first that can be read ends it
		const record = await recordOf(name, options, () => {
			unread?.(`A past round cannot be read. Run \`rounds log show ${name.minute}\` to see why.`);
			unread = undefined;
		});
		const at = record?.round.closedAt ?? record?.round.startedAt;
		if (record && at !== undefined && at <= options.now) return {id: name.id, at, checks: saidIn(record)};
	}
	return undefined;
}

/** Whether the round began on the same weekday at about the same hour as `at`, in the weeks before it. */
function isSameHour({minute}: RecordName, at: number, timeZone: string | undefined): boolean {
	const [day, today] = [Date.parse(minute.slice(0, 10)), Date.parse(dayOf(at, timeZone))];
	const days = Math.round((today - day) / dayMs);
	if (days <= 0 || days > weeks * 7 || days % 7 !== 0) return false;
	const apart = Math.abs(Number(minute.slice(11, 13)) - Number(clockTimeOf(at, timeZone).slice(0, 2)));
	return Math.min(apart, 24 - apart) <= hoursApart;
}

/** Reads records only once a check asks, and each hour's only once. */
export function earlierRounds(options: EarlierOptions): EarlierRounds {
	const hours = new Map<string, Promise<readonly ReadonlyMap<string, readonly Fact[]>[]>>();
	const read = async (at: number) => {
		const names = (await namesOf(options)).filter((name) => isSameHour(name, at, options.timeZone));
		const records = await Promise.all(names.slice(0, weeks).map((name) => recordOf(name, options)));
		return records.flatMap((record) =>
			record ? [new Map(Object.entries(record.readings ?? {}).map(([id, {facts}]) => [id, facts]))] : [],
		);
	};
	return {
		async usual({check, fact, at}) {
			const hour = `${dayOf(at, options.timeZone)}T${clockTimeOf(at, options.timeZone).slice(0, 2)}`;
			const known = hours.get(hour) ?? read(at);
			hours.set(hour, known);
			const values = (await known).map((facts) => facts.get(check)?.find(({id}) => id === fact)?.value);
			return baselineOf(values.map((value) => (typeof value === 'number' ? value : undefined)));
		},
	};
}
