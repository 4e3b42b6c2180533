/** One message about an incident, before it is sent: what it says, and what it belongs to. Pure. */
import type {Announced, Sent} from './announced.ts';
import type {Announcement} from './announcement.ts';
import type {About, Post} from '../outside/post.ts';

export interface Message {
	/** Without the place it will have. */
	readonly post: Omit<Post, 'channel' | 'ts' | 'url'>;
	/** The channel, as the operator left it. */
	readonly to: string;
	/** What was announced before; absent in the announcement itself. */
	readonly original?: Sent;
	/** The announcement's facts, for systems with a field for each. */
	readonly facts?: Announcement;
	/** When users recovered, as the message says it. */
	readonly until?: string;
}

/** What is known of the thing an announcement is wanted for. */
export interface AnnouncementRequest {
	/** Id of the round's step. */
	readonly step: string;
	readonly about: About;
	/** The initial values of the form. */
	readonly proposal: Announcement;
	/** What was announced of it before. */
	readonly announced?: Announced;
}
