/** Holds markdown to "Press u to undo": a key does nothing by itself. */
import type {TxtNode} from '@textlint/ast-node-types';
import type {TextlintRuleModule} from '@textlint/types';
import {textOf} from '../markdown.ts';
import {keySubject} from '../rules.ts';

const rule: TextlintRuleModule = ({Syntax, RuleError, report}) => {
	const check = (node: TxtNode) => {
		const found = keySubject.exec(textOf(node));
		if (found) report(node, new RuleError(`a key is the subject in "${found[0].trim()}": write "Press KEY to …"`));
	};
	return {[Syntax.Paragraph]: check, [Syntax.Header]: check, [Syntax.TableCell]: check};
};
export default rule;
