/** Messages about an incident that were sent, as the round keeps them. Pure. */

export const postKinds = ['announcement', 'update', 'resolved'] as const;
export type PostKind = (typeof postKinds)[number];

/** What a message is about: an investigation of the check, or one of its rows. */
export interface About {
	/** `idOf` the investigation. */
	readonly investigation?: string;
	/** Id of the row's evidence. */
	readonly row?: string;
}

export interface Post extends About {
	readonly kind: PostKind;
	/** As people read it. */
	readonly text: string;
	/** Channel and id in its system: with both, the message can be edited and answered. */
	readonly channel?: string;
	readonly ts?: string;
	/** Its own address. */
	readonly url?: string;
}

/** The part of a message's id that names its subject. */
export function aboutKey({investigation, row}: About): string {
	return investigation === undefined ? (row ?? 'check') : `investigation:${investigation}`;
}

/** Of the write that announces it. */
export const announceId = (step: string, about: About): string => `announce:${step}:${aboutKey(about)}`;
