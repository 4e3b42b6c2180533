/** The workspace's channels and what is in them. */
import {hexOf} from '../kubernetes/plan/random.ts';

export interface SlackMessage {
	readonly ts: string;
	/** As Slack keeps it: `&`, `<` and `>` escaped. */
	readonly text: string;
	/** Of the message it answers; absent in the channel itself. */
	readonly threadTs?: string;
	/** When it was changed last; absent while it never was. */
	readonly editedTs?: string;
}

export interface Channel {
	readonly id: string;
	/** Without `#`. */
	readonly name: string;
	readonly archived: boolean;
	/** Whether the bot was invited. */
	readonly joined: boolean;
	/** Oldest first. */
	readonly messages: SlackMessage[];
}

const idOf = (seed: number, name: string) => `C0${hexOf(`${seed} channel ${name}`, 9).toUpperCase()}`;

/** The team's own channel, one that the bot is not in, and one that is no more. */
export function workspaceChannels(seed: number): readonly Channel[] {
	const channel = (name: string, state: {readonly archived?: boolean; readonly joined?: boolean} = {}): Channel => ({
		id: idOf(seed, name),
		name,
		archived: state.archived ?? false,
		joined: state.joined ?? true,
		messages: [],
	});
	return [channel('checkout'), channel('incidents', {joined: false}), channel('checkout-2024', {archived: true})];
}

/** The channel of that id, or of that name with or without `#`. */
export function findChannel(channels: readonly Channel[], named: string): Channel | undefined {
	return channels.find(({id, name}) => id === named || name === named.replace(/^#/, ''));
}
