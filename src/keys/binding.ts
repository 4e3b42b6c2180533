/** One row of the table of keys. */
import type {Scope} from './scopes.ts';

export interface Binding {
	readonly id: string;
	/** Names as `keyNames` of views/keys.ts gives them: `j`, `ctrl-d`, `tab`, `escape`. */
	readonly keys: readonly string[];
	readonly scope: Scope;
	/** A word or two, for the footer. */
	readonly title: string;
	/** One sentence for the help, without a full stop. */
	readonly description: string;
	/** Place in the footer, lowest first; absent where the footer leaves it to the help. */
	readonly footer?: number;
	/** Starts something that writes outside this machine. */
	readonly writes?: true;
}
