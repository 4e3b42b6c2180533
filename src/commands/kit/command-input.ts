/** What a command without a screen is given. */
import type {CommonOptions, Place} from '../../apps/context.ts';
import type {Clock} from '../../ports/clock.ts';

export interface CommandInput extends Place {
	readonly common: CommonOptions;
	/** Behind the command's name. */
	readonly words: readonly string[];
	readonly options: Readonly<Record<string, string | boolean | undefined>>;
	/** For programs. */
	readonly out: (text: string) => void;
	/** For people, on stdout. */
	readonly say: (text: string) => void;
	readonly err: (text: string) => void;
	readonly clock: Clock;
	/** Of the terminal; undefined where stdout is none. */
	readonly columns: number | undefined;
	readonly colour: boolean;
}
