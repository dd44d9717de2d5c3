/** A malformed curl command as it should read: mended in quoting and in place, secrets from the environment. */
import { answersTo, type Exchange, type RightText, type Said, type Scene } from '../../core/index.ts';
import { quoted } from '../proof.ts';
import { rightRequest } from '../right-request.ts';

/** @param defect what the reading found in the command, with its place */
export function correctedCommand(defect: Said | undefined, scene: Scene): string {
  const call = callOf(defect, scene);
  return call ? apiCommand(call) : tokenCommand(scene);
}

function tokenCommand(scene: Scene): string {
  const { token } = rightRequest(scene);
  const parameters = [
    ...token.form.map(({ name, value }) => parameter(name, value)),
    ...(token.auth === 'post' ? ['"client_id=$CLIENT_ID"', '"client_secret=$CLIENT_SECRET"'] : []),
  ];
  return [
    `curl -sS -X POST ${word(token.url)}`,
    ...(token.auth === 'basic' ? ['-u "$CLIENT_ID:$CLIENT_SECRET"'] : []),
    ...parameters.map((each) => `--data-urlencode ${each}`),
  ].join(' \\\n  ');
}

function word({ variable, text }: RightText): string {
  return variable === undefined ? quoted(text) : `"$${variable}${text.replace(/["\\$`]/g, '\\$&')}"`;
}

function parameter(name: string, { variable, text }: RightText): string {
  return variable === undefined ? quoted(`${name}=${text}`) : `"${name}=$${variable}"`;
}

function apiCommand({ request }: Exchange): string {
  const { method = 'GET', url = '', bodyForm } = request;
  return [
    `curl -sS -X ${/^[A-Z]{3,7}$/.test(method) ? method : 'GET'} ${quoted(url)}`,
    '-H "Authorization: Bearer $ACCESS_TOKEN"',
    ...(bodyForm === 'json' ? ["-H 'Content-Type: application/json'", '-d @body.json'] : []),
  ].join(' \\\n  ');
}

/** The call whose URL stands in the command; undefined where it is the token request. */
function callOf(defect: Said | undefined, { evidence }: Scene): Exchange | undefined {
  const { paste = '' } = evidence;
  const at = defect?.source?.from;
  if (at === undefined) return undefined;
  const from = Math.max(0, paste.lastIndexOf('curl', at));
  const command = paste.slice(from, at + 1000).split(/\n\s*\n/)[0] ?? '';
  const place = (x: Exchange): number => (x.request.url ? command.indexOf(x.request.url) : -1);
  const shown = answersTo(evidence, 'endpoint').filter((x) => place(x) >= 0);
  const tokens = answersTo(evidence, 'token').filter((x) => place(x) >= 0);
  const first = shown.sort((a, b) => place(a) - place(b))[0];
  return first && !tokens.some((x) => place(x) <= place(first)) ? first : undefined;
}
