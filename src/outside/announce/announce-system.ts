/** What a place for announcements is to this program, whichever it is. */
import type {Message} from '../../round/incident/incident-message.ts';
import type {Post} from '../../round/outside/post.ts';
import type {Field} from '../../round/outside/act.ts';
import type {OutsideOutcome, OutsideWrite} from '../../round/outside/outside-write.ts';

/** One place for announcements. */
export interface AnnounceSystem {
	/** Its readable name: `Slack #checkout`. */
	readonly name: (to: string) => string;
	/** The same after `announce`: `in Slack #checkout`. */
	readonly way: (to: string) => string;
	/** Where an announcement goes. */
	readonly to: Field;
	/** What will be sent, and sending it; the outcome of what arrived has its post. */
	readonly write: (message: Message) => Pick<OutsideWrite, 'sent' | 'run'>;
	/** One sentence on how this system links messages; for updates and resolutions. */
	readonly note: (message: Pick<Message, 'post' | 'original'>) => string | undefined;
}

const words = {announcement: 'announced', update: 'update posted', resolved: 'marked as resolved'} as const;

/** The outcome of a message that arrived. */
export function arrived({post, original}: Message, place: Pick<Post, 'channel' | 'ts' | 'url'>, text?: string): OutsideOutcome {
	const url = place.url ?? (post.kind === 'resolved' ? original?.post.url : undefined);
	const where = url === undefined ? '' : `: ${url}`;
	return {state: 'done', text: `${text ?? words[post.kind]}${where}`, post: {...post, ...place, ...(url === undefined ? {} : {url})}};
}
