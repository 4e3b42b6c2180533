import type {Scope} from '../../src/keys/scopes.ts';
import type {Dialog} from '../../src/outside/dialog.ts';

/** The keys that hold at this stage of the dialog. */
export function outsideScope({stage}: Dialog): Scope {
	switch (stage.kind) {
		case 'menu':
			return 'outside-menu';
		case 'existing':
			return 'outside-existing';
		case 'form':
			return 'outside-form';
		case 'preview':
			return stage.naming ? 'text-field' : 'outside-preview';
		case 'ended':
			return 'outside-ended';
		default:
			return 'outside-wait';
	}
}
