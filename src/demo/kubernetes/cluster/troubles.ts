/** What the scenario does to single pods: who crashes, who cannot be pulled, who was killed in the night. */
import type {World} from '../../kit/world.ts';
import {crashLoopLife, restartedLife, steadyLife, type Life} from '../plan/life.ts';
import {hashOf} from '../plan/random.ts';

export interface Trouble {
	readonly name?: string;
	readonly life?: (startedAt: number) => Life;
	/** MiB. */
	readonly memory?: number;
	readonly leaks?: boolean;
	/** Its 5xx follow the story. */
	readonly failing?: boolean;
	/** The roll-out has not reached it. */
	readonly staysOnPrevious?: boolean;
}

interface Place {
	readonly world: World;
	readonly environment: 'production' | 'staging';
	readonly app: string;
	readonly index: number;
}

const hour = 3_600_000;

const outOfMemory = {reason: 'OOMKilled', exitCode: 137} as const;

/** Fourteen restarts behind it, the last one 38 seconds ago; now and then it dies of an error instead. */
const leakingApi = ({story, seed}: World, name: string): Trouble => ({
	name,
	failing: true,
	leaks: true,
	memory: 286,
	life: (startedAt) =>
		crashLoopLife({
			startedAt,
			firstEndAt: (story.burstAt ?? story.startedAt - hour) + 45_000,
			lastEndAt: story.startedAt - 38_000,
			restarts: 14,
			nextRunMs: (index) => 32_000 + (hashOf(`${seed} ${name} run ${index}`) % 20_000),
			end: (index) => (index % 5 === 2 ? {reason: 'Error', exitCode: 1} : outOfMemory),
		}),
});

const imagePullBackOff = (image: string): Trouble => ({
	life: () => ({
		runs: [],
		waiting: {
			reason: 'ImagePullBackOff',
			message: `Back-off pulling image "${image}": ErrImagePull: rpc error: code = NotFound desc = failed to pull and unpack image "${image}": failed to resolve reference "${image}": ${image}: not found`,
		},
	}),
});

const killedInTheNight = ({story}: World): Trouble => ({
	life: (startedAt) => restartedLife(startedAt, [{at: story.startedAt - 7 * hour - 12 * 60_000, ...outOfMemory}]),
});

/** Crashes at start because the database does not answer. */
const crashingAtStart = ({story, seed}: World, index: number): Trouble => ({
	failing: true,
	life: (startedAt) => {
		const since = story.burstAt ?? story.startedAt - hour;
		const restarts = 6 + (index % 2);
		return crashLoopLife({
			startedAt,
			firstEndAt: since + index * 1500,
			lastEndAt: story.startedAt - 8000 - (hashOf(`${seed} outage ${index}`) % 44_000),
			restarts,
			nextRunMs: (run) => 9000 + (hashOf(`${seed} outage ${index} ${run}`) % 9000),
			end: () => ({reason: 'Error', exitCode: 1}),
		});
	},
});

const outageTrouble = ({world, environment, app, index}: Place): Trouble | undefined => {
	if (environment === 'staging' || app !== 'api') {
		return undefined;
	}
	return index < 10 ? crashingAtStart(world, index) : {failing: true, life: (startedAt) => ({...steadyLife(startedAt), neverReady: true})};
};

const morningTrouble = ({world, environment, app, index}: Place): Trouble | undefined => {
	const {story} = world;
	if (environment === 'staging') {
		return undefined;
	}
	switch (`${app} ${index}`) {
		case 'api 0':
			return story.failingPod === undefined ? undefined : leakingApi(world, story.failingPod);
		case 'api 4':
			return {memory: 479};
		case 'api 9':
			return {memory: 466};
		case 'web 2':
			return killedInTheNight(world);
		case 'worker 7':
			return imagePullBackOff(`registry.example.com/checkout-worker:${story.release.version}`);
		default:
			return app === 'worker' ? {staysOnPrevious: true} : undefined;
	}
};

/** A dependency that the story calls unwell in an environment runs there, but is not ready. */
const unwellDependency = ({world, environment, app}: Place): Trouble | undefined => {
	const health = world.story.health[environment].dependencies[app];
	return health === undefined || health === 'ok' ? undefined : {life: (startedAt) => ({...steadyLife(startedAt), neverReady: true})};
};

/** What befalls pod number `index` of a workload in this world; undefined where all is well. */
export const troubleOf = (place: Place): Trouble | undefined => {
	const unwell = unwellDependency(place);
	if (unwell) {
		return unwell;
	}
	const {name} = place.world.story;
	switch (name) {
		case 'all-clear':
			return undefined;
		case 'outage':
			return outageTrouble(place);
		case 'morning':
		case 'flaky':
			return morningTrouble(place);
		default:
			return name satisfies never;
	}
};
