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
	/** Where it stands, as its system tells: with both it can be edited and answered. */
	readonly channel?: string;
	readonly ts?: string;
	/** Its own address. */
	readonly url?: string;
}

/** Tells what messages are about from one another: the part of an id. */
export function aboutKey({investigation, row}: About): string {
	return investigation === undefined ? (row ?? 'check') : `investigation:${investigation}`;
}

/** Of the write that announces it. */
export const announceId = (step: string, about: About): string => `announce:${step}:${aboutKey(about)}`;
