/** Announcements where nothing can send them: written here, copied, and posted by a person, who says so. */
import {type AnnounceSystem, arrived} from '../../outside/announce/announce-system.ts';

/** How to have them sent. */
export const howToAnnounce =
	'to have it sent, set announce: {slack: {channel: "#…", token: env:…}}, {slack: {webhook: env:…}} or {command: […]} under the service in rounds.yaml';

/** Sends nothing; what the operator says was posted is kept as that. */
export const byHand: AnnounceSystem = {
	name: () => 'by hand',
	way: () => 'by hand',
	to: {id: 'to', label: 'to', value: 'by hand', choices: [{value: 'by hand', label: 'nowhere by itself: c in the preview copies it'}]},
	note: ({post}) => (post.kind === 'announcement' ? howToAnnounce : 'change or answer the original by hand'),
	write: (message) => ({
		sent: {kind: 'by-hand', text: message.post.text},
		run: async () => arrived(message, {}, 'noted as posted by hand'),
	}),
};
